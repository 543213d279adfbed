import EBPFBytecode
import EBPFObjectFile
import Testing

@testable import EBPFCompilation

/// Maps of maps in Swift: declared with the shape of what they hold, filled by the application.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct NestedMapTests {
    private static let source = """

        struct Flow { var source: UInt32; var port: UInt32 }
        let hosts = HashOfMaps<UInt32, ArrayMap<UInt64>>(maxEntries: 16, innerMaxEntries: 4)
        let tenants = ArrayOfMaps<HashMap<Flow, UInt64>>(
            maxEntries: 8, innerMaxEntries: 128, innerFlags: .allocatesLater)
        @section("xdp") @used func count(_ packet: XDPContext) -> XDPAction {
            if let counts = hosts.lookup(7) { counts.pointee[1, default: 0] += 5 }
            guard let flows = tenants.lookup(2) else { return .drop }
            flows.pointee.update(Flow(source: 1, port: 2), 3)
            return .pass
        }
        """
    private static let specs = Task { try await KernelSwift.compile(source) }

    @Test func `the object says what the maps hold`() async throws {
        let specs = try await Self.specs.value
        let hosts = try #require(specs.maps["hosts"])
        #expect(hosts.type == .hashOfMaps)
        #expect((hosts.keySize, hosts.valueSize, hosts.maxEntries) == (4, 4, 16))
        let counts = try #require(hosts.inner)
        #expect(counts.type == .array)
        #expect((counts.keySize, counts.valueSize, counts.maxEntries) == (4, 8, 4))
        let tenants = try #require(specs.maps["tenants"])
        #expect(tenants.type == .arrayOfMaps)
        let flows = try #require(tenants.inner)
        #expect(flows.type == .hash)
        #expect((flows.keySize, flows.valueSize, flows.maxEntries) == (8, 8, 128))
        #expect(flows.flags.rawValue == 1)
    }
}
