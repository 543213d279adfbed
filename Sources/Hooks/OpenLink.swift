import EBPFBytecode
public import EBPFKernel

/// A link that others made, opened a second time: to look at it, to change it, to keep it.
///
/// A ``Link`` is the attachment; this is only another holder. While it lives the program stays
/// attached even if the first holder goes; when it goes nothing is detached that others hold.
public final class OpenLink: Sendable {
    /// The descriptor, closed with this object.
    public let descriptor: Descriptor
    /// What the kernel said about the link when it was opened.
    public let info: LinkInfo

    /// Takes over an open link.
    ///
    /// - Throws: ``KernelError`` if it is not a link.
    public init(owning descriptor: consuming Descriptor) throws(KernelError) {
        info = try LinkInfo(of: descriptor)
        self.descriptor = descriptor
    }

    /// Opens the link with a number (`BPF_LINK_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public convenience init(id: UInt32, system: SystemCalls = .linux) throws(KernelError) {
        try self.init(owning: try system.openObject(.link, id: id))
    }

    /// Opens a link that was pinned at a path of the BPF file system (`BPF_OBJ_GET`).
    ///
    /// - Throws: ``KernelError``.
    public convenience init(
        pinnedAt path: String, system: SystemCalls = .linux
    ) throws(KernelError) {
        try self.init(owning: try system.openPinned(path))
    }

    /// Opens every link of the system, those that end meanwhile left out.
    ///
    /// - Throws: ``KernelError``; `EPERM` without `CAP_SYS_ADMIN`.
    public static func all(system: SystemCalls = .linux) throws(KernelError) -> [OpenLink] {
        try system.eachObject(.link) { descriptor throws(KernelError) in
            try OpenLink(owning: descriptor)
        }
    }

    /// Makes the attachment outlive its holders under a path of the BPF file system
    /// (`BPF_OBJ_PIN`).
    ///
    /// - Throws: ``KernelError``.
    public func pin(at path: String) throws(KernelError) {
        try descriptor.pin(at: path, "pinning \(self)")
    }

    /// Severs the link from its hook, whoever holds it (`BPF_LINK_DETACH`, Linux 5.9).
    ///
    /// - Throws: ``KernelError``; kinds that end only with their last holder say so.
    public func detach() throws(KernelError) {
        do throws(KernelErrno) {
            try descriptor.severLink()
        } catch {
            throw KernelError(
                "detaching \(self)", error,
                reason: error == .operationNotSupported
                    ? "links of the kind \(info.kind) end only with their last holder" : nil,
                remedy: error == .operationNotSupported
                    ? "end the process that holds it, or remove its pin" : nil)
        }
    }

    /// Puts another program in the place of the one that runs (`BPF_LINK_UPDATE`).
    ///
    /// - Parameters:
    ///   - program: of the same kind.
    ///   - expected: the program that must be there; otherwise nothing is changed.
    /// - Throws: ``KernelError``; `EPERM` if another than the expected program is there.
    public func update(
        to program: KernelProgram, expecting expected: KernelProgram? = nil
    ) throws(KernelError) {
        try descriptor.updateLink(to: program, expecting: expected, "\(self)")
    }
}

extension OpenLink: CustomStringConvertible {
    /// The link as messages name it.
    public var description: String { "link \(info.id) (\(info.kind))" }
}

extension Descriptor {
    /// `BPF_LINK_DETACH`.
    func severLink() throws(KernelErrno) {
        var attributes = LinkDetachAttributes()
        attributes.link = UInt32(bitPattern: number)
        try system.bpf(.linkDetach, &attributes)
    }

    /// `BPF_LINK_UPDATE`.
    func updateLink(
        to program: KernelProgram, expecting expected: KernelProgram?, _ what: String
    ) throws(KernelError) {
        let replace: UInt32 = 4
        var attributes = LinkUpdateAttributes()
        attributes.link = UInt32(bitPattern: number)
        attributes.new = program.number
        if let expected {
            attributes.flags = replace
            attributes.old = expected.number
        }
        do throws(KernelErrno) {
            try system.bpf(.linkUpdate, &attributes)
        } catch {
            let isAnother = expected != nil && error == .notPermitted
            throw KernelError(
                "putting \(program) into \(what)", error,
                reason: isAnother ? "another program than \(expected, default: "") is there" : nil)
        }
    }
}
