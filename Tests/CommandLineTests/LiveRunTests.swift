import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `ebpf run --attach` and `ebpf events`: loaded, attached, shown, and nothing left behind. The
/// programs see only this process.
@Suite(.liveKernel, .enabled("clang is here") { hasClang })
struct LiveRunTests {
    /// Tells of `getppid`, and counts it.
    private static let source = """
        #include <vmlinux.h>
        #include <bpf/bpf_helpers.h>
        char LICENSE[] SEC("license") = "GPL";
        const volatile __u32 process = 0;
        struct call_event { __u32 process; char command[16]; };
        struct {
            __uint(type, BPF_MAP_TYPE_RINGBUF);
            __uint(max_entries, 1 << 16);
        } calls SEC(".maps");
        struct {
            __uint(type, BPF_MAP_TYPE_ARRAY);
            __uint(max_entries, 1);
            __type(key, __u32);
            __type(value, __u64);
        } counts SEC(".maps");
        const struct call_event *_call_event __attribute__((unused));
        SEC("tracepoint/syscalls/sys_enter_getppid")
        int tell(void *context)
        {
            struct call_event event = {};
            __u32 zero = 0;
            event.process = bpf_get_current_pid_tgid() >> 32;
            if (event.process != process)
                return 0;
            __u64 *count = bpf_map_lookup_elem(&counts, &zero);
            if (count)
                __sync_fetch_and_add(count, 1);
            bpf_get_current_comm(event.command, sizeof(event.command));
            bpf_ringbuf_output(&calls, &event, sizeof(event), 0);
            return 0;
        }
        """

    /// Runs a command while this process calls `getppid` again and again.
    private static func run(_ arguments: String...) async throws -> Session {
        let workspace = try Workspace()
        let file = try workspace.file("calls.bpf.c", source)
        let caller = Task {
            while !Task.isCancelled {
                _ = getppid()
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { caller.cancel() }
        let set = ["--set", "process=\(getpid())"]
        return await Session.run(["run", file] + set + arguments)
    }

    @Test func `events are shown as they come, and maps at the end`() async throws {
        let session = try await Self.run("--attach", "auto", "--events", "3", "--duration", "60")
        #expect(session.exitCode == 0, "\(session.errors)")
        #expect(session.errors.contains("attached: tell to tracepoint syscalls:sys_enter_getppid"))
        let lines = session.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("process  command") ?? false)
        #expect(lines.filter { $0.hasPrefix("\(getpid())") }.count == 3)
        #expect(session.output.contains("counts (array, 1 entry)"))
    }

    @Test func `in JSON every line is an object`() async throws {
        let session = try await Self.run(
            "--attach", "tell=auto", "--events", "2", "--duration", "60", "--json")
        let lines = session.output.split(separator: "\n").map {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any] ?? [:]
        }
        #expect(lines.count == 3)
        let event = try #require(lines.first?["event"] as? [String: Any])
        #expect(event["process"] as? Int == Int(getpid()))
        #expect(lines.first?["map"] as? String == "calls")
        #expect((lines.last?["maps"] as? [String: Any])?["counts"] != nil)
    }

    @Test func `maps are shown now and then`() async throws {
        let session = try await Self.run(
            "--attach", "tracepoint:syscalls:sys_enter_getppid", "--interval", "0.05",
            "--duration", "3")
        #expect(session.exitCode == 0, "\(session.errors)")
        // How often depends on how busy the machine is; at the end they are always shown.
        #expect(session.output.split(separator: "counts (array").count >= 2)
    }

    @Test func `what cannot be attached says what is needed`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "pass.bpf.c",
            """
            #include <vmlinux.h>
            #include <bpf/bpf_helpers.h>
            SEC("xdp") int pass(struct xdp_md *context) { return XDP_PASS; }
            SEC("xdp") int drop(struct xdp_md *context) { return XDP_DROP; }
            """)
        let automatic = await Session.run("run", file, "--attach", "auto")
        #expect(automatic.exitCode == 2)
        #expect(automatic.errors.contains("section xdp does not say where"))
        let misspelt = await Session.run("run", file, "--attach", "tracepint:a:b")
        #expect(misspelt.errors.contains("did you mean tracepoint?"))
        let wrong = await Session.run("run", file, "--attach", "kprobe:do_unlinkat")
        #expect(wrong.errors.contains("no program is of a type for kprobe (kprobe)"))
        let unknown = await Session.run("run", file, "--attach", "dorp=kprobe:do_unlinkat")
        #expect(unknown.errors.contains("there is no program \"dorp\""))
    }

    @Test func `input and attaching exclude each other`() async {
        let both = await Session.run("run", "x.c", "--attach", "auto", "--packet", "00")
        #expect(both.exitCode == 64)
        let alone = await Session.run("run", "x.c", "--duration", "3")
        #expect(alone.errors.contains("need --attach"))
    }

    @Test func `a file is no map, but can be run`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("calls.bpf.c", Self.source)
        let session = await Session.run("events", file)
        #expect(session.exitCode == 2)
        #expect(session.errors.contains("`ebpf run \(file) --attach auto` loads"))
    }

    @Test func `a map without events is refused`() async throws {
        let map = try LiveKernel.map(.array, key: 4, value: 4, entries: 1)
        let session = await Session.run("events", "id:\(map.shape.id)")
        #expect(session.exitCode == 2)
        #expect(session.errors.contains("events come through ringbuf and perf_event_array maps"))
    }
}
