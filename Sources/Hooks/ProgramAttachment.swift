import EBPFBytecode
import EBPFKernel

/// A program that was attached by `BPF_PROG_ATTACH`: to a map of sockets, or to the thread's own
/// network namespace.
///
/// It stays attached until it is detached, or what it is attached to goes.
final class ProgramAttachment: Attachment {
    let hook: String
    private let program: KernelProgram
    let attachType: AttachType
    /// What it is attached to, open as long as the attachment lives; `nil` for the namespace.
    private let target: KernelMap?

    init(
        _ program: KernelProgram, _ attachType: AttachType, target: KernelMap? = nil, hook: String
    ) {
        self.program = program
        self.attachType = attachType
        self.target = target
        self.hook = hook
    }

    /// Attaches the program.
    func attached() throws(KernelError) -> ProgramAttachment {
        var attributes = attributes
        try attempting("attaching \(program) to \(hook)", .network, on: program.system) {
            () throws(KernelErrno) in
            _ = try program.system.bpf(.programAttach, &attributes)
        }
        return self
    }

    func detach() throws(KernelError) {
        var attributes = attributes
        try attempting("detaching \(program) from \(hook)", .network, on: program.system) {
            () throws(KernelErrno) in
            _ = try program.system.bpf(.programDetach, &attributes)
        }
    }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping the attachment to \(hook)", .operationNotSupported,
            reason: "it has no link that could be kept under a name",
            remedy: "attach it by a link")
    }

    private var attributes: ProgramAttachAttributes {
        var attributes = ProgramAttachAttributes()
        attributes.target = target.map { UInt32(bitPattern: $0.descriptor.number) } ?? 0
        attributes.program = program.number
        attributes.attachType = attachType.rawValue
        return attributes
    }
}
