/// A question or an answer about the hardware address of an address of IPv4 (RFC 826).
public struct ARP: BitwiseCopyable, Sendable {
    /// 1 for Ethernet.
    public var hardwareType: BigEndian<UInt16>
    /// `EtherType.ipv4`.
    public var protocolType: EtherType
    /// The length of hardware addresses: 6.
    public var hardwareLength: UInt8
    /// The length of addresses: 4.
    public var protocolLength: UInt8
    /// 1 asks, 2 answers.
    public var operation: BigEndian<UInt16>
    /// The hardware address of who sends this.
    public var senderHardware: MACAddress
    @usableFromInline var senderHigh: UInt16
    @usableFromInline var senderLow: UInt16
    /// The hardware address of whom it is for; zeros in a question.
    public var targetHardware: MACAddress
    @usableFromInline var targetHigh: UInt16
    @usableFromInline var targetLow: UInt16

    /// The address of who sends this.
    @inline(__always)
    public var sender: IPv4Address {
        get { IPv4Address(stored: UInt32(senderHigh) | UInt32(senderLow) << 16) }
        set {
            senderHigh = UInt16(truncatingIfNeeded: newValue.stored)
            senderLow = UInt16(truncatingIfNeeded: newValue.stored >> 16)
        }
    }

    /// The address that is asked for, or of whom the answer is for.
    @inline(__always)
    public var target: IPv4Address {
        get { IPv4Address(stored: UInt32(targetHigh) | UInt32(targetLow) << 16) }
        set {
            targetHigh = UInt16(truncatingIfNeeded: newValue.stored)
            targetLow = UInt16(truncatingIfNeeded: newValue.stored >> 16)
        }
    }
}
