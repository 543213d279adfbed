import EBPFBytecode
import EBPFTypeFormat

extension KernelFeatures {
    /// The functions of the kernel that programs may call by name (kfuncs), sorted.
    ///
    /// The kernel's types mark them since Linux 6.10; those of modules are not among them.
    ///
    /// - Returns: `nil` where the kernel shows no types or marks nothing.
    public func kernelFunctions() -> [String]? {
        guard let types = kernelTypes else { return nil }
        let marks = types.types(named: "bpf_kfunc", kind: .declarationTag)
        guard !marks.isEmpty else { return nil }
        let names = marks.compactMap { mark -> String? in
            guard case .declarationTag(let tag)? = try? types.type(mark) else { return nil }
            return try? types.name(of: tag.target)
        }
        return Set(names).sorted()
    }

    /// Whether programs may call a function of the kernel by name.
    public func kernelFunction(_ name: String) -> FeatureAnswer {
        guard let types = kernelTypes else { return Self.withoutTypes }
        guard let marked = kernelFunctions() else {
            let isThere = types.first(named: name, kind: .function) != nil
            return isThere ? .unknown("this kernel does not mark which functions it means") : .no
        }
        return marked.contains(name) ? .yes : .no
    }
}
