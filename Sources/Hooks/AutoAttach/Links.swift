public import EBPFKernel

/// Several attachments that live and end together.
///
/// ```swift
/// let links = try object.attachAll()
/// ```
///
/// The scope of the value is that of every attachment in it.
public struct Links: ~Copyable, Sendable {
    /// A program, or a map of operations, that is attached.
    public struct Member: Sendable {
        /// Its name in the object.
        public let name: String
        /// What holds it to its hook.
        public let attachment: any Attachment
    }

    /// What is attached, in the order in which it was done.
    public private(set) var members: [Member] = []
    /// What was left alone, as its section does not say where to attach it, and what would.
    public internal(set) var left: [(name: String, error: KernelError)] = []

    /// Nothing attached.
    public init() {}

    /// Takes over an attachment.
    public mutating func add(_ link: consuming Link, named name: String) {
        members.append(Member(name: name, attachment: link.release()))
    }

    /// Notes what is left alone.
    ///
    /// - Parameters:
    ///   - name: its name in the object.
    ///   - error: why it is not attached, and what would.
    public mutating func leave(_ name: String, _ error: KernelError) {
        left.append((name, error))
    }

    /// Takes over what another value holds.
    public mutating func add(contentsOf others: consuming Links) {
        var others = others
        members += others.members
        left += others.left
        others.members = []
    }

    /// Takes everything off, the last attachment first.
    ///
    /// - Throws: the first ``KernelError``, after all were tried.
    public consuming func detach() throws(KernelError) {
        var ended = self
        let attached = ended.members
        ended.members = []
        var failure: KernelError?
        for member in attached.reversed() {
            do throws(KernelError) {
                try member.attachment.detach()
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Leaves everything attached after this value and this process are gone.
    ///
    /// - Parameter path: where in the BPF file system to keep the attachment of a program or map, by
    ///   its name; `nil` for what stays by itself.
    /// - Throws: the first ``KernelError``; then what is not kept yet is taken off.
    public consuming func persist(
        at path: (_ name: String) -> String?
    ) throws(KernelError) {
        var kept = self
        while let member = kept.members.first {
            if let path = path(member.name) { try member.attachment.persist(at: path) }
            kept.members.removeFirst()
        }
    }

    deinit {
        for member in members.reversed() { try? member.attachment.detach() }
    }
}
