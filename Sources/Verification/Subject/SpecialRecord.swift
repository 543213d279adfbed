import EBPFTypeFormat

/// The parts of a map's value, or of an allocated object, that are not plain bytes
/// (`struct btf_record` of the kernel).
struct SpecialRecord {
    /// The parts in the order of their offsets.
    private(set) var fields: [Field] = []

    /// A part that only certain functions may touch.
    struct Field: Hashable {
        let kind: Kind
        let offset: Int
        let size: Int
        /// What a pointer points to, or what a list or tree holds, by name.
        var target = ""
        /// The number of that type: the kernel's, or the program's own.
        var targetType: TypeID?
        /// Whether the type is the program's own.
        var isProgramType = false
        /// Where in the elements of a list or tree the node is.
        var nodeOffset = 0

        enum Kind: Hashable {
            case spinLock, resilientLock, timer, workQueue, taskWork
            case kernelPointer(Ownership)
            case listHead, listNode, treeRoot, treeNode, referenceCount
        }

        /// What a pointer in a map means.
        enum Ownership: Hashable {
            /// It may be stale (`__kptr_untrusted`).
            case untrusted
            /// It holds a reference (`__kptr`).
            case counted
            /// It holds memory of each CPU (`__percpu_kptr`).
            case perCPU
            /// It points to memory of the application (`__uptr`).
            case user
        }
    }

    init() {}

    /// Finds them in a type.
    init(of type: TypeID, types: BTF, kernelTypes: BTF?) {
        var search = Search(types: types, kernelTypes: kernelTypes)
        search.visit(type, at: 0)
        // Of a type with more parts than the kernel counts, maps are made without types.
        // The same goes for pointers with other tags, and for lists and trees of nothing, or that
        // no lock protects.
        let hasRoot = search.fields.contains { $0.kind == .listHead || $0.kind == .treeRoot }
        let hasLock = search.fields.contains {
            $0.kind == .spinLock || $0.kind == .resilientLock
        }
        guard search.fields.count <= Self.fieldLimit, !search.isMalformed, !hasRoot || hasLock
        else { return }
        fields = search.fields.sorted { $0.offset < $1.offset }
    }

    /// How many parts the kernel counts (`BTF_FIELDS_MAX`).
    private static let fieldLimit = 11

    var isEmpty: Bool { fields.isEmpty }

    /// The part that an access of some bytes would touch.
    func field(touchedBy range: Range<Int>) -> Field? {
        fields.first { $0.offset < range.upperBound && range.lowerBound < $0.offset + $0.size }
    }

    /// The part that begins at an offset.
    func field(at offset: Int) -> Field? { fields.first { $0.offset == offset } }

    /// The first part of a kind.
    func first(_ kind: Field.Kind) -> Field? { fields.first { $0.kind == kind } }

    /// Whether a lock is among them.
    var hasLock: Bool { fields.contains { $0.kind == .spinLock || $0.kind == .resilientLock } }

    /// Whether a part belongs to the very map that its value is in, as timers do.
    var isBoundToMap: Bool {
        fields.contains { [.timer, .workQueue, .taskWork].contains($0.kind) }
    }
}

private struct Search {
    let types: BTF
    let kernelTypes: BTF?
    var fields: [SpecialRecord.Field] = []
    /// Whether a pointer carries a tag that the kernel does not know, or a list holds nothing.
    private(set) var isMalformed = false
    private var depth = 0

    init(types: BTF, kernelTypes: BTF?) {
        self.types = types
        self.kernelTypes = kernelTypes
    }

    private static let structures: [String: (SpecialRecord.Field.Kind, Int)] = [
        "bpf_spin_lock": (.spinLock, 4), "bpf_res_spin_lock": (.resilientLock, 8),
        "bpf_timer": (.timer, 16), "bpf_wq": (.workQueue, 16), "bpf_task_work": (.taskWork, 8),
        "bpf_list_head": (.listHead, 16), "bpf_list_node": (.listNode, 24),
        "bpf_rb_root": (.treeRoot, 16), "bpf_rb_node": (.treeNode, 32),
        "bpf_refcount": (.referenceCount, 4),
    ]

    mutating func visit(_ id: TypeID, at offset: Int, containing: [DeclarationTag] = []) {
        guard depth < 16, fields.count < 64, let type = try? types.resolvedType(id) else { return }
        depth += 1
        defer { depth -= 1 }
        switch type {
        case .structure(let structure): visit(structure, id, at: offset, containing)
        case .array(let array):
            guard let size = try? types.size(of: array.element), size > 0 else { return }
            let before = fields.count
            for index in 0..<Int(array.count) {
                visit(array.element, at: offset + index * size, containing: containing)
                guard fields.count > before, fields.count < 64 else { return }
            }
        case .dataSection(let section):
            for variable in section.variables {
                let tags = (try? types.declarationTags(on: variable.type)) ?? []
                visit(variable.type, at: offset + variable.offset, containing: tags)
            }
        case .variable(_, let content, _): visit(content, at: offset, containing: containing)
        case .pointer(let target): visitPointer(target, at: offset)
        default: return
        }
    }

    private mutating func visit(
        _ structure: CompositeType, _ id: TypeID, at offset: Int, _ containing: [DeclarationTag]
    ) {
        if let (kind, size) = Self.structures[structure.name] {
            var field = SpecialRecord.Field(kind: kind, offset: offset, size: size)
            if kind == .listHead || kind == .treeRoot {
                addElements(&field, containing)
            }
            fields.append(field)
            return
        }
        guard let resolved = try? types.resolve(id) else { return }
        for (index, member) in structure.members.enumerated() where member.bitFieldSize == nil {
            let tags = (try? types.declarationTags(on: resolved, component: index)) ?? []
            visit(member.type, at: offset + member.byteOffset, containing: tags)
        }
    }

    /// `contains:TYPE:NODE` says what a list or tree holds.
    private mutating func addElements(_ field: inout SpecialRecord.Field, _ tags: [DeclarationTag])
    {
        let wasMalformed = isMalformed
        isMalformed = true
        guard let tag = tags.first(where: { $0.name.hasPrefix("contains:") }) else { return }
        let parts = tag.name.split(separator: ":")
        guard parts.count == 3,
            let type = types.first(named: String(parts[1]), kind: .structure),
            let member = try? types.members(of: type).first(where: { $0.name == parts[2] }),
            let node = try? types.resolve(member.type), let nodeName = try? types.name(of: node),
            nodeName == (field.kind == .listHead ? "bpf_list_node" : "bpf_rb_node")
        else { return }
        isMalformed = wasMalformed
        field.target = String(parts[1])
        field.targetType = type
        field.isProgramType = true
        field.nodeOffset = member.byteOffset
    }

    private mutating func visitPointer(_ target: TypeID, at offset: Int) {
        guard case .typeTag(let tag, let content, let isAttribute)? = try? types.type(target),
            !isAttribute
        else { return }
        let ownership: SpecialRecord.Field.Ownership
        switch tag {
        case "kptr": ownership = .counted
        case "kptr_untrusted": ownership = .untrusted
        case "percpu_kptr": ownership = .perCPU
        case "uptr": ownership = .user
        default:
            isMalformed = true
            return
        }
        guard let own = try? types.resolve(content), let name = try? types.name(of: own) else {
            return
        }
        var field = SpecialRecord.Field(
            kind: .kernelPointer(ownership), offset: offset, size: 8, target: name)
        let kernelType =
            ownership == .user ? nil : kernelTypes?.first(named: name, kind: .structure)
        field.targetType = kernelType ?? own
        field.isProgramType = kernelType == nil
        fields.append(field)
    }
}
