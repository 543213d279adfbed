import EBPFBytecode
public import EBPFKernel
import Synchronization

/// A program in several places that are one to the user: a perf event on every processor.
public final class JointAttachment: Attachment {
    /// Where the program is attached.
    public let hook: String
    private let held = Mutex<[any Attachment]>([])

    init(hook: String) { self.hook = hook }

    func add(_ link: consuming Link) {
        let attachment = link.release()
        held.withLock { $0.append(attachment) }
    }

    /// Takes the program off all places.
    ///
    /// - Throws: the first ``KernelError``, after all were tried.
    public func detach() throws(KernelError) {
        let ended = held.withLock { held in
            defer { held = [] }
            return held
        }
        var failure: KernelError?
        for attachment in ended {
            do throws(KernelError) {
                try attachment.detach()
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Only what is in one place can outlive the process.
    public func persist(at path: String) throws(KernelError) {
        let places = held.withLock { $0 }
        guard places.count == 1, let only = places.first else {
            throw KernelError(
                "keeping the link to \(hook)", .operationNotSupported,
                reason: "it is \(places.count) links, one for each place",
                remedy: "keep the process running, or attach to one processor at a time")
        }
        try only.persist(at: path)
    }

    deinit { try? detach() }
}
