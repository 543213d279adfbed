import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// Takes events out of an object's ring buffers and perf buffers, and gives them their types.
final class EventReader {
    /// A buffer and what is known about it.
    private struct Source {
        let map: Map
        let spec: MapSpec
    }

    private let sources: [Source]
    private var formats: EventFormats

    /// A reader, if the object has buffers of events.
    init?(_ object: UserSpaceObject) {
        sources = object.maps.compactMap { name, map in
            guard let spec = object.specs.maps[name], spec.type.holdsEvents else { return nil }
            return Source(map: map, spec: spec)
        }
        guard !sources.isEmpty else { return nil }
        for source in sources { _ = try? (source.map as? PerfEventArray)?.open() }
        formats = EventFormats(object.specs)
    }

    /// Adds the events that are there now.
    func collect(into events: inout [RunReport.Events]) {
        for source in sources {
            let records = source.map.takeEvents()
            let lost = lostCount(source.map)
            guard !records.isEmpty || lost > 0 else { continue }
            let values = records.map { formats.value($0, of: source.spec) }
            if let index = events.firstIndex(where: { $0.map == source.spec.name }) {
                events[index].values += values
                events[index].lost = lost
            } else {
                events.append(
                    RunReport.Events(map: source.spec.name, values: values, lost: lost))
            }
        }
    }

    /// How many events did not fit into a buffer.
    private func lostCount(_ map: Map) -> Int {
        if let ring = map as? RingBuffer { return Int(clamping: ring.droppedCount) }
        guard let array = map as? PerfEventArray else { return 0 }
        return (0..<min(array.cpuCount, array.definition.maxEntries)).reduce(0) { sum, index in
            sum + Int(clamping: array.buffer(at: UInt32(index))?.lostCount ?? 0)
        }
    }
}

extension MapType {
    /// Whether programs send events through maps of this type.
    var holdsEvents: Bool { self == .ringBuffer || self == .perfEventArray }
}
