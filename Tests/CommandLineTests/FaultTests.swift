@testable import EBPFCommandLine
import Testing

/// Programs that do what they may not: refused before they run, or stopped while they do, with the
/// place, the source line and a remedy.
@Suite(.enabled(if: hasClang, "no clang that generates eBPF"))
struct FaultTests {
    private let workspace: Workspace
    private let object: String

    init() async throws {
        workspace = try Workspace()
        object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
    }

    @Test(arguments: [
        (
            ["--program", "past", "--packet", frame, "--no-verify"],
            ["ebpf: program past, instruction 1", "return data[100];", "data_end"]
        ),
        (
            ["--program", "forever", "--packet", frame, "--budget", "1000", "--no-verify"],
            ["ebpf: program forever, instruction", "i++", "raise the budget"]
        ),
        (["--program", "traced"], ["program traced", "no input: --context FILE"]),
        (
            ["--program", "past", "--no-verify"],
            ["program past", "no input: --pcap FILE or --packet HEX"]
        ),
    ])
    func `a fault names its place and remedy`(_ arguments: [String], _ parts: [String]) async {
        let session = await Session.run(["run", object] + arguments)
        #expect(session.exitCode == 1)
        for part in parts { #expect(session.errors.contains(part), "\(session.errors)") }
    }

    @Test(arguments: ["past", "forever"])
    func `a program that is not safe is refused as ebpf verify refuses it`(
        _ program: String
    ) async throws {
        let run = await Session.run("run", object, "--program", program, "--packet", frame)
        #expect(run.exitCode == 2)
        #expect(run.output.isEmpty)
        let verify = await Session.run("verify", object, "--program", program)
        let reason = try #require(verify.output.firstRange(of: "\n\n"))
        #expect(run.errors == "ebpf: \(verify.output[..<reason.lowerBound])\n")
    }

    @Test func `JSON tells of the fault too`() async throws {
        let session = await Session.run(
            "run", object, "--program", "past", "--packet", frame, "--json", "--no-verify")
        #expect(session.exitCode == 1)
        let failure = try #require(session.json["failure"] as? [String: Any])
        #expect(failure["program"] as? String == "past")
        #expect(failure["instruction"] as? Int == 1)
        let source = try #require(failure["source"] as? [String: Any])
        #expect((source["text"] as? String)?.contains("return data[100];") == true)
    }

    @Test(
        arguments: [
            ("BPF_MAP_TYPE_ARRAY", "8", "0xffffffff", 2),
            ("BPF_MAP_TYPE_ARRAY", "0x7fffffff", "1", 0),
            ("BPF_MAP_TYPE_ARRAY", "0xffffffff", "0xffffffff", 2),
            ("BPF_MAP_TYPE_ARRAY", "8", "100000000", 0),
            ("BPF_MAP_TYPE_HASH", "8", "0xffffffff", 2),
            ("BPF_MAP_TYPE_HASH", "0x7fffffff", "1", 2),
            ("BPF_MAP_TYPE_PERCPU_ARRAY", "32768", "0x10000000", 2),
            ("BPF_MAP_TYPE_LRU_HASH", "4096", "0x1000000", 2),
        ] as [(String, String, String, Int32)])
    func `absurd sizes of maps are refused or cost nothing`(
        _ kind: String, _ value: String, _ count: String, _ exitCode: Int32
    ) async throws {
        let source = try workspace.file("any.bpf.c", Sources.anySize)
        let definitions = ["KIND=\(kind)", "VALUE=\(value)", "COUNT=\(count)"]
        let session = await Session.run(
            ["run", source, "--limit", "10"] + definitions.flatMap { ["-D", $0] })
        #expect(session.exitCode == exitCode, "\(session.errors)")
        #expect(session.complaints.count == (exitCode == 0 ? 0 : 1))
    }
}
