import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Foundation
import Testing

/// The tools of Debian's package `libbpf-tools`, with libbpf as the oracle: every program that it
/// gets into this kernel, we get in, too, and the kernel runs the same instructions.
@Suite(
    .liveKernel, .serialized,
    .enabled("libbpf-tools, gcc and libbpf's headers are installed") { LibbpfOracle.isUsable })
struct LibbpfToolsTests {
    @Test func `programs that libbpf loads are loaded, with the same instructions`() throws {
        let oracle = try LibbpfOracle()
        defer { oracle.remove() }
        var tally = (objects: 0, loaded: 0, refused: 0, more: 0)
        for path in LibbpfOracle.tools {
            let name = (path as NSString).lastPathComponent
            let bytes = try ObjectFile.bytes(contentsOf: path)
            guard let object = ObjectFile.embedded(in: bytes).first?.bytes else { continue }
            let specs = try ObjectFile(object, name: name).specs()
            tally.objects += 1
            for (program, theirs) in try oracle.load(object, name: name) {
                let ours = Self.load(program, of: specs)
                switch (theirs, ours) {
                case (.some(let theirs), .success(let ours)):
                    tally.loaded += 1
                    if let slot = Self.difference(ours, theirs) {
                        Issue.record("\(name), \(program): slot \(slot) differs from libbpf's")
                    }
                case (.some, .failure(let failure)):
                    Issue.record("\(name), \(program): libbpf loads it, we do not: \(failure)")
                case (nil, .failure): tally.refused += 1
                case (nil, .success): tally.more += 1
                }
            }
        }
        print(
            "libbpf and we load \(tally.loaded) programs of \(tally.objects) tools; the kernel "
                + "refuses \(tally.refused) to both, and \(tally.more) only to libbpf")
        #expect(tally.loaded > 0)
    }

    /// The first slot in which two programs differ.
    private static func difference(
        _ ours: [EncodedInstruction], _ theirs: [EncodedInstruction]
    ) -> Int? {
        guard ours != theirs else { return nil }
        return zip(ours, theirs).enumerated().first { $1.0 != $1.1 }?.offset
            ?? min(ours.count, theirs.count)
    }

    /// Loads one program of an object; its instructions in the kernel, with maps numbered in the
    /// order in which they appear.
    private static func load(
        _ name: String, of specs: ObjectSpecs
    ) -> Result<[EncodedInstruction], any Error> {
        Result {
            var specs = specs
            for program in specs.programs.keys {
                specs.programs[program]?.autoload = program == name
            }
            let object = try KernelHost().load(specs)
            let program = try #require(object.programs[name])
            return LibbpfOracle.numberingMaps(try program.code().instructions)
        }
    }
}

/// A C program that loads objects with libbpf.
struct LibbpfOracle {
    private static let list = "/var/lib/dpkg/info/libbpf-tools.list"
    private static let compiler = "/usr/bin/gcc"

    /// The programs in the package that are not links to others.
    static let tools: [String] = {
        let text = (try? String(contentsOfFile: list, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init).filter {
            let type = try? FileManager.default.attributesOfItem(atPath: $0)[.type]
            return $0.hasPrefix("/usr/sbin/") && type as? FileAttributeType == .typeRegular
        }
    }()

    static let isUsable =
        !tools.isEmpty && FileManager.default.isExecutableFile(atPath: compiler)
        && FileManager.default.fileExists(atPath: "/usr/include/bpf/libbpf.h")

    private let directory: URL
    private var executable: URL { directory.appendingPathComponent("oracle") }

    /// Compiles it.
    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("libbpf-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false)
        let source = directory.appendingPathComponent("oracle.c")
        try Self.source.write(to: source, atomically: false, encoding: .utf8)
        _ = try run(
            URL(fileURLWithPath: Self.compiler), ["-o", executable.path, source.path, "-lbpf"])
    }

    /// Removes what was compiled.
    func remove() { try? FileManager.default.removeItem(at: directory) }

    /// What libbpf makes of each program of an object: its instructions in the kernel; `nil` if it
    /// could not load it.
    func load(
        _ object: [UInt8], name: String
    ) throws -> [(program: String, instructions: [EncodedInstruction]?)] {
        let file = directory.appendingPathComponent(name + ".o")
        try Data(object).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(executable, [file.path]).split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            let instructions = try words.dropFirst().first.map { try Self.instructions($0) }
            return (String(words[0]), instructions.map(Self.numberingMaps))
        }
    }

    /// Maps are named by the kernel's numbers, which differ at each load.
    static func numberingMaps(_ instructions: [EncodedInstruction]) -> [EncodedInstruction] {
        let (load64, mapDescriptor, mapValue): (UInt8, UInt8, UInt8) = (0x18, 1, 2)
        var numbers: [Int32: Int32] = [:]
        return instructions.map { instruction in
            guard instruction.opcode == load64,
                instruction.source == mapDescriptor || instruction.source == mapValue
            else { return instruction }
            var instruction = instruction
            let number = numbers[instruction.immediate] ?? Int32(numbers.count)
            numbers[instruction.immediate] = number
            instruction.immediate = number
            return instruction
        }
    }

    private static func instructions(_ text: Substring) throws -> [EncodedInstruction] {
        let digits = Array(text)
        return try stride(from: 0, to: digits.count / 16 * 16, by: 16).map { start in
            let word = try #require(UInt64(String(digits[start..<start + 16]), radix: 16))
            return EncodedInstruction(word: word)
        }
    }

    private func run(_ executable: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }

    /// Prints a line for each program: its name, and if it was loaded its instructions as words.
    private static let source = """
        #include <bpf/bpf.h>
        #include <bpf/libbpf.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>

        static int silent(enum libbpf_print_level level, const char *format, va_list arguments) {
            (void)level, (void)format, (void)arguments;
            return 0;
        }

        static void dump(int descriptor) {
            static unsigned long long words[1 << 16];
            struct bpf_prog_info info = {0};
            __u32 size = sizeof info;
            info.xlated_prog_len = sizeof words;
            info.xlated_prog_insns = (unsigned long)words;
            if (bpf_obj_get_info_by_fd(descriptor, &info, &size)) exit(1);
            printf(" ");
            for (__u32 i = 0; i < info.xlated_prog_len / 8; i++) printf("%016llx", words[i]);
        }

        int main(int count, char **arguments) {
            struct bpf_program *each, *program;
            libbpf_set_print(silent);
            struct bpf_object *names = bpf_object__open_file(arguments[1], NULL);
            if (count != 2 || !names) return 1;
            bpf_object__for_each_program(each, names) {
                const char *name = bpf_program__name(each);
                struct bpf_object *object = bpf_object__open_file(arguments[1], NULL);
                bpf_object__for_each_program(program, object)
                    bpf_program__set_autoload(program, !strcmp(bpf_program__name(program), name));
                printf("%s", name);
                if (!bpf_object__load(object))
                    dump(bpf_program__fd(bpf_object__find_program_by_name(object, name)));
                printf("\\n");
                bpf_object__close(object);
            }
            bpf_object__close(names);
            return 0;
        }
        """
}
