import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// The entries of a map after a run, with their types.
struct MapDump {
    /// A key and its value; of a per-CPU map, the values of all CPUs.
    struct Entry {
        let key: TypedValue
        let values: [TypedValue]
        let isZero: Bool

        /// The one value, or the sum over all CPUs where that makes sense.
        var value: TypedValue {
            if values.count == 1 { return values[0] }
            return TypedValue.sum(values) ?? .array(values)
        }
    }

    let name: String
    let format: EntryFormat
    let entries: [Entry]
    /// Whether there are more entries than were read.
    let isCut: Bool

    var spec: MapSpec { format.spec }
    /// Keys as people write them.
    var keys: LPMKey { format.keys }
    var cpuCount: Int { format.valuesPerKey }

    /// Takes at most `limit` entries of a map.
    init(
        _ source: some Sequence<(key: [UInt8], value: [UInt8])>, format: EntryFormat, limit: Int
    ) {
        name = format.spec.name
        self.format = format
        var entries: [(bytes: [UInt8], entry: Entry)] = []
        var isCut = false
        var budget = Self.byteLimit
        for (key, bytes) in source {
            guard entries.count < limit, budget >= bytes.count else {
                isCut = true
                break
            }
            budget -= bytes.count
            let entry = Entry(
                key: format.typedKey(key), values: format.typedValues(bytes),
                isZero: bytes.allSatisfy { $0 == 0 })
            entries.append((key, entry))
        }
        // Hash tables have no order of their own: show the same one every time.
        if !format.spec.type.isSequence {
            entries.sort { Self.isOrdered($0.entry.key, $0.bytes, $1.entry.key, $1.bytes) }
        }
        self.entries = entries.map(\.entry)
        self.isCut = isCut
    }

    /// Values of this many bytes are shown, which is what a reader can bear.
    private static let byteLimit = 1 << 26

    private static func isOrdered(
        _ left: TypedValue, _ leftBytes: [UInt8], _ right: TypedValue, _ rightBytes: [UInt8]
    ) -> Bool {
        if let left = left.number, let right = right.number { return left < right }
        return leftBytes.lexicographicallyPrecedes(rightBytes)
    }
}

extension MapDump {
    /// The dump for people: a title and a table, without entries that are all zero in arrays.
    var lines: [String] {
        let shown = spec.type.hasAllKeys ? entries.filter { !$0.isZero } : entries
        let hidden = entries.count - shown.count
        var about = [
            "\(spec.type.name)", "\(shown.count) \(shown.count == 1 ? "entry" : "entries")",
        ]
        if hidden > 0 { about.append("\(hidden) more are zero") }
        if isCut { about.append("and more") }
        if cpuCount > 1 { about.append("sum of \(cpuCount) CPUs") }
        return ["\(name) (\(about.joined(separator: ", ")))"] + rows(shown)
    }

    private func rows(_ entries: [Entry]) -> [String] {
        guard !spec.type.isSequence else { return entries.map { "    \($0.value)" } }
        guard let columns = columnNames(entries) else {
            var table = TextTable(.left, .left)
            for entry in entries { table.add(keys.text(entry.key), "\(entry.value)") }
            return table.lines(indent: 4)
        }
        var table = TextTable([.left] + columns.map { _ in .right })
        table.add(["key"] + columns)
        for entry in entries {
            table.add(
                [keys.text(entry.key)] + columns.map { entry.value[$0].map { "\($0)" } ?? "" })
        }
        return table.lines(indent: 4)
    }

    /// The members of the values, where all are structs of simple values.
    private func columnNames(_ entries: [Entry]) -> [String]? {
        guard let first = entries.first, case .structure(let fields) = first.value,
            fields.count <= 8, fields.allSatisfy(\.value.isSimple)
        else { return nil }
        return fields.map(\.name)
    }

    /// The dump for scripts.
    var json: JSONValue {
        .array(
            entries.map { entry in
                var members: [JSONValue.Member] = [
                    .init("key", spec.type.isSequence ? .null : entry.key.json),
                    .init("value", entry.value.json),
                ]
                if entry.values.count > 1 {
                    members.append(.init("values", .array(entry.values.map(\.json))))
                }
                return .object(members)
            })
    }
}

extension TypedValue {
    /// Whether it is printed as one word.
    var isSimple: Bool {
        switch self {
        case .structure, .array, .bytes: false
        default: true
        }
    }

    /// Numbers added member by member, or `nil` where there are other things than numbers.
    static func sum(_ values: [TypedValue]) -> TypedValue? {
        guard let first = values.first else { return nil }
        return values.dropFirst().reduce(first) { sum, value in
            sum.flatMap { add($0, value) }
        }
    }

    private static func add(_ left: TypedValue, _ right: TypedValue) -> TypedValue? {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): return .integer(left &+ right)
        case (.structure(let left), .structure(let right)) where left.count == right.count:
            var fields: [Field] = []
            for (left, right) in zip(left, right) {
                guard let value = add(left.value, right.value) else { return nil }
                fields.append(Field(left.name, value))
            }
            return .structure(fields)
        case (.array(let left), .array(let right)) where left.count == right.count:
            var elements: [TypedValue] = []
            for (left, right) in zip(left, right) {
                guard let value = add(left, right) else { return nil }
                elements.append(value)
            }
            return .array(elements)
        default: return nil
        }
    }
}

extension MapType {
    /// Whether values have an order and no keys.
    var isSequence: Bool { self == .queue || self == .stack }

    /// Whether every key is present from the start.
    var hasAllKeys: Bool {
        switch self {
        case .array, .perCPUArray: true
        default: false
        }
    }
}
