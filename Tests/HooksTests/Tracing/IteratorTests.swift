import EBPFBytecode
import EBPFCompilation
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@Suite(.liveKernel, .enabled("clang is here") { (try? CCompiler()) != nil })
struct IteratorTests {
    private func load(_ source: String) async throws -> KernelObject {
        let text = """
            #include "vmlinux.h"
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_tracing.h>
            char LICENSE[] SEC("license") = "GPL";

            """ + source
        let program = try await CCompiler().compile(.text(text, name: "iter.bpf.c"))
        return try KernelHost().load(try ObjectFile(program.bytes).specs())
    }

    private static let tasks = """
        SEC("iter/task")
        int walk(struct bpf_iter__task *ctx)
        {
            struct task_struct *task = ctx->task;
            if (task) BPF_SEQ_PRINTF(ctx->meta->seq, "task %d of %d\\n", task->pid, task->tgid);
            return 0;
        }
        """

    private func lines(_ link: borrowing Link) throws -> [String] {
        var lines: [String] = []
        try link.iterate().lines { lines.append($0) }
        return lines
    }

    @Test func `an iterator writes a line about every task`() async throws {
        let object = try await load(Self.tasks)
        let link = try #require(object.programs["walk"]).attach()
        let own = try SystemCalls.linux.call(.getProcessID)
        let first = try lines(link)
        #expect(first.contains("task \(own) of \(own)"))
        // A link is walked as often as one likes.
        #expect(try lines(link).contains("task \(own) of \(own)"))
    }

    @Test func `only one process or thread is walked over on request`() async throws {
        let object = try await load(Self.tasks)
        let program = try #require(object.programs["walk"])
        let own = try SystemCalls.linux.call(.getProcessID)
        let process = try lines(program.attachIterator(over: .process(UInt32(own))))
        #expect(process.contains("task \(own) of \(own)"))
        #expect(process.allSatisfy { $0.hasSuffix(" of \(own)") })
        let thread = try lines(program.attachIterator(over: .thread(UInt32(own))))
        #expect(thread == ["task \(own) of \(own)"])
    }

    @Test func `the entries of a map are walked over, and a missing map is asked for`()
        async throws
    {
        let object = try await load(
            """
            SEC("iter/bpf_map_elem")
            int walk(struct bpf_iter__bpf_map_elem *ctx)
            {
                __u32 *key = ctx->key;
                if (key) BPF_SEQ_PRINTF(ctx->meta->seq, "%d\\n", *key);
                return 0;
            }
            """)
        let program = try #require(object.programs["walk"])
        let map = try LiveKernel.map(.hash, key: 4, value: 4, entries: 8)
        for key in UInt8(1)...3 { try map.update([key, 0, 0, 0], [0, 0, 0, 0]) }
        let link = try program.attachIterator(over: .map(map))
        #expect(try lines(link).sorted() == ["1", "2", "3"])
        let error = try #require(throws: KernelError.self) { _ = try program.attachIterator() }
        #expect(error.remedy == "name the map")
    }

    @Test func `control groups are walked over from one on`() async throws {
        let object = try await load(
            """
            SEC("iter/cgroup")
            int walk(struct bpf_iter__cgroup *ctx)
            {
                if (ctx->cgroup) BPF_SEQ_PRINTF(ctx->meta->seq, "group\\n");
                return 0;
            }
            """)
        let program = try #require(object.programs["walk"])
        let root = try #require(
            ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"].first {
                SystemCalls.linux.exists($0 + "/cgroup.procs")
            })
        let all = try program.attachIterator(
            over: .controlGroup(path: root, .descendantsFirstToLast))
        #expect(try lines(all).count >= 1)
        let one = try program.attachIterator(over: .controlGroup(path: root, .selfOnly))
        #expect(try lines(one) == ["group"])
    }
}
