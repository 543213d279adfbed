import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// Takes events out of an object's ring buffers and perf buffers, and gives them their types.
///
/// The type of an event is the map's value type where the source declares one; else the only struct
/// of the object's types that has the event's size, preferring one whose name says "event"; never
/// the type of a program's context.
final class EventReader {
    /// A buffer, its name, and the formats known for sizes of events.
    private struct Source {
        let map: Map
        let spec: MapSpec
    }

    private let sources: [Source]
    private let types: BTF?
    private let contexts: Set<TypeID>
    private var formats: [Int: ValueFormat] = [:]

    /// A reader, if the object has buffers of events.
    init?(_ object: UserSpaceObject) {
        sources = object.maps.compactMap { name, map in
            guard let spec = object.specs.maps[name],
                spec.type == .ringBuffer || spec.type == .perfEventArray
            else { return nil }
            return Source(map: map, spec: spec)
        }
        guard !sources.isEmpty else { return nil }
        for source in sources { _ = try? (source.map as? PerfEventArray)?.open() }
        types = object.specs.types
        contexts = object.specs.contextTypes
    }

    /// Adds the events that are there now.
    func collect(into events: inout [RunReport.Events]) {
        for source in sources {
            let records = source.map.takeEvents()
            let lost = lostCount(source.map)
            guard !records.isEmpty || lost > 0 else { continue }
            let values = records.map { value($0, source.spec) }
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

    private func value(_ bytes: [UInt8], _ spec: MapSpec) -> TypedValue {
        let format = formats[bytes.count] ?? format(forSize: bytes.count, spec)
        formats[bytes.count] = format
        return (try? format.value(in: bytes)) ?? TypedValue(untyped: bytes)
    }

    private func format(forSize size: Int, _ spec: MapSpec) -> ValueFormat {
        let candidates = spec.valueType.map { [$0] } ?? structs(ofSize: size)
        guard let types, let type = candidates.first,
            let format = try? types.format(of: type), format.size == size
        else { return ValueFormat(untypedOf: size) }
        return format
    }

    /// Structs of a size, those that say "event" first; none if there is a choice to make.
    private func structs(ofSize size: Int) -> [TypeID] {
        guard let types else { return [] }
        let fitting = types.ownTypeIDs.filter { id in
            guard case .structure(let composite)? = try? types.type(id), !contexts.contains(id)
            else { return false }
            return composite.size == size && !composite.name.isEmpty
        }
        let events = fitting.filter { id in
            (try? types.name(of: id))?.lowercased().contains("event") ?? false
        }
        if events.count == 1 { return Array(events) }
        return fitting.count == 1 ? Array(fitting) : []
    }
}

extension ObjectSpecs {
    /// What the first parameters of programs point to.
    fileprivate var contextTypes: Set<TypeID> {
        guard let types else { return [] }
        let contexts = programs.values.compactMap { program -> TypeID? in
            guard let id = program.functions.first?.type,
                case .function(_, let prototype, _)? = try? types.type(id),
                case .functionPrototype(let signature)? = try? types.type(prototype),
                let first = signature.parameters.first,
                case .pointer(let target)? = try? types.type(first.type)
            else { return nil }
            return target
        }
        return Set(contexts)
    }
}
