import EBPF
import EBPFCompilation
import EBPFTestSupport
import Foundation
import Testing

extension TestHost {
    /// Compiles Swift and loads it.
    fileprivate func loadSwift(_ source: String) async throws -> LoadedObject {
        let host = try make()
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).swift").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try source.write(toFile: file, atomically: true, encoding: .utf8)
        let program = try await SwiftCompiler.ofThisPackage().compile([file])
        return try host.load(ObjectFile(program.bytes, name: "test").specs())
    }
}

/// Maps of maps, of interfaces, of processors and of stack traces.
@Suite struct NestedMapTests {
    private static let source = """
        struct inner { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4);
                       __type(key, __u32); __type(value, __u64); };
        struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 3);
                 __type(key, __u32); __array(values, struct inner); } tenants SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 3);
                 __type(key, __u64); __array(values, struct inner); } users SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4);
                 __type(key, __u64); __type(value, __u64); } other SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __uint(max_entries, 4);
                 __type(key, __u32); __type(value, __u32); } devices SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_DEVMAP_HASH); __uint(max_entries, 4);
                 __type(key, __u32); __type(value, __u32); } device_hash SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_CPUMAP); __uint(max_entries, 2);
                 __type(key, __u32); __type(value, __u32); } cpus SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(max_entries, 16);
                 __type(key, __u32); __uint(value_size, 8 * 16); } stacks SEC(".maps");
        SEC("xdp") int pass(struct xdp_md *context) { return XDP_PASS; }

        """
    private typealias Tenant = HashMap<UInt32, UInt64>

    @Test(arguments: TestHost.allCases)
    func `maps are made for maps of maps, put in and found again`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let tenants = try object.map("tenants", as: ArrayOfMaps<Tenant>.self)
        #expect(try tenants[1] == nil)
        let tenant = try tenants.makeMap()
        try tenant.update(5, 55)
        try tenants.update(1, tenant)
        #expect(try tenants[1]?[5] == 55)
        #expect(try tenants.remove(1))
        #expect(try tenants[1] == nil)
        let users = try object.map("users", as: HashOfMaps<UInt64, Tenant>.self)
        try users.update(1 << 40, tenant)
        #expect(try users[1 << 40]?[5] == 55)
        #expect(try users.keys() == [1 << 40])
        #expect(try users.remove(1 << 40))
        #expect(try !users.remove(1 << 40))
    }

    @Test(arguments: TestHost.allCases)
    func `a program in Swift uses the maps that are put into a map`(_ host: TestHost) async throws {
        let object = try await host.loadSwift(
            """
            import EBPFProgram
            let hosts = HashOfMaps<UInt32, ArrayMap<UInt64>>(maxEntries: 16, innerMaxEntries: 4)
            let tenants = ArrayOfMaps<HashMap<UInt32, UInt64>>(maxEntries: 3, innerMaxEntries: 4)
            @section("xdp") @used func count(_ packet: XDPContext) -> XDPAction {
                if let counts = hosts.lookup(7) { counts.pointee[1, default: 0] += 5 }
                guard let tenant = tenants.lookup(2) else { return .drop }
                tenant.pointee.update(9, 90)
                return .pass
            }
            """)
        let count = try object.program("count", as: XDPProgram.self)
        let packet = [UInt8](repeating: 0, count: 64)
        #expect(try count.run(packet: packet).verdict == .drop)
        let tenants = try object.map("tenants", as: ArrayOfMaps<Tenant>.self)
        let hosts = try object.map("hosts", as: HashOfMaps<UInt32, ArrayMap<UInt64>>.self)
        let (tenant, counts) = (try tenants.makeMap(), try hosts.makeMap())
        try tenants.update(2, tenant)
        try hosts.update(7, counts)
        #expect(try count.run(packet: packet).verdict == .pass)
        #expect(try tenant[9] == 90)
        #expect(try counts[1] == 5)
    }

    @Test(arguments: TestHost.allCases)
    func `a map of another shape does not fit in`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let others = try object.map(
            "tenants", as: ArrayOfMaps<HashMap<UInt64, UInt64>>.self)
        let other = try object.map("other", as: HashMap<UInt64, UInt64>.self)
        let error = #expect(throws: KernelError.self) { try others.update(0, other) }
        #expect(
            error?.description
                == "putting map other into map tenants: EINVAL: it has another shape than the maps "
                + "inside; make one with makeMap()")
        try object.map("tenants", as: ArrayOfMaps<Tenant>.self).update(
            0, object.map("tenants", as: ArrayOfMaps<Tenant>.self).makeMap())
        let wrong = #expect(throws: KernelError.self) { _ = try others[0] }
        #expect(wrong?.description.contains("its key has 4 bytes, but UInt64 has 8") == true)
    }

    @Test(arguments: TestHost.allCases)
    func `redirect maps know interfaces and processors`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let devices = try object.map("devices", as: DeviceMap.self)
        let loopback: UInt32 = 1
        try devices.update(2, interface: loopback)
        #expect(try devices[2] == loopback)
        #expect(try devices[1] == nil)
        #expect(try devices.keys() == [2])
        try devices.remove(2)
        #expect(try devices[2] == nil)
        let hash = try object.map("device_hash", as: DeviceHash.self)
        try hash.update(700, interface: loopback)
        #expect(try hash[700] == loopback)
        #expect(try hash.remove(700))
        let cpus = try object.map("cpus", as: CPUMap.self)
        try cpus.update(0, queueSize: 192)
        #expect(try cpus[0] == 192)
        let error = #expect(throws: KernelError.self) {
            try devices.update(
                0, interface: loopback, program: object.program("pass", as: XDPProgram.self))
        }
        #expect(error?.description.contains("have no room for a program") == true)
    }

    @Test(arguments: TestHost.allCases)
    func `stack traces are empty before a program records one`(_ host: TestHost) async throws {
        let stacks = try await host.load(Self.source).map("stacks", as: StackTraces.self)
        #expect(try stacks.ids().isEmpty)
        #expect(try stacks[3] == nil)
        #expect(try stacks[-14] == nil)
    }
}
