public import EBPFHooks
import EBPFKernel

/// Interfaces of a test's own, in the namespace of the calling thread.
public enum TestNetwork {
    private static let newLink: UInt16 = 16
    private static let name: UInt16 = 3
    private static let linkInformation: UInt16 = 18

    /// Switches an interface on.
    public static func switchOn(index: UInt32) throws {
        let up: UInt32 = 1
        let header = InterfaceHeader(index: index, flags: up, change: up)
        try perform(NetlinkMessage(newLink, header: header.bytes), "switching on an interface")
    }

    /// Makes two interfaces that are the ends of a cable, both switched on.
    public static func makeCable(
        _ left: String = "left", _ right: String = "right"
    ) throws -> (left: NetworkInterface, right: NetworkInterface) {
        let (data, peer): (UInt16, UInt16) = (2, 1)
        try make(left, kind: "veth") { information in
            information.nest(data) { data in
                data.nest(peer, header: InterfaceHeader().bytes) { $0.add(name, right) }
            }
        }
        let ends = try (
            left: NetworkInterface.find(.name(left)), right: NetworkInterface.find(.name(right))
        )
        try switchOn(index: ends.left.index)
        try switchOn(index: ends.right.index)
        return ends
    }

    /// Makes an interface of a kind without settings, such as "dummy".
    public static func make(
        _ interface: String, kind: String,
        _ details: (inout NetlinkAttributes) -> Void = { _ in }
    ) throws {
        var attributes = NetlinkAttributes()
        attributes.add(name, interface)
        attributes.nest(linkInformation) { information in
            information.add(1, kind)
            details(&information)
        }
        try perform(
            NetlinkMessage(
                newLink, [.create, .exclusive], header: InterfaceHeader().bytes, attributes),
            "making \(kind) \(interface)")
    }

    /// Gives an interface an IPv4 address.
    public static func add(address: [UInt8], prefix: UInt8 = 24, to index: UInt32) throws {
        let newAddress: UInt16 = 20
        let (address4, local): (UInt16, UInt16) = (1, 2)
        var attributes = NetlinkAttributes()
        attributes.add(address4, address)
        attributes.add(local, address)
        let number = (0..<4).map { UInt8(truncatingIfNeeded: index >> ($0 * 8)) }
        let header: [UInt8] = [2, prefix, 0, 0] + number
        try perform(
            NetlinkMessage(newAddress, [.create, .exclusive], header: header, attributes),
            "adding an address")
    }

    private static func perform(_ request: NetlinkMessage, _ action: String) throws {
        var socket = try NetlinkSocket()
        try socket.perform(request, action)
    }
}
