public import EBPFBytecode

/// Events from programs of all CPUs in one order (`BPF_MAP_TYPE_RINGBUF`, Linux 5.8).
///
/// ```swift
/// let ring = try object.map("events", as: RingBuffer<ExecEvent>.self)
/// for try await event in ring.events { print(event.pid) }
/// ```
///
/// Events wait in the map, so none sent before reading begins is lost as long as there is room.
public struct RingBuffer<Event: BitwiseCopyable>: EventMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.ringBuffer] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
