/// A tag of a virtual network, which stands where the type of an Ethernet frame would (802.1Q).
public struct VLANTag: BitwiseCopyable {
    /// Priority and number of the network.
    public var control: BigEndian<UInt16>
    /// What the frame carries.
    public var type: EtherType

    /// The number of the network, 0 to 4095.
    @inline(__always)
    public var identifier: UInt16 { control.value & 0x0fff }

    /// The priority, 0 to 7.
    @inline(__always)
    public var priority: UInt8 { UInt8(truncatingIfNeeded: control.value >> 13) }
}
