import EBPFTypeFormat

/// A type of the kernel, or of one of its modules.
struct KernelType {
    /// Its number among the types.
    let id: TypeID
    /// The types that it is one of.
    let types: BTF
    /// The module that has it; `nil` for the kernel itself.
    let module: KernelModule?

    /// What `attach_btf_obj_fd` and the like take: the descriptor of the module's types, 0 for the
    /// kernel.
    ///
    /// - Throws: ``KernelError``; see ``KernelModule/descriptor()``.
    func object() throws(KernelError) -> UInt32 {
        guard let module else { return 0 }
        return UInt32(bitPattern: try module.descriptor())
    }
}

/// Finds types by name in the kernel, then in its modules, whose list is read once.
struct KernelTypeFinder {
    let types: KernelTypes
    private var modules: [KernelModule]?

    init(types: KernelTypes) { self.types = types }

    /// The first type with a name.
    ///
    /// - Parameter wanted: look only there: `vmlinux`, or a module.
    /// - Throws: ``KernelError`` if types cannot be read.
    mutating func find(
        _ name: String, kind: TypeKind, in wanted: String? = nil
    ) throws(KernelError) -> KernelType? {
        if wanted == nil || wanted == "vmlinux" {
            let kernel = try types.vmlinux()
            if let id = kernel.first(named: name, kind: kind) {
                return KernelType(id: id, types: kernel, module: nil)
            }
        }
        for module in try allModules() where wanted == nil || wanted == module.name {
            let own = try module.types()
            // A module's types go on where the kernel's end.
            let first = own.ownTypeIDs.first ?? .void
            guard let id = own.types(named: name, kind: kind).first(where: { $0 >= first })
            else { continue }
            return KernelType(id: id, types: own, module: module)
        }
        return nil
    }

    private mutating func allModules() throws(KernelError) -> [KernelModule] {
        if let modules { return modules }
        let found = try types.modules()
        modules = found
        return found
    }
}
