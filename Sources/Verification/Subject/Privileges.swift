import EBPFBytecode
import EBPFObjectFile

/// What whoever loads the program may do, as far as it decides what the program may do.
struct Privileges: Hashable, Sendable {
    /// Everything that a process may have.
    let capabilities: Capabilities
    /// Whether addresses may become visible, structures of the kernel be read, and stack that
    /// nobody has written: `CAP_PERFMON`.
    let seesKernel: Bool
    /// Whether loops and functions are possible, and programs longer than 4096 instructions:
    /// `CAP_BPF`.
    let isTrusted: Bool
    /// Whether what a processor does on a wrong guess counts, too: not for those who may see the
    /// kernel's memory anyway.
    let guardsSpeculation: Bool

    init(_ options: Verifier.Options) {
        capabilities = options.capabilities
        seesKernel = capabilities.allow(.performanceMonitoring)
        isTrusted = capabilities.allow(.bpf)
        guardsSpeculation = options.guardsSpeculation && !seesKernel
    }

    /// Why something is refused to those who lack capabilities.
    func refusal(of what: String, needing needed: Capabilities, slot: Int? = nil) -> Fault {
        let missing = needed.subtracting(capabilities)
        let names = missing.names.joined(separator: " and ")
        return Fault(
            .missingCapability, "\(what) takes \(names)", slot: slot,
            suggestion: "load it with \(names), or as root")
    }
}
