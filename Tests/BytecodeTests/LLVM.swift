import EBPFBytecode
import Foundation

/// LLVM's disassembler, as the Swift toolchain brings it along.
struct LLVM {
    private let clang: URL
    private let objdump: URL

    /// `nil` where the first clang on the path cannot make objects for BPF, or is older than v4.
    static let available: LLVM? = {
        guard let path = ProcessInfo.processInfo.environment["PATH"] else { return nil }
        for folder in path.split(separator: ":").map({ URL(filePath: String($0)) }) {
            let tools = LLVM(
                clang: folder.appending(path: "clang"),
                objdump: folder.appending(path: "llvm-objdump")
            )
            let gotol = EncodedInstruction(opcode: 0x06, immediate: 1)
            if (try? tools.listing([gotol], hexadecimal: false)) == ["gotol +1"] { return tools }
        }
        return nil
    }()

    struct Failure: Error { let message: String }

    /// What `llvm-objdump -d` prints for each instruction, without annotations.
    func listing(_ program: [EncodedInstruction], hexadecimal: Bool) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "notation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "program.s")
        let object = folder.appending(path: "program.o")
        let words = program.map { ".quad 0x" + String($0.word, radix: 16) }
        try Data((words.joined(separator: "\n") + "\n").utf8).write(to: source)
        _ = try run(
            clang,
            ["--target=bpfel", "-c", source.path, "-o", object.path]
        )
        let output = try run(
            objdump,
            [
                "-d", "--no-show-raw-insn",
                hexadecimal ? "--print-imm-hex" : "--print-imm-hex=false", object.path,
            ]
        )
        return output.split(separator: "\n").compactMap(instruction)
    }

    private func instruction(_ row: Substring) -> String? {
        let parts = row.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, Int(parts[0].trimming(" ")) != nil else { return nil }
        let text = parts[1].split(separator: " <.text").first ?? ""
        return String(text.trimming(" \t"))
    }

    private func run(_ tool: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = tool
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(message: "\(tool.path) exits with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Substring {
    fileprivate func trimming(_ blanks: String) -> Substring {
        var rest = drop { blanks.contains($0) }
        while let last = rest.last, blanks.contains(last) { rest.removeLast() }
        return rest
    }
}
