import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf map list`: every map in the kernel.
struct MapListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists all maps.", aliases: ["ls"])

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let maps = try KernelMap.all()
        guard !json else {
            return Terminal.say(JSONValue.array(maps.map { MapReport($0).json }).indented)
        }
        var table = TextTable(.right, .left, .left, .right, .right, .right, .left)
        table.add("id", "type", "name", "key", "value", "entries", "flags")
        for map in maps {
            let shape = map.shape
            table.add(
                "\(shape.id)", shape.type.name, shape.name, "\(shape.keySize) B",
                "\(shape.valueSize) B", "\(shape.maxEntries)",
                shape.flags.names.joined(separator: " "))
        }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }
}

/// `ebpf map show`: what one map is like.
struct MapShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what a map is like: sizes, types, flags, memory.")

    @OptionGroup var arguments: MapArguments

    func run() throws {
        let report = MapReport(try arguments.reference.open(), withPins: true)
        Terminal.say(
            arguments.json ? report.json.indented : report.lines.joined(separator: "\n"))
    }
}

/// What a map is like, for people and scripts.
struct MapReport {
    private let map: KernelMap
    private let types: BTF?
    private let usage: MapUsage?
    private let pins: [String]?

    /// - Parameter withPins: whether to look for its pins, which takes a look at every one.
    init(_ map: KernelMap, withPins: Bool = false) {
        self.map = map
        usage = try? map.usage()
        pins = withPins ? map.descriptor.system.pins(of: .map, id: map.shape.id) : nil
        types = map.shape.typesID == 0 ? nil : try? TypesObject(id: map.shape.typesID).types()
    }

    private func typeName(_ id: UInt32) -> String? {
        id == 0 ? nil : types?.displayName(of: TypeID(id))
    }

    var lines: [String] {
        let shape = map.shape
        var table = TextTable(.left, .left)
        table.add("id", "\(shape.id)")
        table.add("name", shape.name)
        table.add("type", shape.type.name)
        table.add("key", size(shape.keySize, shape.keyType))
        table.add("value", size(shape.valueSize, shape.valueType))
        table.add("entries", "at most \(shape.maxEntries)")
        if !shape.flags.isEmpty { table.add("flags", shape.flags.names.joined(separator: " ")) }
        if shape.extra != 0 { table.add("extra", "\(shape.extra)") }
        if shape.typesID != 0 { table.add("types", "BTF \(shape.typesID)") }
        if let usage {
            table.add("memory", "\(usage.memory) bytes")
            if usage.isFrozen { table.add("frozen", "yes: applications cannot change it") }
            if let owner = usage.ownerType { table.add("programs", "of type \(owner.name)") }
        }
        for pin in pins ?? [] { table.add("pinned", pin) }
        return table.lines(indent: 0)
    }

    private func size(_ size: UInt32, _ type: UInt32) -> String {
        let bytes = "\(size) byte\(size == 1 ? "" : "s")"
        return typeName(type).map { "\(bytes), \($0)" } ?? bytes
    }

    var json: JSONValue {
        let shape = map.shape
        func number(_ value: some BinaryInteger) -> JSONValue { .integer(Int128(value)) }
        func name(_ type: UInt32) -> JSONValue { typeName(type).map { .string($0) } ?? .null }
        var members: [JSONValue.Member] = [
            .init("id", number(shape.id)), .init("name", .string(shape.name)),
            .init("type", .string(shape.type.name)), .init("keySize", number(shape.keySize)),
            .init("valueSize", number(shape.valueSize)),
            .init("maxEntries", number(shape.maxEntries)),
            .init("flags", .array(shape.flags.names.map { .string($0) })),
            .init("extra", number(shape.extra)), .init("keyType", name(shape.keyType)),
            .init("valueType", name(shape.valueType)), .init("typesID", number(shape.typesID)),
            .init("lockedBytes", usage.map { number($0.memory) } ?? .null),
            .init("frozen", usage.map { .boolean($0.isFrozen) } ?? .null),
        ]
        if let pins { members.append(.init("pins", .array(pins.map { .string($0) }))) }
        return .object(members)
    }
}
