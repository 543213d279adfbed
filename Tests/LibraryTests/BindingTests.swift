import EBPF
import EBPFTestSupport
import Testing

/// What is opened as the wrong type is refused, with the place.
@Suite struct BindingTests {
    private static let source = """
        struct inner { __u32 low; __u16 high; };
        struct flow { __u32 source; __u16 port; __u8 is_local; __u64 bytes; struct inner inner; };
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8);
                 __type(key, __u32); __type(value, struct flow); } flows SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 8);
                 __type(key, __u32); __type(value, double); } rates SEC(".maps");
        __u16 port = 53;
        struct flow last;
        SEC("xdp") int drop(struct xdp_md *context) { return XDP_DROP; }

        """

    private struct Inner: BitwiseCopyable {
        var low: UInt32
        var high: UInt16
    }
    private struct Flow: BitwiseCopyable {
        var source: IPv4Address
        var port: UInt16
        var isLocal: Bool
        var bytes: UInt64
        var inner: Inner
    }
    private struct Swapped: BitwiseCopyable {
        var source: UInt32
        var isLocal: UInt16
        var port: UInt8
        var bytes: UInt64
        var inner: Inner
    }
    private struct Short: BitwiseCopyable {
        var source: UInt32
        var port: UInt16
        var isLocal: Bool
        var bytes: UInt64
    }
    private struct WrongInner: BitwiseCopyable {
        var source: UInt32
        var port: UInt16
        var isLocal: Bool
        var bytes: UInt64
        var inner: (low: UInt16, high: UInt32)
    }
    private struct Wide: BitwiseCopyable {
        var source: UInt64
        var bytes: UInt64
        var inner: UInt64
    }

    private static let messages: [(String, @Sendable (LoadedObject) throws -> Void)] = [
        (
            "map flow: the object has none of this name; did you mean \"flows\"?",
            { _ = try $0.map("flow", as: HashMap<UInt32, Flow>.self) }
        ),
        (
            "map flows: it is a map of type hash; open it as HashMap",
            { _ = try $0.map("flows", as: ArrayMap<Flow>.self) }
        ),
        (
            "map rates: it is a map of type lru_hash; open it as LRUHashMap",
            { _ = try $0.map("rates", as: HashMap<UInt32, Double>.self) }
        ),
        (
            "map flows: its key has 4 bytes, but UInt64 has 8",
            { _ = try $0.map("flows", as: HashMap<UInt64, Flow>.self) }
        ),
        (
            "map flows: its value has 24 bytes, but UInt32 has 4",
            { _ = try $0.map("flows", as: HashMap<UInt32, UInt32>.self) }
        ),
        (
            "map flows: its value is not laid out like Swapped: Swapped.isLocal is 2 bytes at offset "
                + "4, but is_local is 1 bytes at offset 6",
            { _ = try $0.map("flows", as: HashMap<UInt32, Swapped>.self) }
        ),
        (
            "map flows: its value is not laid out like Short: Short has nothing for inner, 8 bytes at "
                + "offset 16",
            { _ = try $0.map("flows", as: HashMap<UInt32, Short>.self) }
        ),
        (
            "map flows: its value is not laid out like WrongInner: WrongInner.inner.low is 2 bytes at "
                + "offset 0, but low is 4 bytes at offset 0",
            { _ = try $0.map("flows", as: HashMap<UInt32, WrongInner>.self) }
        ),
        (
            "map flows: its value is not laid out like Wide: Wide.source is 8 bytes at offset 0, but "
                + "source is 4 bytes at offset 0",
            { _ = try $0.map("flows", as: HashMap<UInt32, Wide>.self) }
        ),
        (
            "map rates: its value is not laid out like UInt64: UInt64 is a UInt64, but the object has "
                + "a floating-point number",
            { _ = try $0.map("rates", as: LRUHashMap<UInt32, UInt64>.self) }
        ),
        (
            "map flows: its key is not laid out like Float: Float is a Float, but the object has an "
                + "integer",
            { _ = try $0.map("flows", as: HashMap<Float, Flow>.self) }
        ),
        (
            "variable ports: the object has none of this name; did you mean \"port\"?",
            { _ = try $0.variable("ports", as: UInt16.self) }
        ),
        (
            "variable port: its type has 2 bytes, but UInt32 has 4",
            { _ = try $0.variable("port", as: UInt32.self) }
        ),
        (
            "variable last: its type is not laid out like Short: Short has nothing for inner, 8 bytes "
                + "at offset 16",
            { _ = try $0.variable("last", as: Short.self) }
        ),
    ]

    @Test func `the message names what differs`() async throws {
        let object = try await TestHost.userSpace.load(Self.source)
        for (expected, body) in Self.messages {
            let error = #expect(throws: BindingError.self) { try body(object) }
            #expect(error?.description == expected)
        }
    }

    @Test(arguments: TestHost.allCases)
    func `types that agree are taken, tail padding or not`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let flows = try object.map("flows", as: HashMap<UInt32, Flow>.self)
        let flow = Flow(
            source: IPv4Address(1), port: 2, isLocal: true, bytes: 3, inner: Inner(low: 4, high: 5))
        try flows.update(1, flow)
        #expect(try flows[1]?.inner.high == 5)
        #expect(try flows[1]?.isLocal == true)
        // Bytes that belong to no member are zero, whatever was on the stack.
        let bytes = try #require(try object.maps["flows"]?.value(of: [1, 0, 0, 0]))
        #expect(bytes == [0, 0, 0, 1, 2, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0])
    }
}
