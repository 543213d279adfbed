public import EBPFBytecode

/// A value that belongs to a control group (`BPF_MAP_TYPE_CGRP_STORAGE`, Linux 6.2).
///
/// The key is a descriptor of this process that stands for the directory of the group; the value goes with it.
public struct CgroupStorage<Value: BitwiseCopyable>: ReadableMap, WritableMap, RemovableMap {
    /// A descriptor of this process.
    public typealias Key = Int32

    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.cgroupStorage] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
