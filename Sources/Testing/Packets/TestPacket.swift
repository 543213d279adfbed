public import EBPFExecution

/// A packet for a test, from its Ethernet header on, and where it comes from.
public struct TestPacket: Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]
    /// Where it comes from: what the context says besides the bytes; the kernel always says that
    /// it came in by the loopback interface.
    public var origin: PacketOrigin
    /// When it arrives, in nanoseconds: the world's clock is set to it, once timers have run that
    /// are due by then; `nil` leaves the clock alone.
    public var time: UInt64?

    /// A packet of any bytes.
    public init(_ bytes: [UInt8], origin: PacketOrigin = PacketOrigin()) {
        self.bytes = bytes
        self.origin = origin
    }

    /// A packet of any bytes.
    public static func bytes(_ bytes: [UInt8]) -> TestPacket { TestPacket(bytes) }
}

extension TestPacket: ExpressibleByArrayLiteral {
    /// A packet of these bytes.
    public init(arrayLiteral elements: UInt8...) { self.init(elements) }
}
