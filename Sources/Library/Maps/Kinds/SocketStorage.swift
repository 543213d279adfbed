public import EBPFBytecode

/// A value that belongs to a socket (`BPF_MAP_TYPE_SK_STORAGE`, Linux 5.2).
///
/// The key is a descriptor of this process that stands for the socket; the value goes with it.
public struct SocketStorage<Value: BitwiseCopyable>: ReadableMap, WritableMap, RemovableMap {
    /// A descriptor of this process.
    public typealias Key = Int32

    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.socketStorage] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
