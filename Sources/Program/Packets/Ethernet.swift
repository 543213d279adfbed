/// The header of an Ethernet frame (IEEE 802.3).
public struct Ethernet: BitwiseCopyable, Sendable {
    /// Who gets it.
    public var destination: MACAddress
    /// Who sent it.
    public var source: MACAddress
    /// What it carries.
    public var type: EtherType

    /// The header of a frame from one interface to another.
    @inline(__always)
    public init(destination: MACAddress, source: MACAddress, type: EtherType) {
        self.destination = destination
        self.source = source
        self.type = type
    }
}
