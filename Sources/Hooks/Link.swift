public import EBPFKernel

/// A program's attachment to a hook: as long as this value lives, the program runs there.
///
/// ```swift
/// let link = try program.attach(toTracepoint: "sched:sched_process_exec")
/// ```
///
/// The scope of the value is the attachment. ``detach()`` ends it early and reports failures;
/// ``persist(at:)`` is the only way past the end of the process.
public struct Link: ~Copyable, Sendable {
    /// What holds the program to its hook.
    public var attachment: any Attachment { held }

    private let held: any Attachment
    private var isAttached = true

    /// Takes over an attachment.
    public init(_ attachment: any Attachment) { held = attachment }

    /// Takes the program off its hook.
    ///
    /// - Throws: ``KernelError`` if the kernel does not do it; nothing else is left to try then.
    public consuming func detach() throws(KernelError) {
        var ended = self
        ended.isAttached = false
        try ended.held.detach()
    }

    /// Leaves the program attached after this value and this process are gone.
    ///
    /// - Parameter path: where in the BPF file system to keep the link. Opening it again with
    ///   ``init(pinnedAt:system:)``, or removing the file, ends the attachment.
    /// - Throws: ``KernelError``; then the attachment ends.
    public consuming func persist(at path: String) throws(KernelError) {
        var kept = self
        try kept.held.persist(at: path)
        kept.isAttached = false
    }

    /// Gives the attachment away; who takes it detaches it.
    consuming func release() -> any Attachment {
        var released = self
        released.isAttached = false
        return released.held
    }

    deinit {
        if isAttached { try? held.detach() }
    }
}

/// A way to be attached: by a link of the kernel, a perf event, a netlink message …
///
/// ``detach()`` is called once, by ``Link``; an attachment that ends when its descriptor is closed
/// does nothing in it.
public protocol Attachment: AnyObject, Sendable {
    /// Where the program is attached, for people: "xdp on eth0".
    var hook: String { get }

    /// Takes the program off.
    func detach() throws(KernelError)

    /// Pins the attachment, if this kind can outlive the process.
    func persist(at path: String) throws(KernelError)
}
