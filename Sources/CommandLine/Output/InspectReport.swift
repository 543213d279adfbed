import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// What `ebpf inspect` says about an object, as text and as JSON.
struct InspectReport {
    let name: String
    let specs: ObjectSpecs

    init(name: String, _ specs: ObjectSpecs) {
        self.name = name
        self.specs = specs
    }
}

// MARK: Text

extension InspectReport {
    /// The report for people.
    var lines: [String] {
        var lines = ["\(name): \(about)"]
        section("programs", programTable, into: &lines)
        section("maps", mapTable, into: &lines)
        section("variables", variableTable, into: &lines)
        return lines
    }

    private var about: String {
        var parts = ["licence " + (specs.license.isEmpty ? "none" : "\"\(specs.license)\"")]
        if let version = specs.kernelVersion {
            parts.append("for Linux \(version >> 16).\(version >> 8 & 0xff).\(version & 0xff)")
        }
        parts.append(specs.types.map { "\($0.count) types" } ?? "no type information")
        return parts.joined(separator: ", ")
    }

    private func section(_ title: String, _ table: TextTable, into lines: inout [String]) {
        let rows = table.lines()
        guard !rows.isEmpty else { return }
        lines += ["", "\(title):"] + rows
    }

    private var programTable: TextTable {
        var table = TextTable(.left, .left, .left, .right, .left)
        for program in specs.programs.values {
            let functions = program.functions.count - 1
            table.add(
                program.name, program.section, program.type.name,
                "\(program.instructions.count) instructions",
                functions > 0 ? "\(functions) subprogram\(functions == 1 ? "" : "s")" : "")
        }
        return table
    }

    private var mapTable: TextTable {
        var table = TextTable(.left, .left, .left, .left, .right, .left)
        for map in specs.maps.values {
            table.add(
                map.name, map.type.name, typeText("key", map.keyType, map.keySize),
                typeText("value", map.valueType, map.valueSize),
                "\(map.maxEntries) \(map.type.entriesName)", notes(on: map))
        }
        return table
    }

    private func typeText(_ what: String, _ type: TypeID?, _ size: UInt32) -> String {
        guard size > 0 || type != nil else { return "" }
        let name = type.flatMap { id in specs.types?.displayName(of: id) }
        return "\(what) \(name.map { "\($0) " } ?? "")(\(size) B)"
    }

    private func notes(on map: MapSpec) -> String {
        var notes: [String] = []
        if !map.flags.isEmpty { notes.append("flags 0x\(String(map.flags.rawValue, radix: 16))") }
        if let inner = map.inner { notes.append("of \(inner.type.name)") }
        if !map.initialValues.isEmpty { notes.append("\(map.initialValues.count) initial values") }
        if map.pinning == .byName { notes.append("pinned by name") }
        return notes.joined(separator: ", ")
    }

    private var variableTable: TextTable {
        var table = TextTable(.left, .left, .left, .left)
        for variable in specs.variables.values {
            table.add(
                variable.name, "\(variable.map)+\(variable.offset)",
                typeText("", variable.type, UInt32(clamping: variable.size)),
                "= " + shortened("\(value(of: variable))"))
        }
        return table
    }

    /// A text that fits into a line; `--json` has the whole.
    private func shortened(_ text: String) -> String {
        text.count > 72 ? text.prefix(71) + "…" : text
    }

    private func value(of variable: VariableSpec) -> TypedValue {
        let typed = variable.type.flatMap { id in
            try? specs.types?.value(of: id, in: variable.bytes, name: variable.name)
        }
        return typed ?? TypedValue(untyped: variable.bytes)
    }
}

// MARK: JSON

extension InspectReport {
    /// The report for scripts.
    var json: JSONValue {
        .object([
            .init("object", .string(name)),
            .init("license", .string(specs.license)),
            .init("kernelVersion", specs.kernelVersion.map { .integer(Int128($0)) } ?? .null),
            .init("types", .integer(Int128(specs.types?.count ?? 0))),
            .init("programs", .array(specs.programs.values.map(json(of:)))),
            .init("maps", .array(specs.maps.values.map(json(of:)))),
            .init("variables", .array(specs.variables.values.map(json(of:)))),
        ])
    }

    private func json(of program: ProgramSpec) -> JSONValue {
        .object([
            .init("name", .string(program.name)),
            .init("section", .string(program.section)),
            .init("type", .string(program.type.name)),
            .init("attachType", program.attachType.map { .string($0.name) } ?? .null),
            .init("attachTarget", program.attachTarget.map { .string($0) } ?? .null),
            .init("instructions", .integer(Int128(program.instructions.count))),
            .init("functions", .array(program.functions.map { .string($0.name) })),
            .init("maps", .array(mapNames(of: program).map { .string($0) })),
        ])
    }

    private func mapNames(of program: ProgramSpec) -> [String] {
        var names: [String] = []
        for reference in program.references {
            switch reference.target {
            case .map(let name), .mapValue(let name, _):
                if !names.contains(name) { names.append(name) }
            case .kernelFunction, .kernelVariable: continue
            }
        }
        return names
    }

    private func json(of map: MapSpec) -> JSONValue {
        .object([
            .init("name", .string(map.name)),
            .init("type", .string(map.type.name)),
            .init("keySize", .integer(Int128(map.keySize))),
            .init("valueSize", .integer(Int128(map.valueSize))),
            .init("maxEntries", .integer(Int128(map.maxEntries))),
            .init("flags", .integer(Int128(map.flags.rawValue))),
            .init("extra", .integer(Int128(map.extra))),
            .init("keyType", typeName(map.keyType)),
            .init("valueType", typeName(map.valueType)),
            .init("inner", map.inner.map(json(of:)) ?? .null),
            .init("pinning", .string(map.pinning == .byName ? "by name" : "none")),
            .init("section", .string(map.section)),
        ])
    }

    private func json(of variable: VariableSpec) -> JSONValue {
        .object([
            .init("name", .string(variable.name)),
            .init("map", .string(variable.map)),
            .init("offset", .integer(Int128(variable.offset))),
            .init("size", .integer(Int128(variable.size))),
            .init("type", typeName(variable.type)),
            .init("constant", .boolean(variable.isConstant)),
            .init("value", value(of: variable).json),
        ])
    }

    private func typeName(_ id: TypeID?) -> JSONValue {
        let name = id.flatMap { id in specs.types?.displayName(of: id) }
        return name.map { .string($0) } ?? .null
    }
}

extension MapType {
    /// What `max_entries` counts.
    var entriesName: String {
        self == .ringBuffer || self == .userRingBuffer ? "bytes" : "entries"
    }
}
