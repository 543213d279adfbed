import EBPFBytecode
public import EBPFKernel

/// An attachment that the kernel itself keeps as a link (`BPF_LINK_CREATE`).
///
/// The kernel detaches the program when the last descriptor of the link is closed.
public final class BPFLink: Attachment {
    /// Where the program is attached.
    public let hook: String
    /// The link's descriptor, closed with this object.
    public let descriptor: Descriptor

    /// Takes over a link.
    public init(owning descriptor: consuming Descriptor, hook: String) {
        self.descriptor = descriptor
        self.hook = hook
    }

    /// Creates a link from attributes of any hook.
    ///
    /// - Throws: ``KernelError``, naming the hook.
    public static func create<Attributes: BPFAttributes>(
        _ attributes: Attributes, hook: String, program: KernelProgram
    ) throws(KernelError) -> Link {
        var attributes = attributes
        let descriptor = try attempting("attaching \(program) to \(hook)") {
            () throws(KernelErrno) in
            try program.system.openBPF(.linkCreate, &attributes)
        }
        return Link(BPFLink(owning: descriptor, hook: hook))
    }

    /// Severs the link from its hook, also for others that hold it (`BPF_LINK_DETACH`).
    ///
    /// Kinds that do not know the command are detached when the descriptor is closed.
    public func detach() throws(KernelError) {
        do throws(KernelErrno) {
            try descriptor.severLink()
        } catch {
            let isDetachedByClosing = error == .operationNotSupported || error == .invalidArgument
            guard isDetachedByClosing else {
                throw KernelError("detaching from \(hook)", error)
            }
        }
    }

    /// Pins the link (`BPF_OBJ_PIN`).
    public func persist(at path: String) throws(KernelError) {
        try descriptor.pin(at: path, "keeping the link to \(hook)")
    }
}
