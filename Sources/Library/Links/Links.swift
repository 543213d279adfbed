public import EBPFHooks
public import EBPFKernel
import Synchronization

/// The attachments of several programs: as long as this value lives, they run.
///
/// ```swift
/// let links = try object.attach()
/// ```
public struct Links: ~Copyable, Sendable {
    /// Keeps a link where many can be kept.
    private final class Holder: Sendable {
        let hook: String
        private let link: Mutex<Link?>

        init(_ link: consuming Link) {
            hook = link.hook
            self.link = Mutex(link)
        }

        func detach() throws(KernelError) {
            let link = self.link.withLock { $0.take() }
            try link?.detach()
        }
    }

    private var holders: [(name: String, holder: Holder)] = []

    /// No attachments yet.
    public init() {}

    /// Where which program is attached, in the order of attaching.
    public var hooks: [(program: String, hook: String)] {
        holders.map { ($0.name, $0.holder.hook) }
    }

    /// How many attachments there are.
    public var count: Int { holders.count }

    /// Takes over an attachment.
    ///
    /// - Parameter program: the program's name, for ``hooks``.
    public mutating func add(_ link: consuming Link, of program: String) {
        holders.append((program, Holder(link)))
    }

    /// Takes the programs off their hooks, the last first.
    ///
    /// - Throws: ``KernelError`` of the first that the kernel does not take off, after all others
    ///   are off.
    public consuming func detach() throws(KernelError) {
        var failure: KernelError?
        while let (_, holder) = holders.popLast() {
            do throws(KernelError) { try holder.detach() } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }
}
