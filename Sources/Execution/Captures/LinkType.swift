/// What the bytes of a packet begin with: a `LINKTYPE_` number of the tcpdump group's registry.
public struct LinkType: RawRepresentable, Hashable, Sendable {
    /// The number in the file.
    public let rawValue: UInt16

    /// The link type with a number, known or not.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension LinkType {
    /// Four bytes with the address family in the byte order of the capturing machine.
    public static let null = LinkType(rawValue: 0)
    /// An Ethernet header.
    public static let ethernet = LinkType(rawValue: 1)
    /// An IPv4 or IPv6 header, told apart by its version.
    public static let rawIP = LinkType(rawValue: 101)
    /// Four bytes with the address family in network byte order, as OpenBSD writes them.
    public static let loopback = LinkType(rawValue: 108)
    /// The 16-byte header of captures on Linux's `any` interface.
    public static let linuxSLL = LinkType(rawValue: 113)
    /// An IPv4 header.
    public static let ipv4 = LinkType(rawValue: 228)
    /// An IPv6 header.
    public static let ipv6 = LinkType(rawValue: 229)
    /// The 20-byte header of newer captures on Linux's `any` interface.
    public static let linuxSLL2 = LinkType(rawValue: 276)

    /// The numbers that systems used for raw IP before the registry gave it 101 (`DLT_RAW`).
    static let rawIPOfBSD = LinkType(rawValue: 12)
    static let rawIPOfOpenBSD = LinkType(rawValue: 14)
}

extension LinkType: CustomStringConvertible {
    /// The registry's name, or the number.
    public var description: String {
        switch self {
        case .null: "NULL"
        case .ethernet: "ETHERNET"
        case .rawIP, .rawIPOfBSD, .rawIPOfOpenBSD: "RAW"
        case .loopback: "LOOP"
        case .linuxSLL: "LINUX_SLL"
        case .ipv4: "IPV4"
        case .ipv6: "IPV6"
        case .linuxSLL2: "LINUX_SLL2"
        default: "link type \(rawValue)"
        }
    }
}
