import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// What a map of operations (`struct_ops`) is like, for people and scripts.
struct OperationsReport {
    private let map: KernelMap
    private let link: UInt32?
    private let types: BTF?

    init(_ map: KernelMap, _ links: OperationsLinks) {
        self.map = map
        link = links[map.shape.id]
        types = Self.types(map.shape.kernelTypesID)
    }

    /// The struct whose members the programs are: `tcp_congestion_ops`.
    private var structure: String? {
        let prefix = "bpf_struct_ops_"
        guard let name = try? types?.name(of: TypeID(map.shape.kernelValueType)),
            name.hasPrefix(prefix)
        else { return nil }
        return String(name.dropFirst(prefix.count))
    }

    /// What the kernel keeps: `common`, its state, and `data`, the struct.
    func value() throws -> TypedValue {
        guard let bytes = try map.value(of: [0, 0, 0, 0]) else {
            throw Failure(message: "\(map) holds nothing")
        }
        let spec = MapSpec(
            name: map.shape.name, type: map.shape.type, keySize: 4,
            valueSize: map.shape.valueSize, maxEntries: 1,
            valueType: map.shape.kernelValueType == 0 ? nil : TypeID(map.shape.kernelValueType))
        let values = EntryFormat(spec, types: types, cpuCount: 1).typedValues(bytes)
        return values.first ?? .bytes(bytes)
    }

    /// Whether the kernel uses the operations: `init`, `inuse`, `tobefree`, `ready`.
    private var state: String? {
        guard case .enumerator(let name, _)? = try? value()["common"]?["state"] else { return nil }
        let prefix = "BPF_STRUCT_OPS_STATE_"
        return (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name).lowercased()
    }

    /// The cells of a row: number, name, struct, state, link.
    var row: [String] {
        [
            "\(map.shape.id)", map.shape.name, structure ?? "–", state ?? "–",
            link.map { "\($0)" } ?? "–",
        ]
    }

    var lines: [String] {
        var table = TextTable(.left, .left)
        for (name, cell) in zip(["id", "name", "struct", "state", "link"], row) {
            table.add(name, cell)
        }
        return table.lines(indent: 0)
    }

    var json: JSONValue {
        .object([
            .init("id", .integer(Int128(map.shape.id))), .init("name", .string(map.shape.name)),
            .init("struct", structure.map { .string($0) } ?? .null),
            .init("state", state.map { .string($0) } ?? .null),
            .init("link", link.map { .integer(Int128($0)) } ?? .null),
        ])
    }

    /// The kernel's types, or a module's.
    private static func types(_ id: UInt32) -> BTF? {
        guard id != 0, let object = try? TypesObject(id: id) else { return nil }
        let name = object.name
        if name == "vmlinux" { return try? KernelTypes.shared.vmlinux() }
        let module = try? KernelTypes.shared.modules().first { $0.name == name }
        return try? module?.types()
    }
}

/// Which links hold which maps of operations.
struct OperationsLinks {
    private var links: [UInt32: UInt32] = [:]

    init() throws {
        for link in try OpenLink.all() {
            guard case .structOperations(let map) = link.info.details else { continue }
            links[map] = link.info.id
        }
    }

    subscript(map: UInt32) -> UInt32? { links[map] }
}
