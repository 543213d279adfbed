/// The header of an Ethernet frame (IEEE 802.3).
public struct Ethernet: BitwiseCopyable {
    /// Who gets it.
    public var destination: MACAddress
    /// Who sent it.
    public var source: MACAddress
    /// What it carries.
    public var type: EtherType
}
