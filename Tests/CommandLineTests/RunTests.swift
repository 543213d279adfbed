@testable import EBPFCommandLine
import EBPFExecution
import Foundation
import Testing

/// `ebpf run` on maps, events and printed lines of every kind.
@Suite(.enabled(if: hasClang, "no clang that generates eBPF"))
struct RunTests {
    private let workspace: Workspace
    private let object: String

    init() async throws {
        workspace = try Workspace()
        object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
    }

    @Test func `values, events and lines are shown by their types`() async {
        let session = await Session.run(
            "run", object, "--packet", frame, "--update", "routes=10.0.0.0/8:7",
            "--update", "routes=192.0.2.1/32:8")
        #expect(session.exitCode == 0, "\(session.errors)")
        for line in [
            "14 bytes", "  XDP_PASS  1",
            "events (1 event)", "    {pid: 42, comm: \"bash\", nanoseconds: 7}",
            "    {pid: 43, comm: \"bash\", nanoseconds: 7}",
            "queue (queue, 2 entries)", "    {packets: 1, bytes: 2}", "    {packets: 3, bytes: 2}",
            "stack (stack, 2 entries)", "    9", "    7",
            "cpus (percpu_array, 1 entry, 3 more are zero, sum of 4 CPUs)",
            "    BUSY  1", "    10.0.0.0/8    7", "    192.0.2.1/32  8",
        ] {
            #expect(session.output.split(separator: "\n").contains(line[...]), "\(line)")
        }
    }

    @Test func `JSON has the documented members`() async throws {
        let session = await Session.run("run", object, "--packet", frame, "--json")
        let report = session.json
        #expect(report["program"] as? String == "use")
        #expect(report["type"] as? String == "xdp")
        #expect(report["returned"] as? Int == 2)
        #expect(report["verdicts"] as? [String: Int] == ["XDP_PASS": 1])
        #expect(report["runs"] as? Int == 1)
        #expect(report["skipped"] as? Int == 0)
        #expect(report["nanosecondsPerRun"] is Double)
        #expect(report["trace"] as? [String] == ["14 bytes"])
        #expect(report["warnings"] as? [String] == [])
        #expect(report["packet"] as? String == frame)
        let maps = try #require(report["maps"] as? [String: [[String: Any]]])
        #expect(maps["queue"]?.first?["key"] is NSNull)
        #expect(maps["states"]?.first?["key"] as? String == "BUSY")
        let perCPU = try #require(maps["cpus"]?.dropFirst().first)
        #expect((perCPU["value"] as? [String: Int]) == ["packets": 1, "bytes": 14])
        #expect((perCPU["values"] as? [[String: Int]])?.count == 4)
        let events = try #require(report["events"] as? [String: [[String: Any]]])
        #expect(events["ring"]?.first?["comm"] as? String == "bash")
    }

    @Test func `events that do not fit are counted`() async {
        let session = await Session.run(
            "run", object, "--program", "flood", "--packet", frame, "--json")
        let events = (session.json["events"] as? [String: [Any]])?["events"]?.count ?? 0
        let lost = (session.json["lost"] as? [String: Int])?["events"] ?? 0
        #expect(lost > 0)
        #expect(events + lost == 5000)
    }

    @Test(arguments: [
        (["small=7"], "XDP_DROP"), (["mode=BUSY", "values=[1,0,0,0]"], "XDP_TX"), ([], "XDP_PASS"),
    ])
    func `variables take values by their types`(_ settings: [String], _ verdict: String) async {
        let session = await Session.run(
            ["run", object, "--packet", frame, "--json"] + settings.flatMap { ["--set", $0] })
        #expect(session.json["verdicts"] as? [String: Int] == [verdict: 1])
    }

    @Test func `a tracing program runs on the bytes of a context`() async throws {
        var context = [UInt8](repeating: 0, count: 28)
        context[8] = 77
        context.replaceSubrange(12..<16, with: Array("bash".utf8))
        let file = try workspace.file("context.bin", context)
        let session = await Session.run("run", object, "--program", "traced", "--context", file)
        #expect(session.exitCode == 0)
        #expect(session.output.hasPrefix("pid 77 bash\n"))
    }

    @Test func `a capture's verdicts go into another capture`() async throws {
        let output = "\(workspace.path)/out.pcap"
        let session = await Session.run(
            "run", object, "--pcap", "\(examples)/Captures/balancer.pcap", "--output", output)
        #expect(session.exitCode == 0)
        var original = try Capture(contentsOf: "\(examples)/Captures/balancer.pcap")
        var written = try Capture(contentsOf: output)
        #expect(original.rest().packets.map(\.bytes) == written.rest().packets.map(\.bytes))
    }

    @Test func `only so many entries are shown`() async {
        let session = await Session.run(
            "run", object, "--packet", frame, "--limit", "2", "--json")
        let maps = session.json["maps"] as? [String: [Any]]
        #expect(maps?["cpus"]?.count == 2)
        let warnings = session.json["warnings"] as? [String]
        #expect(warnings == ["map cpus: only 2 entries are shown; --limit says how many"])
    }

    @Test func `progress is shown to people only`() async {
        let arguments = ["run", object, "--packet", frame, "--repeat", "3"]
        #expect(await Session.run(arguments).errors.isEmpty)
        #expect(await Session.run(arguments, isTerminal: true).exitCode == 0)
    }
}
