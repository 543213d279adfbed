import EBPFBytecode
public import EBPFKernel

/// An attachment whose program can be exchanged without a gap.
public protocol UpdatableAttachment: Attachment {
    /// Puts another program in the place of the one that runs.
    ///
    /// - Parameters:
    ///   - program: of the same kind.
    ///   - expected: the program that must be there; otherwise nothing is changed.
    func update(to program: KernelProgram, expecting expected: KernelProgram?) throws(KernelError)
}

extension Link {
    /// Puts another program in the place of the one that runs, without a gap.
    ///
    /// - Parameters:
    ///   - program: of the same kind.
    ///   - expected: the program that must be there; otherwise nothing is changed.
    /// - Throws: ``KernelError``; `EPERM` or `EEXIST` if another than the expected program is
    ///   there, `EOPNOTSUPP` for hooks that cannot exchange programs.
    public borrowing func update(
        to program: KernelProgram, expecting expected: KernelProgram? = nil
    ) throws(KernelError) {
        guard let updatable = attachment as? any UpdatableAttachment else {
            throw KernelError(
                "putting \(program) on \(attachment.hook)", .operationNotSupported,
                reason: "programs on this hook cannot be exchanged",
                remedy: "attach the new program, then detach the old one")
        }
        try updatable.update(to: program, expecting: expected)
    }

    /// Takes over an attachment that was left in the BPF file system: with the value it ends.
    ///
    /// The file stays until it is removed; the link that it names is severed by then.
    ///
    /// - Throws: ``KernelError`` if there is no link at the path.
    public init(pinnedAt path: String, system: SystemCalls = .linux) throws(KernelError) {
        let descriptor = try system.openPinned(path)
        let info = try LinkInfo(of: descriptor)
        self.init(BPFLink(owning: descriptor, hook: "link \(info.id) (\(info.kind))"))
    }

    /// What the kernel says about the link; `nil` for attachments that are no links of the kernel.
    ///
    /// - Throws: ``KernelError``.
    public borrowing func info() throws(KernelError) -> LinkInfo? {
        guard let link = attachment as? BPFLink else { return nil }
        return try LinkInfo(of: link.descriptor)
    }
}

extension BPFLink: UpdatableAttachment {
    /// Puts another program in the place of the one that runs (`BPF_LINK_UPDATE`).
    public func update(
        to program: KernelProgram, expecting expected: KernelProgram?
    ) throws(KernelError) {
        try descriptor.updateLink(to: program, expecting: expected, "the link to \(hook)")
    }
}
