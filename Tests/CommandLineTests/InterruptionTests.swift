import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Ctrl-C in every command that goes on until then: a clean end with code 0, and nothing left.
@Suite(.liveKernel, .enabled("the command was built beside the tests") { Child.isBuilt })
struct InterruptionTests {
    @Test(arguments: [
        ["top"], ["top", "--json", "--count", "1000"], ["prog", "profile", "--duration", "1000"],
        ["prog", "tracelog", "PROGRAM"], ["map", "watch", "ARRAY"], ["events", "BUFFER"],
    ])
    func `commands that only watch end with code 0`(arguments: [String]) async throws {
        let program = try LiveKernel.program(.socketFilter, "r0 = 0\nexit")
        let array = try LiveKernel.map(.array, key: 4, value: 4, entries: 1)
        let buffer = try LiveKernel.map(.ringBuffer, key: 0, value: 0, entries: 4096)
        let names = [
            "PROGRAM": "id:\(program.id)", "ARRAY": "id:\(array.shape.id)",
            "BUFFER": "id:\(buffer.shape.id)",
        ]
        let child = try Child(arguments.map { names[$0] ?? $0 })
        let end = try await child.interrupt()
        #expect(end.code == 0, "\(end.text)")
    }

    /// Whether the kernel has a log for tracing.
    private static var hasLog: Bool {
        guard let tracefs = try? Tracefs() else { return false }
        return SystemCalls.linux.exists(tracefs.root + "/trace_pipe")
    }

    @Test(.enabled("the kernel has a log for tracing") { hasLog })
    func `the log of the whole system is left`() async throws {
        let end = try await Child(["prog", "tracelog"]).interrupt()
        #expect(end.code == 0, "\(end.text)")
    }

    @Test(.enabled("clang is here") { hasClang })
    func `what a command attached is taken off`() async throws {
        let workspace = try Workspace()
        let name = "ctrl_c_\(getpid())"
        let file = try workspace.file(
            "calls.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            SEC("tracepoint/syscalls/sys_enter_getppid") int \(name)(void *context) { return 0; }
            char LICENSE[] SEC("license") = "GPL";
            """)
        let child = try Child(["run", file, "--attach", "auto"])
        child.wait(for: "attached: ")
        let isLoaded = try Self.isLoaded(name)
        let end = child.end()
        #expect(isLoaded && end.code == 0, "\(end.text)")
        #expect(try await eventually { try !Self.isLoaded(name) })
    }

    private static func isLoaded(_ name: String) throws -> Bool {
        try SystemCalls.linux.objectIDs(.program).contains { id in
            (try? KernelProgram(id: id).details().name)?.hasPrefix(name.prefix(15)) ?? false
        }
    }

    /// Counts packets, each program in its own entry.
    private static let packets = """
        #include <vmlinux.h>
        #include <bpf/bpf_helpers.h>
        char LICENSE[] SEC("license") = "GPL";
        struct {
            __uint(type, BPF_MAP_TYPE_ARRAY);
            __uint(max_entries, 1);
            __type(key, __u32);
            __type(value, __u64);
        } packets SEC(".maps");
        static __always_inline void count(void) {
            __u32 key = 0;
            __u64 *found = bpf_map_lookup_elem(&packets, &key);
            if (found)
                __sync_fetch_and_add(found, 1);
        }
        SEC("xdp") int receive(struct xdp_md *context) { count(); return XDP_PASS; }
        SEC("tc") int classify(struct __sk_buff *context) { count(); return -1; }
        SEC("netfilter") int filter(struct bpf_nf_ctx *context) { count(); return 1; }
        """

    @Test(
        .enabled("clang is here") { hasClang },
        arguments: [
            "xdp:lo", "receive=xdp/generic:lo", "classify=tcx/ingress:lo", "tcx/egress:lo",
            "tc/ingress:lo", "tc/egress:lo", "filter=netfilter:ipv4:input",
            "netfilter:ipv4:output:-5",
        ])
    func `a program runs where the hook's name says, until Ctrl-C`(hook: String) async throws {
        let workspace = try Workspace()
        let source = try workspace.file("packets.bpf.c", Self.packets)
        let object = "\(workspace.path)/packets.bpf.o"
        #expect(await Session.run("build", source, "-o", object).exitCode == 0)
        let (end, left) = try withNetworkNamespace {
            let child = try Child(["run", object, "--attach", hook, "--json"])
            child.wait(for: "attached: ")
            let socket = try TestSocket()
            for _ in 0..<3 { try socket.send([1]) }
            let end = child.end()
            return (end, try Child(["net", "list", "--interface", "lo", "--json"]).finish().text)
        }
        #expect(end.code == 0, "\(end.text)")
        #expect(end.text.contains(#""packets":[{"key":0,"value":3}]"#), "\(end.text)")
        #expect(!left.contains(#""program":"#), "\(left)")
    }
}
