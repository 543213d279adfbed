import EBPFBytecode
@testable import EBPFCommandLine
import EBPFKernel
import EBPFTestSupport
import EBPFTypeFormat
import Foundation
import Testing

/// `ebpf struct-ops` with a congestion control that nobody chooses.
@Suite(
    .liveKernel, .pinning, .enabled("clang is here") { hasClang },
    .enabled("the kernel calls TCP congestion control of programs") {
        try KernelTypes.shared.vmlinux().first(
            named: "bpf_struct_ops_tcp_congestion_ops", kind: .structure) != nil
    })
struct StructOperationsCommandTests {
    private let workspace: Workspace
    private let name = "swift\(UInt32.random(in: 0...99_999_999))"

    init() throws { workspace = try Workspace() }

    /// The object; its map is called like the congestion control.
    private func file(_ section: String) throws -> String {
        try workspace.file(
            "congestion.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_tracing.h>
            char LICENSE[] SEC("license") = "GPL";
            struct sock;
            struct tcp_congestion_ops {
                unsigned (*ssthresh)(struct sock *);
                void (*cong_avoid)(struct sock *, unsigned, unsigned);
                unsigned (*undo_cwnd)(struct sock *);
                char name[16];
            };
            SEC("struct_ops") unsigned BPF_PROG(threshold, struct sock *sk) { return 2; }
            SEC("struct_ops") unsigned BPF_PROG(undo, struct sock *sk) { return 2; }
            SEC("struct_ops") void BPF_PROG(avoid, struct sock *sk, unsigned a, unsigned b) {}
            SEC("\(section)") struct tcp_congestion_ops \(name) = {
                .ssthresh = (void *)threshold, .undo_cwnd = (void *)undo,
                .cong_avoid = (void *)avoid, .name = "\(name)",
            };
            """)
    }

    /// Whether sockets may choose it.
    private var isAvailable: Bool {
        get throws {
            let path = "/proc/sys/net/ipv4/tcp_available_congestion_control"
            return try SystemCalls.linux.text(of: path).contains(name)
        }
    }

    private func listed() async throws -> [String: Any] {
        let text = await Session.run("struct-ops", "list", "--json").output
        let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
        return try #require(list?.first { $0["name"] as? String == name })
    }

    @Test func `without a link they stay until they are unregistered`() async throws {
        let registered = await Session.run("struct-ops", "register", try file(".struct_ops"))
        #expect(registered.errors == "")
        #expect(registered.output.hasPrefix("registered \(name) (map "))
        #expect(try isAvailable)
        let row = try await listed()
        #expect(row["struct"] as? String == "tcp_congestion_ops")
        #expect(row["state"] as? String == "inuse")
        #expect(row["link"] is NSNull)
        let dump = await Session.run("struct-ops", "dump", name, "--json")
        #expect(dump.json["name"] as? String == name)
        let table = await Session.run("struct-ops", "dump", name).output
        #expect(table.contains("ssthresh"))
        let show = await Session.run("struct-ops", "show", name)
        #expect(show.output.contains("state") && show.output.contains("inuse"))
        let again = await Session.run("struct-ops", "register", try file(".struct_ops"))
        #expect(again.errors.contains("the subsystem has operations of that name already"))
        #expect(again.exitCode == 2)
        let ended = await Session.run("struct-ops", "unregister", "\(row["id"] ?? 0)")
        #expect(ended.errors == "")
        #expect(try !isAvailable)
    }

    @Test func `with a link they stay where it is kept`() async throws {
        let file = try file(".struct_ops.link")
        let unkept = await Session.run("struct-ops", "register", file)
        #expect(
            unkept.errors
                == "ebpf: a link holds \(name), and ends with this command: say with --pin where "
                + "to keep it\n")
        try await LiveKernel.withPinDirectory { directory in
            let kept = await Session.run("struct-ops", "register", file, "--pin", directory)
            #expect(kept.errors == "")
            #expect(try isAvailable)
            let row = try await listed()
            let link = try #require(row["link"] as? Int)
            #expect(await Session.run("link", "show", "\(link)").output.contains("struct_ops"))
            let ended = await Session.run("struct-ops", "unregister", "\(row["id"] ?? 0)")
            #expect(ended.errors == "")
            #expect(try !isAvailable)
            let twice = await Session.run("struct-ops", "unregister", "\(row["id"] ?? 0)")
            // Nothing holds the map any more, but its pin, which is of no use.
            #expect(twice.exitCode == 2)
        }
    }

    @Test func `other objects and maps are refused`() async throws {
        let other = try workspace.file(
            "other.bpf.c",
            "__attribute__((section(\"xdp\"))) int other(void *context) { return 2; }")
        let none = await Session.run("struct-ops", "register", other)
        #expect(none.errors.contains("no operations (sections .struct_ops, .struct_ops.link)"))
        let map = try LiveKernel.map(.hash, key: 4, value: 4, entries: 8)
        let kind = await Session.run("struct-ops", "dump", "\(map.shape.id)")
        #expect(kind.errors.contains("is of type hash, not struct_ops"))
    }
}
