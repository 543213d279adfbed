import EBPFBytecode
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat

extension MapSpec {
    /// What a host makes a map from; the object's types tell which parts of a value are special.
    func definition(types: BTF?, cpuCount: Int) -> MapDefinition {
        var definition = MapDefinition(
            name: name,
            type: type,
            keySize: Int(keySize),
            valueSize: Int(valueSize),
            maxEntries: loadedEntries(cpuCount: cpuCount),
            flags: flags,
            extra: extra
        )
        if let types, let valueType, !flags.contains(.readOnlyForPrograms) {
            var search = SpecialFieldSearch(types: types)
            search.visit(valueType, at: 0)
            definition.specialFields = search.fields
        }
        return definition
    }

    /// The number of entries that loaders give the kernel: without one, a perf event array has a
    /// place for each CPU; the size of a ring buffer becomes a power of two of pages.
    private func loadedEntries(cpuCount: Int) -> Int {
        switch type {
        case .perfEventArray where maxEntries == 0: cpuCount
        case .ringBuffer, .userRingBuffer:
            (12...31).map { 1 << $0 }.first { $0 >= Int(maxEntries) } ?? Int(maxEntries)
        default: Int(maxEntries)
        }
    }
}

/// Finds locks, timers and other objects of the kernel in a type, by the names of their structures.
private struct SpecialFieldSearch {
    let types: BTF
    private(set) var fields: [SpecialField] = []
    private var depth = 0

    /// How deep structures may nest, and how many fields a value may have (`BTF_FIELDS_MAX`).
    private static let depthLimit = 16
    private static let fieldLimit = 64

    init(types: BTF) { self.types = types }

    mutating func visit(_ id: TypeID, at offset: Int) {
        guard depth < Self.depthLimit, fields.count < Self.fieldLimit,
            let type = try? types.resolvedType(id)
        else { return }
        depth += 1
        defer { depth -= 1 }
        switch type {
        case .structure(let structure):
            if let kind = Self.kind(of: structure.name) {
                fields.append(SpecialField(kind, at: offset))
            } else {
                for member in structure.members where member.bitFieldSize == nil {
                    visit(member.type, at: offset + member.byteOffset)
                }
            }
        case .array(let array):
            visitElements(of: array, at: offset)
        case .dataSection(let section):
            for variable in section.variables { visit(variable.type, at: offset + variable.offset) }
        case .variable(_, let content, _):
            visit(content, at: offset)
        case .pointer(let target):
            if isKernelPointer(target) {
                fields.append(SpecialField(.other(byteCount: 8), at: offset))
            }
        default: return
        }
    }

    private mutating func visitElements(of array: ArrayType, at offset: Int) {
        guard let size = try? types.size(of: array.element), size > 0 else { return }
        let before = fields.count
        for index in 0..<Int(array.count) {
            visit(array.element, at: offset + index * size)
            // Elements are alike: if the first holds nothing special, none does.
            guard fields.count > before, fields.count < Self.fieldLimit else { return }
        }
    }

    /// Whether a pointer's target carries the tag of a pointer that the kernel counts.
    private func isKernelPointer(_ target: TypeID) -> Bool {
        guard case .typeTag(let name, _, _)? = try? types.type(target) else { return false }
        return ["kptr", "kptr_untrusted", "percpu_kptr"].contains(name)
    }

    private static func kind(of structure: String) -> SpecialField.Kind? {
        switch structure {
        case "bpf_spin_lock": .spinLock
        case "bpf_timer": .timer
        case "bpf_wq": .workQueue
        case "bpf_res_spin_lock": .other(byteCount: 8)
        case "bpf_refcount": .other(byteCount: 4)
        case "bpf_list_head", "bpf_rb_root": .other(byteCount: 16)
        case "bpf_list_node": .other(byteCount: 24)
        case "bpf_rb_node": .other(byteCount: 32)
        default: nil
        }
    }
}
