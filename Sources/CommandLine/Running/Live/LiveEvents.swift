import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// What programs of the kernel send, from all buffers of an object or from one map, as it comes.
struct LiveEvents {
    /// An event and the buffer that it came through.
    struct Event: Sendable {
        let source: Int
        let bytes: [UInt8]
    }

    /// The maps, in the order of their names.
    let sources: [MapSpec]
    /// The events; nothing else reads them while this is open.
    let stream: EventStream<Event>
    private var formats: EventFormats

    /// The buffers of an object; `nil` if it has none.
    init?(_ object: KernelObject) throws {
        let maps = object.maps.filter { $0.value.shape.type.holdsEvents }
            .sorted { $0.key < $1.key }
        guard !maps.isEmpty else { return nil }
        sources = maps.compactMap { object.specs.maps[$0.key] }
        guard sources.count == maps.count else { return nil }
        stream = try Self.stream(maps.map(\.value))
        formats = EventFormats(object.specs)
    }

    /// One map, with the types that the kernel knows of it.
    init(_ map: OpenMap) throws {
        guard map.map.shape.type.holdsEvents else {
            throw Failure(
                message: "\(map.map) is of type \(map.map.shape.type.name): events come through "
                    + "ringbuf and perf_event_array maps")
        }
        sources = [map.spec]
        stream = try Self.stream([map.map])
        formats = EventFormats(types: map.types)
    }

    private static func stream(_ maps: [KernelMap]) throws -> EventStream<Event> {
        let sources = try maps.enumerated().map { index, map in
            if map.shape.type == .perfEventArray {
                return try KernelPerfBuffer(map).source { _, event in
                    Event(source: index, bytes: event.array)
                }
            }
            return try KernelRingBuffer(map).source { Event(source: index, bytes: $0.array) }
        }
        return try EventStream(sources)
    }

    /// An event's value, by its type.
    mutating func value(_ event: Event) -> TypedValue {
        formats.value(event.bytes, of: sources[event.source])
    }
}
