public import EBPFBytecode

/// AF_XDP sockets to redirect packets to, by queue (`BPF_MAP_TYPE_XSKMAP`, Linux 4.18).
public struct XSKMap: DescriptorTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.xskMap] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
