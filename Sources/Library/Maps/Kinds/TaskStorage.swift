public import EBPFBytecode

/// A value that belongs to a process (`BPF_MAP_TYPE_TASK_STORAGE`, Linux 5.11).
///
/// The key is a descriptor of this process that stands for the process (pidfd_open(2)); the value goes with it.
public struct TaskStorage<Value: BitwiseCopyable>: ReadableMap, WritableMap, RemovableMap {
    /// A descriptor of this process.
    public typealias Key = Int32

    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.taskStorage] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
