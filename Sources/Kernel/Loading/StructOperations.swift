import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A struct of functions that the kernel calls (`struct_ops`): the object's data, laid out as the
/// kernel wants them.
///
/// The kernel keeps it in a struct of its own, `bpf_struct_ops_NAME`, of which member `data` is the
/// object's struct. Members are matched by name, so that an object fits kernels whose struct has
/// other members, too.
struct StructOperations {
    /// The kernel's struct around it (`btf_vmlinux_value_type_id`).
    let valueType: TypeID
    /// The module whose types these are; `nil` for the kernel itself.
    let module: KernelModule?
    /// What each program implements.
    let implementations: [Implementation]
    private let value: [UInt8]

    /// A program that is put in for a member.
    struct Implementation {
        let program: String
        /// Where its descriptor goes in the value.
        let offset: Int
        /// The kernel's struct, and which of its members it is.
        let target: AttachTarget
    }

    /// Finds the kernel's counterpart of a struct of an object.
    ///
    /// - Throws: ``KernelError`` if the kernel has no such struct, or other members.
    init(_ spec: MapSpec, contents: [UInt8], local: BTF, types: KernelTypes) throws(KernelError) {
        let own = try Self.structure(spec.valueType ?? .void, in: local)
        let name = EssentialName.of(own.name)
        let found = try KernelStructure(name, types)
        var layout = Layout(kernel: found, contents: contents)
        for member in own.members {
            let program = spec.initialValues.first { $0.index == member.byteOffset }
            try layout.put(member, size: (try? local.size(of: member.type)) ?? 0, program)
        }
        valueType = found.valueType
        module = found.module
        value = layout.value
        implementations = layout.implementations
    }

    var valueSize: UInt32 { UInt32(clamping: value.count) }

    /// The value with the descriptors of the programs in their places; members whose programs are
    /// not loaded stay empty.
    func value(_ descriptor: (String) -> UInt32?) -> [UInt8] {
        var value = value
        for implementation in implementations {
            guard let number = descriptor(implementation.program) else { continue }
            for byte in 0..<4 {
                value[implementation.offset + byte] = UInt8(
                    truncatingIfNeeded: number >> (8 * UInt32(byte)))
            }
        }
        return value
    }

    fileprivate static func structure(
        _ id: TypeID, in types: BTF
    ) throws(KernelError) -> CompositeType {
        guard case .structure(let type)? = try? types.resolvedType(id) else {
            throw KernelError(
                "matching it with the kernel's types", .invalidArgument,
                reason: "its type is not a struct")
        }
        return type
    }
}

/// A struct of the kernel whose functions programs may be.
private struct KernelStructure {
    let name: String
    let type: TypeID
    let valueType: TypeID
    let valueSize: Int
    let dataOffset: Int
    let members: [CompositeType.Member]
    let types: BTF
    let module: KernelModule?
    /// The descriptor of the module's types; 0 for the kernel.
    let object: UInt32

    init(_ name: String, _ kernel: KernelTypes) throws(KernelError) {
        let wanted = "bpf_struct_ops_" + name
        var finder = KernelTypeFinder(types: kernel)
        guard let found = try finder.find(wanted, kind: .structure) else {
            let all = try kernel.vmlinux()
            let prefix = "bpf_struct_ops_"
            let names = all.typeIDs.lazy.filter { all.kind(of: $0) == .structure }.compactMap {
                (try? all.name(of: $0)).flatMap { name in
                    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
                }
            }
            throw KernelError(
                "looking for \(wanted)", .noEntry,
                reason: "this kernel calls no functions of a struct \(name)"
                    + Spelling.suggestion(for: name, among: names))
        }
        let value = try StructOperations.structure(found.id, in: found.types)
        guard let data = value.members.first(where: { $0.name == "data" }),
            let type = try? found.types.resolve(data.type)
        else {
            throw KernelError("looking at \(wanted)", .invalidArgument, reason: "it has no data")
        }
        (self.name, types, module) = (name, found.types, found.module)
        (self.type, valueType) = (type, found.id)
        (valueSize, dataOffset) = (value.size, data.byteOffset)
        members = try StructOperations.structure(type, in: types).members
        object = try found.object()
    }
}

/// The kernel's value as it is being filled.
private struct Layout {
    let kernel: KernelStructure
    let contents: [UInt8]
    var value: [UInt8]
    var implementations: [StructOperations.Implementation] = []

    init(kernel: KernelStructure, contents: [UInt8]) {
        self.kernel = kernel
        self.contents = contents
        value = [UInt8](repeating: 0, count: kernel.valueSize)
    }

    /// Puts a member of the object's struct into its place in the kernel's.
    mutating func put(
        _ member: CompositeType.Member, size: Int, _ initial: MapSpec.InitialValue?
    ) throws(KernelError) {
        let start = min(max(member.byteOffset, 0), contents.count)
        let bytes = contents[start..<min(start + max(size, 0), contents.count)]
        let isEmpty = initial == nil && bytes.allSatisfy { $0 == 0 }
        // What is empty says nothing: kernels without the member behave as if it were.
        guard !isEmpty else { return }
        let index = kernel.members.firstIndex { $0.name == member.name && !$0.name.isEmpty }
        guard let index else {
            let names = kernel.members.map(\.name)
            throw refusal(
                "the kernel's struct \(kernel.name) has no member \(member.name)"
                    + Spelling.suggestion(for: member.name, among: names))
        }
        let target = kernel.members[index]
        let offset = kernel.dataOffset + target.byteOffset
        if case .program(let program)? = initial?.content {
            guard (try? kernel.types.prototype(of: target.type)) != nil else {
                throw refusal("member \(member.name) is no function in the kernel")
            }
            guard offset + 8 <= value.count else { return }
            let attach = AttachTarget(
                type: kernel.type, object: kernel.object, member: UInt32(clamping: index))
            implementations.append(.init(program: program, offset: offset, target: attach))
            return
        }
        guard target.bitFieldSize == nil, member.bitFieldSize == nil else {
            throw refusal("member \(member.name) is a bit field, which cannot be set")
        }
        let kernelSize = (try? kernel.types.size(of: target.type)) ?? 0
        guard kernelSize == size, offset + size <= value.count else {
            throw refusal(
                "member \(member.name) has \(size) bytes, in the kernel \(kernelSize)")
        }
        value.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }

    private func refusal(_ reason: String) -> KernelError {
        KernelError("matching it with the kernel's types", .invalidArgument, reason: reason)
    }
}
