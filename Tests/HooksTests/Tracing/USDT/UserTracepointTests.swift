import EBPFBytecode
import EBPFCompilation
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import HookTargets
import Testing

/// Static tracepoints of this test's own executable; C code sets them in `Tests/HookTargets`.
// One after the other: they look at the same probe's semaphore.
@Suite(.liveKernel, .serialized) struct UserTracepointTests {
    private static let binary = "/proc/self/exe"
    private static let hasClang = (try? CCompiler()) != nil

    /// Reads all arguments that there are, with the header that libbpf's programs include.
    private static let source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #include <bpf/usdt.bpf.h>

        struct {
            __uint(type, BPF_MAP_TYPE_ARRAY);
            __uint(max_entries, 8);
            __type(key, __u32);
            __type(value, __u64);
        } seen SEC(".maps");

        static __always_inline void put(__u32 key, __u64 value) {
            bpf_map_update_elem(&seen, &key, &value, 0);
        }

        SEC("usdt")
        int probe(struct pt_regs *ctx)
        {
            long value;
            put(0, bpf_usdt_arg_cnt(ctx));
            put(1, bpf_usdt_cookie(ctx));
            if (!bpf_usdt_arg(ctx, 0, &value)) put(2, value);
            if (!bpf_usdt_arg(ctx, 1, &value)) put(3, value);
            if (!bpf_usdt_arg(ctx, 2, &value)) put(4, value);
            if (!bpf_usdt_arg(ctx, 3, &value)) put(5, value);
            return 0;
        }

        char LICENSE[] SEC("license") = "GPL";
        """

    private func load(hasCookies: Bool = true) async throws -> KernelObject {
        let program = try await CCompiler().compile(.text(Self.source, name: "usdt.bpf.c"))
        var specs = try ObjectFile(program.bytes).specs()
        try specs.variables["LINUX_HAS_BPF_COOKIE"]?.set(hasCookies)
        return try KernelHost().load(specs)
    }

    private func count(_ map: KernelMap) throws -> Int {
        var walk = map.walk()
        while try walk.advance() {}
        return walk.total
    }

    private func seen(_ object: KernelObject) throws -> [Int64] {
        let map = try #require(object.maps["seen"])
        return try (UInt8(0)..<6).map { key in
            let bytes = try map.value(of: [key, 0, 0, 0]) ?? []
            return bytes.reversed().reduce(0) { $0 << 8 | Int64($1) }
        }
    }

    @Test(.enabled("clang is here") { hasClang })
    func `a program compiled with libbpf's header reads arguments and cookie`() async throws {
        let object = try await load()
        let program = try #require(object.programs["probe"])
        let link = try program.attach(
            toUserTracepoint: "swift_ebpf:places", in: Self.binary, process: 0, cookie: 99)
        var third: Int16 = -300
        unsafe hook_target_places(-1_000_000_000_000, &third, 200)
        #expect(try seen(object) == [4, 99, -1_000_000_000_000, -5, -300, 200])
        try link.detach()
    }

    @Test(.enabled("clang is here") { hasClang })
    func `a program for kernels without cookies finds its arguments by address`() async throws {
        let object = try await load(hasCookies: false)
        let program = try #require(object.programs["probe"])
        let addresses = try #require(object.maps["__bpf_usdt_ip_to_spec_id"])
        // The first entry is taken, so that the place's is not the one that an empty map means.
        let first = try program.attach(
            toUserTracepoint: "swift_ebpf:trial", in: Self.binary, process: 0)
        let link = try program.attach(
            toUserTracepoint: "swift_ebpf:places", in: Self.binary, process: 0, cookie: 98)
        var third: Int16 = -300
        unsafe hook_target_places(-1_000_000_000_000, &third, 200)
        #expect(try seen(object) == [4, 98, -1_000_000_000_000, -5, -300, 200])
        #expect(try count(addresses) == 2)
        try link.detach()
        #expect(try count(addresses) == 1)
        try first.detach()
        #expect(try count(addresses) == 0)
    }

    @Test(.enabled("clang is here") { hasClang })
    func `a semaphore is raised as long as the program is attached`() async throws {
        let object = try await load()
        let program = try #require(object.programs["probe"])
        #expect(hook_target_probe(1) == 0)
        let link = try HookReference("usdt:\(Self.binary):swift_ebpf:trial")
            .attach(program, AttachOptions(process: 0))
        #expect(hook_target_probe(-7) == 1)
        #expect(try seen(object).prefix(3) == [1, 0, -7])
        try link.detach()
        #expect(hook_target_probe(8) == 0)
        #expect(try seen(object)[2] == -7)
    }

    @Test(.enabled("clang is here") { hasClang })
    func `descriptions of arguments are freed when the program is detached`() async throws {
        let object = try await load()
        let program = try #require(object.programs["probe"])
        let table = try #require(object.maps["__bpf_usdt_specs"])
        let clean = [UInt8](repeating: 0, count: 208)
        for _ in 0..<2 {
            let link = try program.attach(
                toUserTracepoint: "swift_ebpf:places", in: Self.binary, process: 0)
            #expect(try table.value(of: [0, 0, 0, 0]) != clean)
            #expect(try table.value(of: [1, 0, 0, 0]) == clean)
            let second = try program.attach(
                toUserTracepoint: "swift_ebpf:trial", in: Self.binary, process: 0)
            #expect(try table.value(of: [1, 0, 0, 0]) != clean)
            try link.detach()
            try second.detach()
            #expect(try table.value(of: [0, 0, 0, 0]) == clean)
        }
    }

    @Test func `a program without a table gets the cookie itself`() throws {
        let counter = try RunCounter()
        let program = try counter.program(
            "usdt/\(Self.binary):swift_ebpf:trial",
            action: "r1 = r6\ncall 174\n*(u64 *)(r7 + 8) = r0")
        let link = try program.attach(AttachOptions(cookie: 42, process: 0))
        _ = hook_target_probe(1)
        #expect(try counter.count == 1)
        #expect(try counter[1] == 42)
        try link.detach()
    }

    @Test func `tracepoints are listed with their places`() throws {
        let all = try ExecutableFile(Self.binary).userTracepoints()
        #expect(all.map(\.name).sorted() == ["places", "trial"])
        let trial = try #require(all.first { $0.name == "trial" })
        #expect(trial.sites.count == 1)
        #expect(trial.sites[0].semaphoreOffset > 0)
        #expect(all.first { $0.name == "places" }?.sites[0].arguments.count == 4)
    }

    @Test(arguments: [
        ("swift_ebpf:trail", UserTracepointTests.binary, "did you mean swift_ebpf:trial?"),
        ("swift_ebpf:zzzzzzzzzzzz", UserTracepointTests.binary, "for instance swift_ebpf:"),
        ("trial", UserTracepointTests.binary, "write PROVIDER:NAME"),
        ("a:b", "/usr/bin/env", "the file has no tracepoints"),
    ])
    func `what does not exist is met by something that does`(
        name: String, binary: String, hint: String
    ) throws {
        let program = try LiveKernel.program(.kprobe, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attach(toUserTracepoint: name, in: binary)
        }
        #expect(error.description.contains(hint), "\(error)")
    }
}
