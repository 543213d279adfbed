/// The argument of the flow dissector's program: a packet whose flow is to be told.
public struct FlowContext: PacketContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The first byte of the packet.
    @inline(__always)
    public var dataStart: UnsafeMutableRawPointer { narrowPointer(76) }

    /// The byte after the last one in reach.
    @inline(__always)
    public var dataEnd: UnsafeMutableRawPointer { narrowPointer(80) }

    /// What the program fills in.
    @inline(__always)
    public var keys: UnsafeMutablePointer<FlowKeys> { load(144) }
}

/// What tells a flow from others (`struct bpf_flow_keys`).
public struct FlowKeys: BitwiseCopyable, Sendable {
    /// Where the header of the network begins.
    public var networkOffset: UInt16
    /// Where the header of the transport begins.
    public var transportOffset: UInt16
    /// What the addresses are: the number of an `EtherType`.
    public var addressType: UInt16
    /// 1 if it is a fragment.
    public var isFragment: UInt8
    /// 1 if it is the first fragment.
    public var isFirstFragment: UInt8
    /// 1 if it is a packet in a packet.
    public var isEncapsulated: UInt8
    /// What the packet carries.
    public var `protocol`: IPProtocol
    /// What the frame carries.
    public var type: EtherType
    /// The port it was sent from.
    public var source: BigEndian<UInt16>
    /// The port it is for.
    public var destination: BigEndian<UInt16>
    /// The address it was sent from; the first word of it is one of IPv4.
    public var sourceAddress: IPv6Address
    /// The address it is for; the first word of it is one of IPv4.
    public var destinationAddress: IPv6Address
    /// How packets are to be dissected.
    public var flags: UInt32
    /// The label of the flow of IPv6.
    public var flowLabel: BigEndian<UInt32>
}
