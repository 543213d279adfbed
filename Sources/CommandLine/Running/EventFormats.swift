import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Gives the events of buffers their types.
///
/// The type of an event is the map's value type where the source declares one; else the only struct
/// of the object's types that has the event's size, preferring one whose name says "event"; never
/// the type of a program's context.
struct EventFormats {
    private let types: BTF?
    private let contexts: Set<TypeID>
    private var formats: [Key: ValueFormat] = [:]

    /// What decides about the type of an event.
    private struct Key: Hashable {
        let map: String
        let size: Int
    }

    /// The formats of an object's events.
    init(_ specs: ObjectSpecs) {
        types = specs.types
        contexts = specs.contextTypes
    }

    /// The formats of the events of a map by itself.
    init(types: BTF?) {
        self.types = types
        contexts = []
    }

    /// An event, taken apart as far as its type is known.
    mutating func value(_ bytes: [UInt8], of map: MapSpec) -> TypedValue {
        let key = Key(map: map.name, size: bytes.count)
        let format = formats[key] ?? format(forSize: bytes.count, map)
        formats[key] = format
        return (try? format.value(in: Array(bytes.prefix(format.size))))
            ?? TypedValue(untyped: bytes)
    }

    private func format(forSize size: Int, _ map: MapSpec) -> ValueFormat {
        for size in sizes(size, map) {
            let candidates = map.valueType.map { [$0] } ?? structs(ofSize: size)
            guard let types, let type = candidates.first,
                let format = try? types.format(of: type), format.size == size
            else { continue }
            return format
        }
        return ValueFormat(untypedOf: size)
    }

    /// The sizes that an event may have had: perf buffers pad theirs by up to 7 bytes.
    private func sizes(_ size: Int, _ map: MapSpec) -> [Int] {
        guard map.type == .perfEventArray else { return [size] }
        return Array((max(1, size - 7)...max(1, size)).reversed())
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
