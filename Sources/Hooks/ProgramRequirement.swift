import EBPFBytecode
import EBPFKernel
import EBPFObjectFile

extension KernelProgram {
    /// Says that a program does not fit a hook before the kernel is asked, which has no words for
    /// it.
    func require(_ types: [ProgramType], for hook: String) throws(KernelError) {
        guard !types.contains(type) else { return }
        let names = types.map(\.name).joined(separator: " or ")
        throw KernelError(
            "attaching \(self) to \(hook)", .invalidArgument,
            reason: "it is a program of the type \(type.name), and this hook runs \(names)",
            remedy: "load it as \(names), or attach it to a hook of its own type")
    }

    /// Says that a program was loaded for another place of the same type of program.
    func requireLoaded(for attachTypes: [AttachType], hook: String) throws(KernelError) {
        guard let attachType = spec?.attachType, !attachTypes.contains(attachType) else { return }
        let names = attachTypes.map(\.name).joined(separator: " or ")
        throw KernelError(
            "attaching \(self) to \(hook)", .invalidArgument,
            reason: "it was loaded for \(attachType.name), and this hook is \(names)",
            remedy: "load it for \(names)")
    }
}
