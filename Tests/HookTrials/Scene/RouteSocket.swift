#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes interfaces, addresses and routes in the network namespace of the thread that opened it.
struct RouteSocket: ~Copyable {
    private let socket: TrialSocket

    init() throws {
        socket = try TrialSocket(AF_NETLINK, SOCK_RAW)
    }

    /// Makes two interfaces that are each other's wire: `v0` and `v1`, both up.
    ///
    /// - Parameters:
    ///   - kind: `veth` or `netkit`.
    ///   - peerKind: the attribute that describes the other end.
    /// - Returns: their numbers.
    func makePair(
        kind: String, peerKind: UInt16
    ) throws -> (first: UInt32, second: UInt32) {
        let (name, linkInfo, infoKind, infoData): (UInt16, UInt16, UInt16, UInt16) = (3, 18, 1, 2)
        var message = RouteMessage(16, create: true, header: Self.linkHeader())
        message.add(name, "v0")
        message.nest(linkInfo) { info in
            info.add(infoKind, kind)
            info.nest(infoData) { data in
                data.nest(peerKind, header: Self.linkHeader()) { $0.add(name, "v1") }
            }
        }
        try request(message, "making a pair of \(kind)")
        let (first, second) = unsafe (if_nametoindex("v0"), if_nametoindex("v1"))
        try setUp(interface: first)
        try setUp(interface: second)
        return (first, second)
    }

    /// Switches an interface on.
    func setUp(interface: UInt32) throws {
        let up: UInt32 = 1
        let header = Self.linkHeader(interface: interface, flags: up, change: up)
        try request(RouteMessage(16, header: header), "switching interface \(interface) on")
    }

    /// Gives an interface an IPv4 address with the prefix length 24.
    func add(address: [UInt8], to interface: UInt32) throws {
        let header = [UInt8(AF_INET), 24, 0, 0] + interface.bytes
        var message = RouteMessage(20, create: true, header: header)
        message.add(2, address)
        message.add(1, address)
        try request(message, "giving interface \(interface) an address")
    }

    /// Adds a route.
    func add(_ route: RouteMessage.Route) throws {
        try request(RouteMessage(24, create: true, route: route), "adding a route")
    }

    /// Removes a route.
    func remove(_ route: RouteMessage.Route) throws {
        try request(RouteMessage(25, route: route), "removing a route")
    }

    /// `struct ifinfomsg`.
    private static func linkHeader(
        interface: UInt32 = 0, flags: UInt32 = 0, change: UInt32 = 0
    ) -> [UInt8] {
        UInt32(0).bytes + interface.bytes + flags.bytes + change.bytes
    }

    /// Sends a message and reads the kernel's answer.
    private func request(_ message: RouteMessage, _ action: String) throws {
        try socket.send(message.finished)
        let answer = try socket.receive()
        guard answer.count >= 20 else { throw HookTrial.Failure("\(action): no answer") }
        let status = answer[16..<20].reversed().reduce(Int32(0)) { $0 << 8 | Int32($1) }
        guard status == 0 else { throw RouteError(action: action, errno: -status) }
    }

    /// The kernel does not do what a message asks for.
    struct RouteError: Error, CustomStringConvertible {
        let action: String
        let errno: Int32

        var description: String { "\(action): errno \(errno)" }
    }
}
