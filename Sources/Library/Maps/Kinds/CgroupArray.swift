public import EBPFBytecode

/// Control groups that programs ask about, by index (`BPF_MAP_TYPE_CGROUP_ARRAY`, Linux 4.8).
public struct CgroupArray: DescriptorTargets {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.cgroupArray] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
