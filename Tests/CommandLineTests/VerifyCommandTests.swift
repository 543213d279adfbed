@testable import EBPFCommandLine
import EBPFTestSupport
import Testing

/// `ebpf verify`: its arguments, its words, and the kernel's verdict beside ours.
@Suite struct VerifyCommandTests {
    /// `r0 = 0; exit`, and the same without the first instruction.
    private static let good = "b7 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00"
    private static let bad = "95 00 00 00 00 00 00 00"

    private static func programs(_ session: Session) -> [[String: Any]] {
        session.json["programs"] as? [[String: Any]] ?? []
    }

    @Test func `a report has a member for each program`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("good.hex", Self.good)
        let session = await Session.run("verify", file, "--type", "xdp", "--json")
        #expect(session.errors.isEmpty, "\(session.errors)")
        let program = try #require(Self.programs(session).first)
        #expect(session.json["object"] as? String == file)
        #expect(program["name"] as? String == "program")
        #expect(program["type"] as? String == "xdp")
        #expect(program["instructions"] as? Int == 2)
        #expect(program["kernel"] == nil)
        for member in ["processed", "states", "peakStates", "microseconds"] {
            #expect(program[member] is Double, "\(member)")
        }
        let verdict = try #require(program["verdict"] as? String)
        #expect(["accepted": 0, "rejected": 1, "error": 2][verdict] == session.exitCode)
    }

    @Test(arguments: [
        (["--type", "xdpp"], "xdp"),
        ([], "say with --type what kind of program it is"),
        (["--type", "xdp", "--program", "drop"], "there is no program \"drop\""),
        (["--type", "xdp", "--flags", "sleepy"], "there is no flag \"sleepy\""),
        (["--type", "xdp", "--flags", "drop=1"], "there is no program \"drop\""),
        (["--type", "xdp", "--as", "bpf,net"], "--as: there is no capability \"net\""),
        (["--type", "xdp", "--target", "/nowhere/target.o"], "/nowhere/target.o"),
        (["--type", "xdp", "--set", "port=53"], "there is no variable \"port\""),
        (["--type", "xdp", "--btf", "/nowhere/vmlinux"], "/nowhere/vmlinux"),
    ])
    func `what cannot be meant is said`(_ arguments: [String], _ words: String) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("good.hex", Self.good)
        let session = await Session.run(["verify", file] + arguments)
        #expect(session.exitCode == 2)
        #expect(session.output.isEmpty)
        #expect(session.errors.contains(words), "\(session.errors)")
    }

    @Test(arguments: [
        ([], "accepted", 0), (["--as", "root"], "accepted", 0),
        (["--as", "bpf,net_admin"], "accepted", 0), (["--as", "CAP_SYS_ADMIN"], "accepted", 0),
        (["--as", "bpf"], "rejected", 1), (["--as", "user"], "rejected", 1),
    ])
    func `programs can be judged for those who may do less`(
        _ arguments: [String], _ verdict: String, _ exitCode: Int32
    ) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("good.hex", Self.good)
        let session = await Session.run(["verify", file, "--type", "xdp", "--json"] + arguments)
        let program = try #require(Self.programs(session).first)
        #expect(program["verdict"] as? String == verdict)
        #expect(session.exitCode == exitCode)
        guard verdict == "rejected" else { return }
        let rejection = try #require(program["rejection"] as? [String: Any])
        #expect(rejection["code"] as? String == "missingCapability")
        #expect((rejection["message"] as? String)?.contains("CAP_NET_ADMIN") ?? false)
    }

    @Test(.liveKernel, arguments: [("bpf,net_admin", "rejected"), ("root", "accepted")])
    func `the kernel is asked with fewer capabilities, too`(
        _ loader: String, _ verdict: String
    ) async throws {
        let workspace = try Workspace()
        // `r0 = r1; exit`: an address is returned.
        let file = try workspace.file(
            "leak.hex", "bf 10 00 00 00 00 00 00 95 00 00 00 00 00 00 00")
        let session = await Session.run(
            "verify", file, "--type", "xdp", "--kernel", "--json", "--as", loader)
        let program = try #require(Self.programs(session).first)
        let kernel = try #require(program["kernel"] as? [String: Any])
        #expect(program["verdict"] as? String == verdict)
        #expect(kernel["verdict"] as? String == verdict)
        let codes = [program, kernel].map {
            ($0["rejection"] as? [String: Any])?["code"] as? String
        }
        #expect(codes.allSatisfy { $0 == (verdict == "rejected" ? "pointerLeak" : nil) })
    }

    @Test(.liveKernel, arguments: [(good, "accepted"), (bad, "rejected")])
    func `the kernel is asked`(_ code: String, _ verdict: String) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("code.hex", code)
        let session = await Session.run("verify", file, "--type", "xdp", "--kernel", "--json")
        let program = try #require(Self.programs(session).first)
        let kernel = try #require(program["kernel"] as? [String: Any])
        #expect(kernel["verdict"] as? String == verdict)
        #expect((kernel["processed"] as? Int ?? 0) > 0)
        #expect(kernel["microseconds"] is Int)
        guard verdict == "rejected" else { return }
        #expect(kernel["errno"] as? Int == 13)
        let rejection = try #require(kernel["rejection"] as? [String: Any])
        #expect(rejection["code"] as? String == "uninitializedRegister")
        #expect(rejection["slot"] as? Int == 0)
        #expect(rejection["instruction"] as? String == "exit")
    }

    @Test(.liveKernel, .enabled("C can be compiled for eBPF here") { hasClang })
    func `each program is loaded alone, with its own flags`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "pair.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            struct {
                __uint(type, BPF_MAP_TYPE_HASH);
                __type(key, int);
                __type(value, long);
            } counts SEC(".maps");
            SEC("xdp") int unchecked(void *context) {
                int key = 0;
                return *(long *)bpf_map_lookup_elem(&counts, &key);
            }
            SEC("xdp") int straight(void *context) { return XDP_PASS; }
            char LICENSE[] SEC("license") = "GPL";
            """)
        let session = await Session.run("verify", file, "--kernel", "--stats")
        let rows = session.output.split(separator: "\n").map { $0.split(separator: " ") }
        let named = { (name: Substring) in rows.last { $0.first == name } ?? [] }
        #expect(named("unchecked").contains("rejected"), "\(session.output)")
        #expect(named("straight").contains("accepted"))
        #expect(session.output.contains("processed"))
        let strict = await Session.run(
            "verify", file, "--kernel", "--json", "--flags", "straight=strict-alignment,8")
        #expect(Self.programs(strict).count == 2)
    }
}
