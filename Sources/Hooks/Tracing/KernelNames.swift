import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// The names of what can be traced, from the kernel's type information: for suggestions.
///
/// Where the information cannot be read there are no names, and nothing is suggested.
struct KernelNames {
    private let types: BTF?

    init(_ system: SystemCalls) {
        types = try? KernelTypes(system: system).vmlinux()
    }

    /// Raw tracepoints: each has a type `btf_trace_NAME`.
    func rawTracepoints() -> [String] { names(.alias, after: "btf_trace_") }

    /// Iterators: each has a function `bpf_iter_NAME`.
    func iterators() -> [String] { names(.function, after: "bpf_iter_") }

    /// Functions.
    func functions() -> [String] { names(.function, after: "") }

    private func names(_ kind: TypeKind, after prefix: String) -> [String] {
        guard let types else { return [] }
        return types.typeIDs.compactMap { id in
            guard types.kind(of: id) == kind, let name = try? types.name(of: id),
                name.hasPrefix(prefix)
            else { return nil }
            return String(name.dropFirst(prefix.count))
        }
    }
}
