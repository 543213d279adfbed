import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// The oracle and what it says.
///
/// `Fixtures/libbpf.c` opens objects with libbpf and prints the instructions at the moment when
/// they would go to the kernel. It needs libbpf's headers, gcc and root, to create maps.
enum Libbpf {
    static let isUsable =
        getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/gcc")
        && FileManager.default.fileExists(atPath: "/usr/include/bpf/libbpf.h")

    static let kernelTypes = FileManager.default.contents(atPath: "/sys/kernel/btf/vmlinux")
        .map { [UInt8]($0) }

    /// An object and the kernel it is for.
    struct Job {
        var name: String
        var object: [UInt8]
        var target: BTF
        /// The types that libbpf is to use instead of the running kernel's.
        var targetBytes: [UInt8]?
    }

    struct Tally {
        var objects = 0
        var refused = 0
        var refusedPrograms = 0
        var programs = 0
        var instructions = 0
        var relocations = 0
        var poisoned = 0
    }

    /// What libbpf leaves of types that it has put together.
    static func deduplicate(_ parts: [BTF]) throws -> BTF {
        try withTool("deduplicate") { tool, folder in
            let output = folder.appendingPathComponent("output.btf")
            var arguments = [output.path]
            for (index, part) in parts.enumerated() {
                let file = folder.appendingPathComponent("\(index).btf")
                try Data(part.bytes).write(to: file)
                arguments.append(file.path)
            }
            _ = try run(tool, arguments)
            return try BTF([UInt8](Data(contentsOf: output)))
        }
    }

    /// Compiles a source of the fixtures and lends it out, with a folder for its files.
    private static func withTool<Result>(
        _ name: String,
        _ body: (_ tool: String, _ folder: URL) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("libbpf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tool = folder.appendingPathComponent("tool").path
        let source = try #require(
            Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "c")
        )
        _ = try run("/usr/bin/gcc", ["-rdynamic", "-o", tool, source.path, "-lbpf", "-ldl"])
        return try body(tool, folder)
    }

    /// Gives objects to libbpf and to us, and expects the same instructions.
    static func compare(_ jobs: [Job]) throws -> Tally {
        let output = try withTool("libbpf") { tool, folder in
            var arguments: [String] = []
            for (index, job) in jobs.enumerated() {
                if let types = job.targetBytes {
                    let file = folder.appendingPathComponent("\(index).btf")
                    try Data(types).write(to: file)
                    arguments += ["-b", file.path]
                }
                let file = folder.appendingPathComponent("\(index).o")
                try Data(job.object).write(to: file)
                arguments.append(file.path)
            }
            return try run(tool, arguments)
        }
        var tally = Tally()
        let answers = parse(output)
        try #require(answers.count == jobs.count)
        for (job, answer) in zip(jobs, answers) { try compare(job, answer, &tally) }
        return tally
    }

    private static func compare(_ job: Job, _ answer: Answer, _ tally: inout Tally) throws {
        let specs = try ObjectFile(job.object, name: job.name).specs()
        tally.objects += 1
        let fresh = CORERelocator(local: try #require(specs.types), target: job.target)
        var relocator = fresh
        if answer.status == 0 {
            try #require(answer.names.count == answer.programs.count)
        } else {
            tally.refused += 1
        }
        for (index, name) in answer.names.enumerated() {
            if answer.status != 0 { relocator = fresh }
            let words = answer.programs[index]
            var program = try #require(specs.programs[name])
            do {
                let outcomes = try relocator.apply(to: &program)
                tally.programs += 1
                tally.relocations += outcomes.count
                guard let words else {
                    Issue.record("\(job.name), \(name): taken, but libbpf refuses it")
                    continue
                }
                compare(program, words, "\(job.name), \(name)", &tally)
            } catch {
                tally.refusedPrograms += 1
                guard words != nil else { continue }
                Issue.record("\(job.name): \(error), but libbpf takes it")
            }
        }
    }

    private static func compare(
        _ program: ProgramSpec,
        _ words: [UInt64],
        _ name: String,
        _ tally: inout Tally
    ) {
        var open: Set<Int> = []
        for reference in program.references {
            open.insert(reference.slot)
            if program.instructions[reference.slot].opcode == 0x18 {
                open.insert(reference.slot + 1)
            }
        }
        guard words.count == program.instructions.count else {
            Issue.record("\(name): \(program.instructions.count) slots, libbpf: \(words.count)")
            return
        }
        tally.instructions += words.count
        for (slot, word) in words.enumerated() where !open.contains(slot) {
            let ours = program.instructions[slot]
            let theirs = EncodedInstruction(word: word)
            if isPoison(ours) { tally.poisoned += 1 }
            guard ours != theirs, !(isPoison(ours) && isPoison(theirs)) else { continue }
            Issue.record("\(name), slot \(slot): \(ours), libbpf: \(theirs)")
        }
    }

    private static func isPoison(_ instruction: EncodedInstruction) -> Bool {
        instruction.opcode == 0x85
            && CORERelocator.relocation(ofUnknownFunction: instruction.immediate) != nil
    }

    private struct Answer {
        var names: [String] = []
        /// `nil` for programs that libbpf refuses.
        var programs: [[UInt64]?] = []
        var status = -1
    }

    private static func parse(_ text: String) -> [Answer] {
        var answers: [Answer] = []
        var answer = Answer()
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            switch words[0] {
            case "program": answer.names.append(String(words[1]))
            case "load":
                answer.programs.append(words.dropFirst(2).compactMap { UInt64($0, radix: 16) })
            case "single":
                guard var last = answers.popLast() else { continue }
                last.names += answer.names
                last.programs.append(answer.programs.first ?? nil)
                answers.append(last)
                answer = Answer()
            default:
                answer.status = Int(words.last ?? "") ?? -1
                if answer.status != 0 { answer = Answer() }
                answers.append(answer)
                answer = Answer()
            }
        }
        return answers
    }

    private static func run(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }
}
