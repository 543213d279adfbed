import EBPFBytecode
import Foundation
import Testing

/// Our values and layouts against what a C compiler reads out of the machine's headers.
@Suite(
    .enabled("needs clang and the kernel's headers") {
        Compiler.path != nil && SystemHeaders.kernelInterface != nil
    })
struct VocabularyCompilerTests {
    @Test func `every constant that the system's headers define has our value`() throws {
        let header = try #require(SystemHeaders.kernelInterface)
        let words = Set(
            SystemHeaders.withoutComments(header)
                .split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
        let known = ConstantGroup.all.flatMap(\.constants)
            .filter { words.contains($0.name) && !$0.name.contains("MAX_") }
        #expect(known.count > 400)
        let checks = known.map { "_Static_assert((long long)(\($0.name)) == \($0.value)LL, \"\");" }
        #expect(try Compiler.complaints(about: "#include <linux/bpf.h>", checks) == [])
    }

    @Test func `every member that the system's headers define lies where we say`() throws {
        var checks: [String] = []
        for layout in StructureLayout.all where !Self.elsewhere.contains(layout.name) {
            for path in paths(in: layout.fields) {
                guard let field = layout.field(path) else { continue }
                checks.append(
                    "_Static_assert(offsetof(struct \(layout.name), \(path)) == \(field.offset), \"\");")
            }
        }
        #expect(checks.count > 200)
        let complaints = try Compiler.complaints(
            about: "#include <stddef.h>\n#include <linux/bpf.h>", checks)
        // Members and structures that the system does not know yet are another matter.
        #expect(complaints.filter { $0.contains("assertion failed") } == [])
    }

    /// Not declared by `linux/bpf.h`.
    static let elsewhere: Set<String> = [
        "bpf_nf_ctx", "bpf_perf_event_data", "pt_regs", "user_pt_regs",
    ]

    private func paths(in fields: [StructureLayout.Field]) -> [String] {
        fields.flatMap { field in
            let inner = paths(in: field.members)
            guard !field.name.isEmpty else { return inner }
            return [field.name] + inner.map { field.name + "." + $0 }
        }
    }
}

/// The C compiler that comes with Swift, or the system's.
enum Compiler {
    static let path = ["/opt/swift/usr/bin/clang", "/usr/bin/clang"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The errors that a program gives, one line each.
    static func complaints(about preamble: String, _ lines: [String]) throws -> [String] {
        guard let path else { return ["there is no compiler"] }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-fsyntax-only", "-ferror-limit=0", "-xc", "-"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardError = output
        try process.run()
        let text = preamble + "\n" + lines.joined(separator: "\n") + "\n"
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let errors = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: errors, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains("error:") }
    }
}
