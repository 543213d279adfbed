public import EBPFBytecode

/// Values without keys, the first in is the first out (`BPF_MAP_TYPE_QUEUE`, Linux 4.20).
public struct Queue<Value: BitwiseCopyable>: ValueSequenceMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.queue] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}

/// Values without keys, the last in is the first out (`BPF_MAP_TYPE_STACK`, Linux 4.20).
public struct Stack<Value: BitwiseCopyable>: ValueSequenceMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.stack] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
