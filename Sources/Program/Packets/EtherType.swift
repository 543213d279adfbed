/// What an Ethernet frame carries.
public struct EtherType: BitwiseCopyable, Hashable, Sendable {
    @usableFromInline var stored: UInt16

    /// A type by its number.
    @inline(__always)
    public init(_ value: UInt16) { stored = value.bigEndian }

    /// The number.
    @inline(__always)
    public var value: UInt16 { UInt16(bigEndian: stored) }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool { left.stored == right.stored }

    /// IPv4.
    public static var ipv4: EtherType { @inline(__always) get { EtherType(0x0800) } }
    /// Address resolution.
    public static var arp: EtherType { @inline(__always) get { EtherType(0x0806) } }
    /// A tag of a virtual network (802.1Q).
    public static var vlan: EtherType { @inline(__always) get { EtherType(0x8100) } }
    /// IPv6.
    public static var ipv6: EtherType { @inline(__always) get { EtherType(0x86dd) } }
}

extension EtherType: ExpressibleByIntegerLiteral {
    /// A number written in the source.
    @inline(__always)
    public init(integerLiteral value: UInt16) { self.init(value) }
}
