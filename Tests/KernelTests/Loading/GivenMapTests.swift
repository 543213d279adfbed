import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Maps of the kernel in the place of an object's own, and variables in an arena.
@Suite(.liveKernel) struct GivenMapTests {
    private static let source = """
        struct {
            __uint(type, BPF_MAP_TYPE_ARRAY);
            __uint(max_entries, 1);
            __type(key, __u32);
            __type(value, __u64);
        } counts SEC(".maps");
        SEC("raw_tp") int count(void *context) {
            __u32 key = 0;
            __u64 *value = bpf_map_lookup_elem(&counts, &key);
            if (!value) return 0;
            return ++*value;
        }
        """

    @Test func `programs use the map that is given`() async throws {
        let map = try LiveKernel.map(.array, key: 4, value: 8, entries: 1)
        try map.update([0, 0, 0, 0], [41, 0, 0, 0, 0, 0, 0, 0])
        let object = try KernelHost().load(
            await CObject.specs(Self.source), maps: ["counts": map])
        #expect(object.maps["counts"]?.shape.id == map.shape.id)
        let program = try #require(object.programs["count"])
        #expect(try program.run(context: [UInt8](repeating: 0, count: 8)).returned == 42)
        #expect(try map.value(of: [0, 0, 0, 0])?.first == 42)
    }

    @Test func `a map of another shape is refused`() async throws {
        let map = try LiveKernel.map(.array, key: 4, value: 4, entries: 1, name: "narrow")
        let specs = try await CObject.specs(Self.source)
        let failure = #expect(throws: LoadFailure.self) {
            try KernelHost().load(specs, maps: ["counts": map])
        }
        #expect(
            failure?.description
                == "map counts: using map narrow in its place: EINVAL: its values have 4 bytes, "
                + "not 8; give it a map like its own: array, key 4, value 8, 1 entries, flags none")
    }

    @Test func `variables in an arena have their values`() async throws {
        let specs = try await CObject.specs(
            """
            #define __arena __attribute__((address_space(1)))
            struct {
                __uint(type, BPF_MAP_TYPE_ARENA);
                __uint(map_flags, BPF_F_MMAPABLE);
                __uint(max_entries, 2);
            } arena SEC(".maps");
            int __arena first SEC(".addr_space.1") = 40;
            int __arena second SEC(".addr_space.1") = 2;
            SEC("syscall") int sum(void *context) {
                // The program names its arena by this.
                asm volatile("" : : "r"(&arena));
                return first + second;
            }
            """)
        let object = try KernelHost().load(specs)
        let program = try #require(object.programs["sum"])
        #expect(try program.run(context: [UInt8](repeating: 0, count: 8)).returned == 42)
        let memory = try KernelMapMemory(try #require(object.maps["arena"]))
        try memory.store(Int32(60))
        #expect(try program.run(context: [UInt8](repeating: 0, count: 8)).returned == 62)
    }
}
