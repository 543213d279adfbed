import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// A map of the kernel as a user names it: a number, a name, or the path of a pin.
///
/// `12`, `id:12`, `flows`, `name:flows`, `/sys/fs/bpf/flows`.
struct MapReference: ExpressibleByArgument {
    let text: String
    private let kind: ObjectText

    init?(argument: String) {
        guard let kind = ObjectText(argument) else { return nil }
        text = argument
        self.kind = kind
    }

    /// Opens the map.
    ///
    /// - Throws: ``Failure`` if there is none, or more than one with the name.
    func open() throws -> KernelMap {
        switch kind {
        case .id(let id):
            do throws(KernelError) { return try KernelMap(id: id) } catch {
                guard error.errno == .noEntry else { throw error }
                throw Failure(message: "there is no map \(id); `ebpf map list` shows all")
            }
        case .path(let path): return try KernelMap(pinnedAt: path)
        case .name(let name): return try Self.find(name)
        }
    }

    private static func find(_ name: String) throws -> KernelMap {
        // The kernel keeps 15 bytes of a name.
        let maps = try KernelMap.all()
        let found = maps.filter { $0.shape.name == name || $0.shape.name == name.prefix(15) }
        guard let map = found.first else {
            throw Failure(
                message: Choice("map", Set(maps.map(\.shape.name)).sorted()).unknown(name))
        }
        guard found.count == 1 else {
            let ids = found.map { "\($0.shape.id)" }.joined(separator: ", ")
            throw Failure(
                message: "\(found.count) maps are called \"\(name)\": say which by number (\(ids))")
        }
        return map
    }
}

/// A map of the kernel with what is known about its types.
struct OpenMap {
    let map: KernelMap
    let format: EntryFormat
    /// The types that the map was made with.
    let types: BTF?

    var spec: MapSpec { format.spec }

    init(_ reference: MapReference) throws { self.init(try reference.open()) }

    init(_ map: KernelMap) {
        self.map = map
        let shape = map.shape
        let types = shape.typesID == 0 ? nil : try? TypesObject(id: shape.typesID).types()
        let spec = MapSpec(
            name: shape.name.isEmpty ? "map \(shape.id)" : shape.name, type: shape.type,
            keySize: shape.keySize, valueSize: shape.valueSize, maxEntries: shape.maxEntries,
            flags: shape.flags, extra: shape.extra,
            keyType: shape.keyType == 0 ? nil : TypeID(shape.keyType),
            valueType: shape.valueType == 0 ? nil : TypeID(shape.valueType))
        format = EntryFormat(spec, types: types, cpuCount: map.valuesPerKey)
        self.types = types
    }

    /// A key from what the user wrote.
    func key(_ text: String, isHex: Bool) throws -> [UInt8] {
        try bytes(text, isHex, "key", Int(spec.keySize)) { text throws(BTFError) in
            try format.key(from: text)
        }
    }

    /// A value from what the user wrote, for every CPU.
    func value(_ text: String, isHex: Bool) throws -> [UInt8] {
        let bytes = try bytes(text, isHex, "value", Int(spec.valueSize)) { text throws(BTFError) in
            try format.value.bytes(from: text)
        }
        return format.spread(bytes)
    }

    private func bytes(
        _ text: String, _ isHex: Bool, _ what: String, _ size: Int,
        _ read: (String) throws(BTFError) -> [UInt8]
    ) throws -> [UInt8] {
        guard isHex else {
            do throws(BTFError) { return try read(text) } catch {
                throw Failure(message: "the \(what) \(text): \(error.explanation)")
            }
        }
        let bytes = try HexText.bytes(text)
        guard bytes.count == size else {
            throw Failure(
                message: "the \(what) has \(bytes.count) bytes, but \(map) takes \(size)")
        }
        return bytes
    }
}

extension OpenMap {
    /// The same map without its types: bytes as they are.
    var untyped: EntryFormat {
        var spec = spec
        (spec.keyType, spec.valueType) = (nil, nil)
        return EntryFormat(spec, types: nil, cpuCount: format.valuesPerKey)
    }

    /// Reads a value as the map takes it; for maps that hold programs or maps, the thing named is
    /// open during `body`.
    func withValue(_ text: String, isHex: Bool, _ body: ([UInt8]) throws -> Void) throws {
        switch map.shape.type {
        case .programArray:
            guard let id = UInt32(text)
            else { throw Failure(message: "\(text) is not the number of a program") }
            let program = try KernelProgram(id: id)
            try body(Self.bytes(program.descriptor.number))
            withExtendedLifetime(program) {}
        case .arrayOfMaps, .hashOfMaps:
            guard let reference = MapReference(argument: text)
            else { throw Failure(message: "\(text) does not name a map") }
            let inner = try reference.open()
            try body(Self.bytes(inner.descriptor.number))
            withExtendedLifetime(inner) {}
        default: try body(try value(text, isHex: isHex))
        }
    }

    private static func bytes(_ number: Int32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
