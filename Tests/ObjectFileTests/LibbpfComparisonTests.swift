import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// libbpf as the oracle: what it would load is what we make of the same objects.
///
/// `Fixtures/libbpf.c` opens objects with libbpf and prints the instructions at the moment when
/// they would go to the kernel. It needs libbpf's headers, gcc and root, to create maps.
@Suite(.enabled(if: Libbpf.isUsable, "gcc, libbpf and root are needed"))
struct LibbpfComparisonTests {
    @Test(
        .enabled(if: InstalledTools.isInstalled, "package libbpf-tools is not installed"),
        .enabled(if: Libbpf.kernelTypes != nil, "the running kernel does not show its types")
    )
    func `the tools get the instructions that libbpf gives them`() throws {
        let target = try BTF(try #require(Libbpf.kernelTypes))
        var objects: [(name: String, bytes: [UInt8])] = []
        for path in InstalledTools.paths {
            for object in ObjectFile.embedded(in: try ObjectFile.bytes(contentsOf: path)) {
                objects.append(((path as NSString).lastPathComponent, object.bytes))
            }
        }
        let tally = try Libbpf.compare(objects, with: target)
        #expect(tally.objects == objects.count)
        #expect(tally.programs > 200 && tally.relocations > 500)
        print("libbpf and we agree on \(tally)")
    }
}

/// The oracle and what it says.
enum Libbpf {
    static let isUsable =
        getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/gcc")
        && FileManager.default.fileExists(atPath: "/usr/include/bpf/libbpf.h")

    static let kernelTypes = FileManager.default.contents(atPath: "/sys/kernel/btf/vmlinux")
        .map { [UInt8]($0) }

    struct Tally {
        var objects = 0
        var programs = 0
        var instructions = 0
        var relocations = 0
        var poisoned = 0
    }

    /// Gives objects to libbpf and to us, and expects the same instructions.
    ///
    /// - Parameter types: type information that libbpf is to use instead of the running kernel's.
    static func compare(
        _ objects: [(name: String, bytes: [UInt8])],
        with target: BTF,
        types: [UInt8]? = nil
    ) throws -> Tally {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("libbpf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let oracle = folder.appendingPathComponent("oracle").path
        let source = try #require(
            Bundle.module.url(forResource: "Fixtures/libbpf", withExtension: "c")
        )
        _ = try run("/usr/bin/gcc", ["-rdynamic", "-o", oracle, source.path, "-lbpf", "-ldl"])
        var arguments: [String] = []
        if let types {
            let file = folder.appendingPathComponent("types.btf")
            try Data(types).write(to: file)
            arguments = ["-b", file.path]
        }
        for (index, object) in objects.enumerated() {
            let file = folder.appendingPathComponent("\(index).o")
            try Data(object.bytes).write(to: file)
            arguments.append(file.path)
        }
        var tally = Tally()
        let answers = parse(try run(oracle, arguments))
        try #require(answers.count == objects.count)
        for (object, answer) in zip(objects, answers) {
            #expect(answer.status == 0, "libbpf does not load \(object.name)")
            try compare(object, answer, target, &tally)
        }
        return tally
    }

    private static func compare(
        _ object: (name: String, bytes: [UInt8]),
        _ answer: Answer,
        _ target: BTF,
        _ tally: inout Tally
    ) throws {
        let specs = try ObjectFile(object.bytes, name: object.name).specs()
        var relocator = CORERelocator(local: try #require(specs.types), target: target)
        tally.objects += 1
        for (name, words) in zip(answer.names, answer.programs) {
            var program = try #require(specs.programs[name])
            let outcomes = try relocator.apply(to: &program)
            tally.programs += 1
            tally.instructions += program.instructions.count
            tally.relocations += outcomes.count
            var open: Set<Int> = []
            for reference in program.references {
                open.insert(reference.slot)
                if program.instructions[reference.slot].opcode == 0x18 {
                    open.insert(reference.slot + 1)
                }
            }
            try #require(words.count == program.instructions.count, "\(object.name), \(name)")
            for (slot, theirs) in words.enumerated() where !open.contains(slot) {
                let ours = program.instructions[slot]
                let other = EncodedInstruction(word: theirs)
                if isPoison(ours) { tally.poisoned += 1 }
                guard ours != other, !(isPoison(ours) && isPoison(other)) else { continue }
                Issue.record("\(object.name), \(name), slot \(slot): \(ours), libbpf: \(other)")
            }
        }
    }

    private static func isPoison(_ instruction: EncodedInstruction) -> Bool {
        instruction.opcode == 0x85
            && CORERelocator.relocation(ofUnknownFunction: instruction.immediate) != nil
    }

    private struct Answer {
        var names: [String] = []
        var programs: [[UInt64]] = []
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
            default:
                answer.status = Int(words.last ?? "") ?? -1
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
