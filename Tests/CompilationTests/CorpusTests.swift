import EBPFCompilation
import Testing

/// Programs in the style of tutorials, each with a family of macros.
@Suite(.enabled("a clang with the BPF target") { await Clang.isAvailable() })
struct CorpusTests {
    static let programs = [
        "firewall", "chain", "latency", "core", "machinery", "modern", "hooks", "usdt", "printing",
    ]

    static func path(_ program: String) -> String {
        let directory = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(directory)/Programs/\(program).bpf.c"
    }

    @Test(arguments: programs) func `a program in tutorial style compiles`(
        program: String
    ) async throws {
        for architecture in CCompilerOptions.Architecture.allCases {
            for processor in [CCompilerOptions.Processor.v2, .v3, .v4] {
                var options = CCompilerOptions()
                options.architecture = architecture
                options.processor = processor
                options.extraArguments = ["-Werror"]
                let result = try await CCompiler().compile(
                    .file(Self.path(program)),
                    options: options
                )
                #expect(result.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]))
                #expect(result.output.isEmpty)
            }
        }
    }

    /// Debian's libbpf 1.1 lacks what `modern` uses; probes of applications are written otherwise.
    @Test(
        .enabled(if: SystemHeaders.haveLibbpf, "libbpf-dev and linux-libc-dev"),
        arguments: programs.filter { !["modern", "usdt"].contains($0) }
    ) func `our headers and libbpf's give the same instructions`(program: String) async throws {
        var options = CCompilerOptions()
        options.product = .assembly
        let ours = try await CCompiler().compile(.file(Self.path(program)), options: options)
        options.includeDirectories = SystemHeaders.directories
        options.definitions = SystemHeaders.definitions
        let theirs = try await CCompiler().compile(.file(Self.path(program)), options: options)
        let expected = instructions(theirs.bytes)
        #expect(expected.count > 40)
        #expect(instructions(ours.bytes) == expected)
    }
}

/// The instructions and function names of an assembly text, without names of local data.
private func instructions(_ assembly: [UInt8]) -> [String] {
    String(decoding: assembly, as: UTF8.self).split(separator: "\n").compactMap { line in
        let code = line.prefix { $0 != "#" }
        guard let first = code.first, first != ".", !code.hasPrefix("\t.") else { return nil }
        if first != "\t" && isLocalData(code) { return nil }
        let words = code.split(whereSeparator: { $0 == " " || $0 == "\t" })
        let text = words.map { isLocalData($0) ? "format" : String($0) }.joined(separator: " ")
        return text.isEmpty ? nil : text
    }
}

/// Whether a symbol is a string's, whose number depends on how macros are written, or a label.
private func isLocalData(_ symbol: Substring) -> Bool {
    symbol.contains(".___fmt") || symbol.contains(".____fmt") || symbol.contains(".___format")
        || symbol.hasPrefix("tmp") || symbol.hasPrefix(".L.str")
}
