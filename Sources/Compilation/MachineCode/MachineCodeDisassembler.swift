import EBPFBytecode

/// Turns machine code into text with the toolchain's `llvm-objdump`.
public struct MachineCodeDisassembler: Sendable {
    /// An instruction.
    public struct Line: Hashable, Sendable {
        /// Where it begins in the code, in bytes.
        public let offset: Int
        /// The instruction in LLVM's notation for the machine.
        public let text: String
    }

    /// The tool that is used.
    public let tool: String
    private let environment: CompilerEnvironment

    /// Finds the tool; `nil` where there is none.
    public init?(environment: CompilerEnvironment = .current) {
        let siblings = ClangSearch(chosen: nil, environment: environment).candidates.map {
            FileSystem.directory(of: $0)
        }
        let directories = siblings + environment.searchPath
        let tools = directories.lazy.map { $0 + "/llvm-objdump" }
        guard let tool = tools.first(where: FileSystem.isExecutableFile) else { return nil }
        self.tool = tool
        self.environment = environment
    }

    /// A kind of processor.
    public enum Architecture: String, CaseIterable, Sendable {
        case x86 = "x86-64"
        case arm64

        /// This machine's.
        public static var current: Architecture {
            #if arch(arm64)
            .arm64
            #else
            .x86
            #endif
        }

        /// `EM_X86_64`, `EM_AARCH64`.
        fileprivate var number: UInt64 { self == .arm64 ? 183 : 62 }
    }

    /// The instructions of machine code.
    ///
    /// - Parameters:
    ///   - code: the bytes.
    ///   - address: where they are in memory, for targets of jumps.
    ///   - architecture: the processor that they are for.
    /// - Throws: ``CompilationError`` if the tool fails.
    public func lines(
        of code: [UInt8], at address: UInt64, for architecture: Architecture = .current
    ) async throws(CompilationError) -> [Line] {
        let directory: String
        let path: String
        do throws(FileSystemError) {
            directory = try FileSystem.createTemporaryDirectory(
                in: environment.temporaryDirectory)
            path = directory + "/code.o"
            try FileSystem.write(MachineCodeFile(code, at: address, architecture).bytes, to: path)
        } catch {
            throw .cannotWrite(path: error.path, reason: error.reason)
        }
        defer { FileSystem.removeTree(directory) }
        let process = CompilerProcess(
            executable: tool, arguments: ["--disassemble", "--no-show-raw-insn", path],
            temporaryDirectory: directory, limit: .seconds(60))
        let result = try await process.run()
        guard result.succeeded else {
            throw .compilerFailed(clang: tool, status: result.status, output: result.output)
        }
        return result.output.split(separator: "\n").compactMap { line in
            Self.line(line, base: address)
        }
    }

    /// `ffffffffc0000004:       movq    %rsp, %rbp`, with tabs.
    private static func line(_ text: Substring, base: UInt64) -> Line? {
        let parts = text.split(separator: ":", maxSplits: 1)
        let digits = parts[0].drop { $0 == " " }
        guard parts.count == 2, let address = UInt64(digits, radix: 16), address >= base
        else { return nil }
        let words = parts[1].split { $0 == "\t" || $0 == " " }
        guard !words.isEmpty else { return nil }
        return Line(offset: Int(address - base), text: words.joined(separator: " "))
    }
}

/// The least ELF file that holds machine code: a header, the code and two more sections.
private struct MachineCodeFile {
    private(set) var bytes: [UInt8] = []

    init(
        _ code: [UInt8], at address: UInt64,
        _ architecture: MachineCodeDisassembler.Architecture
    ) {
        let (headerSize, sectionHeaderSize, sectionCount) = (64, 64, 3)
        let names = Array("\0.text\0.shstrtab\0".utf8)
        let padding = (8 - (code.count + names.count) % 8) % 8
        let namesStart = headerSize + code.count
        header(
            sections: namesStart + names.count + padding, count: sectionCount,
            machine: architecture.number)
        bytes += code + names + [UInt8](repeating: 0, count: padding)
        bytes += [UInt8](repeating: 0, count: sectionHeaderSize)
        section(name: 1, type: 1, flags: 6, address: address, start: headerSize, size: code.count)
        section(name: 7, type: 3, flags: 0, address: 0, start: namesStart, size: names.count)
    }

    /// `Elf64_Ehdr` of a shared object.
    private mutating func header(sections: Int, count: Int, machine: UInt64) {
        bytes += [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
        append(3, 2)
        append(machine, 2)
        append(1, 4)
        for place in [0, 0, UInt64(sections)] { append(place, 8) }
        append(0, 4)
        for size in [64, 0, 0, 64, UInt64(count), UInt64(count - 1)] { append(size, 2) }
    }

    /// `Elf64_Shdr`.
    private mutating func section(
        name: UInt64, type: UInt64, flags: UInt64, address: UInt64, start: Int, size: Int
    ) {
        append(name, 4)
        append(type, 4)
        for word in [flags, address, UInt64(start), UInt64(size)] { append(word, 8) }
        append(0, 4)
        append(0, 4)
        for word: UInt64 in [1, 0] { append(word, 8) }
    }

    private mutating func append(_ number: UInt64, _ count: Int) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
}
