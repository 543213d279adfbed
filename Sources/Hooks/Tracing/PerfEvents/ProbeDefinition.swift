import EBPFBytecode
import EBPFKernel
import Synchronization

/// A probe written into tracefs (`kprobe_events`, `uprobe_events`) and the duty to remove it: the
/// way before Linux 4.17 had PMUs for probes.
final class ProbeDefinition: Sendable {
    /// The group that all our definitions are in, so that leftovers can be told.
    static let group = "swift_ebpf"

    /// The event's name in the group, unique in the machine.
    let name: String
    private let tracefs: Tracefs
    private let file: String
    private let isDefined = Mutex(true)
    private static let count = Mutex<UInt64>(0)

    /// Defines a probe.
    ///
    /// - Parameters:
    ///   - kind: `p` for the entry, `r` for the return, with `maxactive`: `r16`.
    ///   - place: what the kernel's `uprobetracer` or `kprobetrace` documents: `PATH:0xOFFSET`,
    ///     `SYMBOL+OFFSET`.
    /// - Throws: the kernel's error number.
    init(
        _ kind: String, _ place: String, in file: String, _ tracefs: Tracefs, process: Int
    ) throws(KernelErrno) {
        let number = Self.count.withLock { count in
            count &+= 1
            return count
        }
        name = "p\(process)_\(number)"
        self.tracefs = tracefs
        self.file = file
        try tracefs.append("\(kind):\(Self.group)/\(name) \(place)", to: file)
    }

    /// Defines a probe, with a number of this process in its name.
    ///
    /// - Throws: ``KernelError`` that says which file refused it.
    static func define(
        _ kind: String, _ place: String, in file: String, _ tracefs: Tracefs, _ action: String
    ) throws(KernelError) -> ProbeDefinition {
        do throws(KernelErrno) {
            let process = try tracefs.system.call(.getProcessID)
            return try ProbeDefinition(kind, place, in: file, tracefs, process: process)
        } catch {
            var failure = KernelError(action, error)
            switch error {
            case .noEntry:
                failure.reason = "this kernel has neither a unit for such probes nor \(file)"
                failure.remedy = "use a kernel with CONFIG_KPROBE_EVENTS and CONFIG_UPROBE_EVENTS"
            case .accessDenied, .notPermitted:
                failure.reason = "this process may not write \(file)"
                failure.remedy = "run as root; kernel lockdown may forbid it to root, too"
            default: failure.reason = "\(file) refused \"\(kind) \(place)\""
            }
            throw failure
        }
    }

    /// Removes it, once.
    func remove() {
        let isFirst = isDefined.withLock { isDefined in
            defer { isDefined = false }
            return isDefined
        }
        guard isFirst else { return }
        // Nobody is left to tell: the kernel refuses only while the event is in use by others.
        try? tracefs.append("-:\(Self.group)/\(name)", to: file)
    }

    deinit { remove() }
}
