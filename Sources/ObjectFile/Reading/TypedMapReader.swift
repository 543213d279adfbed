import EBPFBytecode
import EBPFTypeFormat

/// Reads maps that are variables in section `.maps`: their attributes are in their types.
///
/// ```c
/// struct {
///     __uint(type, BPF_MAP_TYPE_HASH);    // int (*type)[BPF_MAP_TYPE_HASH]
///     __type(key, u32);                   // typeof(u32) *key
///     __array(values, struct inner);      // typeof(struct inner) *values[]
///     __ulong(map_extra, 1ULL << 40);     // enum { … = 1ULL << 40 } map_extra
/// } flows SEC(".maps");
/// ```
struct TypedMapReader {
    let information: TypeInformation
    let section: ELFSection

    /// A map, and where in the section the array of its first values begins.
    struct Found {
        let map: MapSpec
        let offset: Int
        /// `nil` if it has none; the end is that of the variable.
        let values: Range<Int>?
    }

    /// The maps in the order of the section.
    func read() throws(ObjectFileError) -> [Found] {
        guard let variables = try information.section(named: section.name)?.variables
        else { throw ObjectFileError(.section(section.name), .noTypes) }
        var found: [Found] = []
        for variable in variables {
            let place = ObjectFileError.Place.map(variable.name)
            guard !variable.isExternal
            else { throw ObjectFileError(place, .undefinedSymbol(variable.name)) }
            let (map, values) = try definition(variable.name, variable.type, place)
            found.append(
                Found(
                    map: map,
                    offset: variable.offset,
                    values: values.map { values in
                        let start = variable.offset + values
                        return start..<max(start, variable.offset + variable.size)
                    }
                )
            )
        }
        return found
    }

    // MARK: Attributes

    /// A map, and where in its variable the first values begin.
    private func definition(
        _ name: String,
        _ type: TypeID,
        _ place: ObjectFileError.Place,
        isInner: Bool = false
    ) throws(ObjectFileError) -> (MapSpec, values: Int?) {
        guard case .structure(let structure) = try information.resolved(type, place)
        else { throw ObjectFileError(place, .malformedAttribute(name, expected: "struct { … }")) }
        var attributes = Attributes(
            map: MapSpec(
                name: isInner ? "" : name,
                type: .unspecified,
                section: section.name
            )
        )
        for member in structure.members {
            try read(member, into: &attributes, place, isInner: isInner)
        }
        guard attributes.hasType else { throw ObjectFileError(place, .missingAttribute("type")) }
        return (attributes.map, attributes.values)
    }

    private struct Attributes {
        var map: MapSpec
        var hasType = false
        var hasKeySize = false
        var hasValueSize = false
        var values: Int?
    }

    private func read(
        _ member: CompositeType.Member,
        into attributes: inout Attributes,
        _ place: ObjectFileError.Place,
        isInner: Bool
    ) throws(ObjectFileError) {
        switch member.name {
        case "type":
            let number = try number32(member, place)
            guard let type = MapType(rawValue: number), type != .unspecified
            else { throw ObjectFileError(place, .unknownMapType(number)) }
            attributes.map.type = type
            attributes.hasType = true
        case "max_entries": attributes.map.maxEntries = try number32(member, place)
        case "map_flags": attributes.map.flags = MapFlags(rawValue: try number32(member, place))
        case "numa_node": attributes.map.numaNode = try number32(member, place)
        case "map_extra": attributes.map.extra = try number(member, place)
        case "pinning":
            guard let pinning = MapPinning(rawValue: try number32(member, place)) else {
                throw ObjectFileError(
                    place,
                    .malformedAttribute("pinning", expected: "__uint(pinning, LIBBPF_PIN_BY_NAME)")
                )
            }
            attributes.map.pinning = pinning
        case "key_size", "key": try readKey(member, into: &attributes, place)
        case "value_size", "value": try readValue(member, into: &attributes, place)
        case "values":
            guard !isInner else { throw ObjectFileError(place, .nestedInnerMap) }
            try readValues(member, into: &attributes, place)
        default: throw ObjectFileError(place, .unknownAttribute(member.name))
        }
    }

    private func readKey(
        _ member: CompositeType.Member,
        into attributes: inout Attributes,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) {
        let (type, size) = try size(member, place)
        try agree("key", size, with: attributes.hasKeySize ? attributes.map.keySize : nil, place)
        attributes.map.keyType = type ?? attributes.map.keyType
        attributes.map.keySize = size
        attributes.hasKeySize = true
    }

    private func readValue(
        _ member: CompositeType.Member,
        into attributes: inout Attributes,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) {
        let (type, size) = try size(member, place)
        let known = attributes.hasValueSize ? attributes.map.valueSize : nil
        try agree("value", size, with: known, place)
        attributes.map.valueType = type ?? attributes.map.valueType
        attributes.map.valueSize = size
        attributes.hasValueSize = true
    }

    private func agree(
        _ attribute: String,
        _ size: UInt32,
        with known: UInt32?,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) {
        guard let known, known != size else { return }
        throw ObjectFileError(
            place,
            .sizeConflict(attribute: attribute, size: known, typeSize: Int(size))
        )
    }

    /// What the map holds: inner maps, or programs.
    private func readValues(
        _ member: CompositeType.Member,
        into attributes: inout Attributes,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) {
        let malformed = ObjectFileError(
            place,
            .malformedAttribute("values", expected: "__array(values, struct inner_map) at the end")
        )
        guard case .array(let array) = try information.resolved(member.type, place),
            case .pointer(let element) = try information.resolved(array.element, place)
        else { throw malformed }
        switch try information.resolved(element, place) {
        case .functionPrototype: break
        case .structure:
            attributes.map.inner = try definition("values", element, place, isInner: true).0
        default: throw malformed
        }
        let known = attributes.hasValueSize ? attributes.map.valueSize : nil
        try agree("value", 4, with: known, place)
        attributes.map.valueSize = 4
        attributes.hasValueSize = true
        attributes.values = member.byteOffset
    }

    // MARK: Numbers and types

    /// The type and size of `__type(key, …)`, or the size of `__uint(key_size, …)`.
    private func size(
        _ member: CompositeType.Member,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> (TypeID?, UInt32) {
        guard !member.name.hasSuffix("_size") else { return (nil, try number32(member, place)) }
        guard case .pointer(let type) = try information.resolved(member.type, place) else {
            throw ObjectFileError(
                place,
                .malformedAttribute(member.name, expected: "__type(\(member.name), …)")
            )
        }
        let size = try information.size(of: type, place)
        guard let size = UInt32(exactly: size)
        else { throw ObjectFileError(place, .types(BTFError(.type(type), .tooLarge))) }
        return (type, size)
    }

    private func number32(
        _ member: CompositeType.Member,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> UInt32 {
        guard let number = UInt32(exactly: try number(member, place)) else {
            throw ObjectFileError(
                place,
                .malformedAttribute(member.name, expected: "a number of 32 bits")
            )
        }
        return number
    }

    /// The number of `__uint` or `__ulong`.
    private func number(
        _ member: CompositeType.Member,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> UInt64 {
        switch try information.resolved(member.type, place) {
        case .pointer(let target):
            guard case .array(let array) = try information.resolved(target, place) else { break }
            return UInt64(array.count)
        case .enumeration(let enumeration):
            guard let first = enumeration.enumerators.first else { break }
            return UInt64(bitPattern: first.value)
        default: break
        }
        throw ObjectFileError(
            place,
            .malformedAttribute(member.name, expected: "__uint(\(member.name), …)")
        )
    }
}
