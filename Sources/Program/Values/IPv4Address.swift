/// An address of IPv4, in the order of the network.
public struct IPv4Address: BitwiseCopyable, Hashable, Sendable {
    /// The address as it lies in a packet.
    public var stored: UInt32

    /// The address `first.second.third.fourth`.
    @inline(__always)
    public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        stored =
            UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
    }

    /// An address as it lies in a packet.
    @inline(__always)
    public init(stored: UInt32) { self.stored = stored }

    /// The number of the address: 10.0.0.1 is 0x0a000001.
    @inline(__always)
    public var number: UInt32 { UInt32(bigEndian: stored) }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool { left.stored == right.stored }
}
