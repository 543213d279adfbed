/// A tag of a virtual network, which stands where the type of an Ethernet frame would (802.1Q).
public struct VLANTag: BitwiseCopyable, Sendable {
    /// Priority and number of the network.
    public var control: BigEndian<UInt16>
    /// What the frame carries.
    public var type: EtherType

    /// A tag of a network, before what the frame carries.
    @inline(__always)
    public init(identifier: UInt16, priority: UInt8 = 0, type: EtherType) {
        control = BigEndian(UInt16(priority & 7) << 13 | identifier & 0x0fff)
        self.type = type
    }

    /// A tag with a control word, before what the frame carries.
    @inline(__always)
    public init(control: BigEndian<UInt16>, type: EtherType) {
        self.control = control
        self.type = type
    }

    /// The number of the network, 0 to 4095.
    @inline(__always)
    public var identifier: UInt16 { control.value & 0x0fff }

    /// The priority, 0 to 7.
    @inline(__always)
    public var priority: UInt8 { UInt8(truncatingIfNeeded: control.value >> 13) }
}
