import EBPF
import EBPFTestSupport
import Testing

/// Typed maps do the same on both hosts.
@Suite struct MapTests {
    private struct Flow: BitwiseCopyable, Hashable {
        var source: IPv4Address
        var port: UInt16
        var mark: UInt8
        // Three bytes: the C structure has one more, which must be zero in keys.
        static let sample = Flow(source: IPv4Address(0x0a00_0001), port: 53, mark: 7)
    }

    private static let source = """
        struct flow { __be32 source; __u16 port; __u8 mark; };
        #define MAP(NAME, KIND, K, V, N, F) struct { __uint(type, BPF_MAP_TYPE_##KIND); \\
            __type(key, K); __type(value, V); __uint(max_entries, N); __uint(map_flags, F); } \\
            NAME SEC(".maps")
        #define VALUES(NAME, KIND, V, N) struct { __uint(type, BPF_MAP_TYPE_##KIND); \\
            __type(value, V); __uint(max_entries, N); } NAME SEC(".maps")
        struct prefix { __u32 length; __u8 address[4]; };
        MAP(flows, HASH, struct flow, __u64, 2, 0);
        MAP(recent, LRU_HASH, __u32, __u64, 64, 0);
        MAP(counts, PERCPU_HASH, __u32, __u64, 8, 0);
        MAP(recent_counts, LRU_PERCPU_HASH, __u32, __u64, 64, 0);
        MAP(settings, ARRAY, __u32, __u32, 4, 0);
        MAP(drops, PERCPU_ARRAY, __u32, __u64, 4, 0);
        MAP(routes, LPM_TRIE, struct prefix, __u32, 8, BPF_F_NO_PREALLOC);
        VALUES(queue, QUEUE, __u32, 2);
        VALUES(stack, STACK, __u32, 2);
        VALUES(seen, BLOOM_FILTER, __u64, 100);

        """

    @Test(arguments: TestHost.allCases)
    func `a hash map keeps, replaces, lists, takes and removes`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let flows = try object.map("flows", as: HashMap<Flow, UInt64>.self)
        var other = Flow.sample
        other.port = 80
        #expect(try flows[.sample] == nil)
        try flows.update(.sample, 1)
        try flows.update(.sample, 2, flags: .exist)
        #expect(try flows[.sample] == 2)
        #expect(try flows.contains(.sample))
        try flows.update(other, 3, flags: .noExist)
        let entries = try flows.entries()
        #expect(
            Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
                == [.sample: 2, other: 3])
        #expect(entries.restarts == 0)
        #expect(try flows.count() == 2)
        #expect(try flows.take(other) == 3)
        #expect(try flows.take(other) == nil)
        #expect(try flows.remove(.sample))
        #expect(try !flows.remove(.sample))
        #expect(try flows.keys().isEmpty)
    }

    @Test(arguments: TestHost.allCases)
    func `what does not fit is said with the reason`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let flows = try object.map("flows", as: HashMap<Flow, UInt64>.self)
        let failures: [(expected: String, () throws -> Void)] = [
            (
                "updating map flows: EEXIST: the key is there already",
                {
                    try flows.update(.sample, 1); try flows.update(.sample, 2, flags: .noExist)
                }
            ),
            (
                "updating map flows: ENOENT: the key is not there",
                {
                    try flows.remove(.sample); try flows.update(.sample, 2, flags: .exist)
                }
            ),
            (
                "updating map flows: E2BIG: all its 2 entries are in use; remove some, or give the "
                    + "map more before loading",
                {
                    for port in 1...9 as ClosedRange<UInt16> {
                        try flows.update(Flow(source: IPv4Address(1), port: port, mark: 0), 1)
                    }
                }
            ),
        ]
        for (expected, body) in failures {
            let error = #expect(throws: KernelError.self) { try body() }
            #expect(error?.description == expected)
        }
    }

    @Test(arguments: TestHost.allCases)
    func `an LRU hash keeps what was used last`(_ host: TestHost) async throws {
        let recent = try await host.load(Self.source)
            .map("recent", as: LRUHashMap<UInt32, UInt64>.self)
        for key in 0..<1000 as Range<UInt32> { try recent.update(key, UInt64(key)) }
        #expect(try recent[999] == 999)
        #expect(try recent.count() <= 64)
    }

    @Test(arguments: TestHost.allCases)
    func `per-CPU maps have a value for each CPU`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let counts = try object.map("counts", as: PerCPUHashMap<UInt32, UInt64>.self)
        let cpus = counts.map.valuesPerKey
        let values = PerCPU((0..<cpus).map { UInt64($0 + 1) })
        try counts.update(7, values)
        #expect(try counts[7] == values)
        #expect(try counts[7]?.sum == UInt64(cpus * (cpus + 1) / 2))
        #expect(try counts.entries().map(\.value) == [values])
        #expect(try counts.take(7) == values)
        #expect(try counts[7] == nil)
        let error = #expect(throws: KernelError.self) { try counts.update(7, PerCPU([])) }
        #expect(
            error?.description
                == "updating map counts: EINVAL: it has a value for each of \(cpus) CPUs, not 0")

        let recent = try object.map("recent_counts", as: LRUPerCPUHashMap<UInt32, UInt64>.self)
        try recent.update(1, repeating: 5)
        #expect(try recent[1]?.sum == UInt64(5 * cpus))
        #expect(try recent.remove(1))

        let drops = try object.map("drops", as: PerCPUArray<UInt64>.self)
        try drops.update(3, values)
        #expect(try drops[3] == values)
        #expect(try drops.values().map(\.sum) == [0, 0, 0, values.sum])
        try drops.update(3, repeating: 0)
        #expect(try drops[3].sum == 0)
    }

    @Test(arguments: TestHost.allCases)
    func `an array has all its values from the beginning`(_ host: TestHost) async throws {
        let settings = try await host.load(Self.source)
            .map("settings", as: ArrayMap<UInt32>.self)
        #expect(settings.count == 4)
        #expect(try settings[3] == 0)
        try settings.update(3, 9)
        #expect(try settings.values() == [0, 0, 0, 9])
        for index in [4, -1, .max] {
            let error = #expect(throws: KernelError.self) { try settings[index] }
            #expect(
                error?.description
                    == "looking at index \(index) of map settings: E2BIG: its last index is 3")
        }
        try settings.freeze()
        let error = #expect(throws: KernelError.self) { try settings.update(0, 1) }
        #expect(
            error?.description
                == "updating map settings: EPERM: the map is frozen, or may not be used so by "
                + "applications; set it before loading")
    }

    @Test(arguments: TestHost.allCases)
    func `a trie gives the value of the longest prefix`(_ host: TestHost) async throws {
        let routes = try await host.load(Self.source)
            .map("routes", as: LPMTrie<LPMKey<IPv4Address>, UInt32>.self)
        let wide = try #require(LPMKey<IPv4Address>("10.0.0.0/8"))
        let narrow = try #require(LPMKey<IPv4Address>("10.1.0.0/16"))
        try routes.update(wide, 1)
        try routes.update(narrow, 2)
        let address = { (text: String) in LPMKey(IPv4Address(text) ?? IPv4Address(0)) }
        #expect(try routes[address("10.1.2.3")] == 2)
        #expect(try routes[address("10.2.2.3")] == 1)
        #expect(try routes[address("11.1.2.3")] == nil)
        #expect(Set(try routes.entries().map(\.key)) == [wide, narrow])
        #expect(try routes.remove(narrow))
        #expect(try routes[address("10.1.2.3")] == 1)
    }

    @Test(arguments: TestHost.allCases)
    func `queues and stacks give values back in their order`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let queue = try object.map("queue", as: Queue<UInt32>.self)
        let stack = try object.map("stack", as: Stack<UInt32>.self)
        for value in 1...2 as ClosedRange<UInt32> {
            try queue.push(value)
            try stack.push(value)
        }
        let error = #expect(throws: KernelError.self) { try queue.push(3) }
        #expect(
            error?.description
                == "updating map queue: E2BIG: all its 2 places are taken; take values out first")
        try queue.push(3, overwritingOldest: true)
        #expect(try queue.peek() == 2)
        #expect([try queue.pop(), try queue.pop(), try queue.pop()] == [2, 3, nil])
        #expect([try stack.pop(), try stack.pop(), try stack.pop()] == [2, 1, nil])
    }

    @Test(arguments: TestHost.allCases)
    func `a bloom filter never forgets`(_ host: TestHost) async throws {
        let seen = try await host.load(Self.source).map("seen", as: BloomFilter<UInt64>.self)
        #expect(try !seen.mayContain(1))
        for value in 1...50 as ClosedRange<UInt64> { try seen.insert(value) }
        for value in 1...50 as ClosedRange<UInt64> { #expect(try seen.mayContain(value)) }
    }
}
