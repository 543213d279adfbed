import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

/// `ebpf perf` and `ebpf iter` on what the tests attach themselves.
@Suite(.liveKernel) struct PerfCommandTests {
    @Test func `a program at a tracepoint is listed for this process`() async throws {
        let program = try RunCounter().program("tracepoint")
        let link = try program.attach(toTracepoint: "raw_syscalls:sys_exit")
        let process = try SystemCalls.linux.call(.getProcessID)
        for arguments in [["list"], ["show", "\(process)"]] {
            let session = await Session.run(["perf"] + arguments + ["--json"])
            let list = try JSONSerialization.jsonObject(with: Data(session.output.utf8))
            let uses = try #require(list as? [[String: Any]])
            let own = try #require(uses.first { $0["program"] as? Int == Int(program.id) })
            #expect(own["process"] as? Int == process)
            #expect(own["kind"] as? String == "tracepoint")
            #expect(own["name"] as? String == "sys_exit")
            #expect(own["programName"] as? String == "count")
        }
        let table = await Session.run("perf", "show", "\(process)").output
        let titles = table.split(separator: "\n").first?.split(separator: " ") ?? []
        #expect(titles.prefix(2) == ["process", "fd"])
        #expect(table.contains("count"))
        try link.detach()
    }

    @Test func `a process that is gone is said to be gone`() async {
        let session = await Session.run("perf", "show", "4194304")
        #expect(session.exitCode == 2)
        #expect(
            session.errors
                == "ebpf: listing the perf events of process 4194304: ESRCH: "
                + "process 4194304 is gone\n")
    }

    @Test(.enabled(if: hasClang)) func `an iterator prints what it writes`() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "maps.bpf.c",
            """
            #include "vmlinux.h"
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_tracing.h>
            char LICENSE[] SEC("license") = "GPL";
            SEC("iter/bpf_map")
            int maps(struct bpf_iter__bpf_map *ctx)
            {
                struct bpf_map *map = ctx->map;
                if (map) BPF_SEQ_PRINTF(ctx->meta->seq, "map %u\\n", map->id);
                return 0;
            }
            """)
        let map = try LiveKernel.map(.hash, key: 4, value: 4, entries: 8)
        let text = await Session.run("iter", "run", file)
        #expect(text.errors == "")
        #expect(text.output.contains("map \(map.shape.id)\n"))
        let json = await Session.run("iter", "run", file, "--json").json
        #expect(json["program"] as? String == "maps")
        #expect((json["lines"] as? [String])?.contains("map \(map.shape.id)") == true)
        let other = await Session.run("iter", "run", file, "--program", "mapz")
        #expect(other.errors.contains("did you mean \"maps\"?"))
        let group = await Session.run("iter", "run", file, "--order", "pre")
        #expect(group.exitCode == 64)
    }
}
