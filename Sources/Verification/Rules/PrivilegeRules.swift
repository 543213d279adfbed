import EBPFBytecode
import EBPFObjectFile

/// What programs cannot have at all if whoever loads them lacks capabilities.
struct PrivilegeRules {
    let subject: Subject
    let privileges: Privileges

    /// How long programs may be without `CAP_BPF` (`BPF_MAXINSNS`).
    private static let lengthLimit = 4096

    func check() throws(Fault) {
        let needed = subject.loadedType.neededCapabilities
        if !privileges.capabilities.allow(needed) {
            throw privileges.refusal(
                of: "loading programs of type \(subject.loadedType)", needing: needed)
        }
        guard !privileges.isTrusted else { return }
        let count = subject.instructions.count
        guard count <= Self.lengthLimit else {
            throw privileges.refusal(
                of: "a program of \(count) instructions, more than \(Self.lengthLimit),",
                needing: .bpf)
        }
        for slot in subject.instructions.indices {
            switch subject.instructions[slot] {
            case .call(.local), .loadImmediate(_, .function):
                throw privileges.refusal(
                    of: "a function of the program's own", needing: .bpf, slot: slot)
            case .call(.kernelFunction):
                throw privileges.refusal(
                    of: "a function of the kernel", needing: .bpf, slot: slot)
            default: break
            }
        }
    }

    /// Without `CAP_BPF` no instruction may be reached twice on one path.
    func check(_ flow: ControlFlow) throws(Fault) {
        guard !privileges.isTrusted, let slot = flow.firstBackEdge else { return }
        throw privileges.refusal(of: "a loop", needing: .bpf, slot: slot)
    }
}
