import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// What maps hold before the first program runs: global data, other maps, programs.
@Suite(.liveKernel) struct FilledMapsTests {
    @Test func `constants are frozen, other data stay shared with the program`() async throws {
        var specs = try await CObject.specs(
            """
            const volatile __u32 limit = 3;
            __u32 start = 7, zero;
            SEC("socket") int sum(struct __sk_buff *skb) { zero++; return limit + start; }
            """)
        try specs.variables["limit"]?.set(UInt32(30))
        let object = try KernelHost().load(specs)
        let constants = try #require(object.maps[".rodata"])
        #expect(try constants.value(of: [0, 0, 0, 0]) == [30, 0, 0, 0])
        #expect(constants.shape.flags == [.readOnlyForPrograms, .mappable])
        let error = #expect(throws: KernelError.self) {
            try constants.update([0, 0, 0, 0], [1, 0, 0, 0])
        }
        #expect(error?.errno == .notPermitted)
        let data = try #require(object.maps[".data"])
        #expect(data.shape.flags == .mappable && object.maps[".bss"]?.shape.flags == .mappable)
        try data.update([0, 0, 0, 0], [12, 0, 0, 0])
        let program = try #require(object.programs["sum"])
        #expect(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned == 42)
        #expect(try object.maps[".bss"]?.value(of: [0, 0, 0, 0]) == [1, 0, 0, 0])
    }

    private static let jumps = """
        int target(struct __sk_buff *skb);
        struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 4);
                 __uint(key_size, 4); __array(values, int(void *)); } jumps SEC(".maps")
            = { .values = { [2] = (void *)&target } };
        SEC("socket") int target(struct __sk_buff *skb) { return 77; }
        SEC("socket") int jump(struct __sk_buff *skb) { bpf_tail_call(skb, &jumps, 2); return 1; }

        """

    @Test func `programs jump where the source says`() async throws {
        let object = try KernelHost().load(await CObject.specs(Self.jumps))
        let program = try #require(object.programs["jump"])
        #expect(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned == 77)
    }

    @Test func `a program to jump to that is not loaded is named`() async throws {
        var specs = try await CObject.specs(Self.jumps)
        specs.programs["target"]?.autoload = false
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        #expect(
            failure?.description
                == "map jumps: putting program target into it: ENOENT: program target is not "
                + "loaded; set its autoload")
    }

    @Test func `maps are put into maps where the source says`() async throws {
        let object = try KernelHost().load(
            await CObject.specs(
                """
                struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1);
                               __type(key, __u32); __type(value, __u32); }
                    first SEC(".maps"), second SEC(".maps");
                struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 3);
                         __type(key, __u32); __array(values, struct inner); } outer SEC(".maps")
                    = { .values = { &second, 0, &first } };
                SEC("socket") int use(struct __sk_buff *skb)
                {
                    return bpf_map_lookup_elem(&outer, &(__u32){2}) != 0;
                }
                """))
        let outer = try #require(object.maps["outer"])
        let ids = try (0..<3).map { (index: UInt8) in
            try outer.value(of: [index, 0, 0, 0])?.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        #expect(
            ids == [object.maps["second"]?.shape.id, nil, object.maps["first"]?.shape.id])
        let program = try #require(object.programs["use"])
        #expect(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned == 1)
    }

    @Test func `a map of maps needs to know what is inside`() throws {
        let outer = MapSpec(
            name: "outer", type: .arrayOfMaps, keySize: 4, valueSize: 4, maxEntries: 2)
        let failure = #expect(throws: LoadFailure.self) {
            try KernelHost().load(ObjectSpecs(maps: ["outer": outer]))
        }
        #expect(
            failure?.description
                == "map outer: creating map outer: EINVAL: nothing says what the maps in it are "
                + "like; declare it with __array(values, struct { … }), or set the inner map spec")
    }

    @Test func `an object is fitted to the types of another kernel if one is given`() async throws {
        let specs = try await CObject.specs(
            """
            #include <bpf/bpf_core_read.h>
            struct task_struct { int pid; } __attribute__((preserve_access_index));
            SEC("raw_tracepoint/sys_enter") int read(void *ctx)
            {
                struct task_struct *task = (void *)bpf_get_current_task();
                return BPF_CORE_READ(task, pid);
            }

            """)
        var builder = BTFBuilder()
        let int = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        _ = builder.add(
            .structure(
                CompositeType(
                    name: "task_struct", size: 4000,
                    members: [CompositeType.Member("pid", int, bitOffset: 8 * 3936)])))
        let host = KernelHost(.init(types: try builder.build()))
        let object = try host.load(specs)
        let code = try #require(object.programs["read"]).code().instructions
        #expect(code.contains { $0.immediate == 3936 })
    }
}
