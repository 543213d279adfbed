import EBPFBytecode
public import EBPFKernel
import Synchronization

/// A program at a perf event: a tracepoint, a probe, a clock, a counter.
///
/// Since Linux 5.15 a link of the kernel joins the two (`BPF_LINK_CREATE`); before, the event holds
/// the program itself (`PERF_EVENT_IOC_SET_BPF`).
public final class PerfEventAttachment: Attachment {
    /// Where the program is attached.
    public let hook: String
    private let held: Mutex<Held?>
    private let definition: ProbeDefinition?

    private struct Held: ~Copyable {
        let link: BPFLink?
        let event: Descriptor
    }

    /// Joins a program with an event that was opened disabled, and enables the event.
    ///
    /// - Parameters:
    ///   - event: the event, owned from here on.
    ///   - cookie: a number that the program can ask for (`bpf_get_attach_cookie`).
    ///   - definition: what to remove from tracefs after the event is closed.
    /// - Throws: ``KernelError``; for a cookie on kernels that have none, too.
    init(
        _ program: KernelProgram, to event: consuming Descriptor, cookie: UInt64, hook: String,
        definition: ProbeDefinition? = nil
    ) throws(KernelError) {
        let link = try attempting("attaching \(program) to \(hook)") { () throws(KernelErrno) in
            let link = try Self.join(program, event, cookie, hook)
            try event.control(PerfEventControl.enable)
            return link
        }
        self.hook = hook
        self.definition = definition
        held = Mutex(Held(link: link, event: event))
    }

    /// The link, or nothing where the event holds the program.
    private static func join(
        _ program: KernelProgram, _ event: borrowing Descriptor, _ cookie: UInt64, _ hook: String
    ) throws(KernelErrno) -> BPFLink? {
        var attributes = PerfEventLinkAttributes()
        attributes.program = program.number
        attributes.target = UInt32(bitPattern: event.number)
        attributes.attachType = AttachType.perfEvent.rawValue
        attributes.cookie = cookie
        do throws(KernelErrno) {
            let link = try program.system.openBPF(.linkCreate, &attributes)
            return BPFLink(owning: link, hook: hook)
        } catch {
            // Kernels without such links refuse the attach type; others refuse for good reasons,
            // and then refuse the other way, too.
            guard error == .invalidArgument, cookie == 0 else { throw error }
        }
        try event.control(PerfEventControl.setProgram, Int(program.descriptor.number))
        return nil
    }

    /// Closes the link and the event, and removes what was defined for it.
    public func detach() {
        held.withLock { $0 = nil }
        definition?.remove()
    }

    /// Pins the link (`BPF_OBJ_PIN`); events without a link end with their process.
    public func persist(at path: String) throws(KernelError) {
        guard let link else {
            throw KernelError(
                "keeping the link to \(hook)", .operationNotSupported,
                reason: "this kernel has no links on perf events",
                remedy: "keep the process running, or use Linux 5.15 or later")
        }
        try link.persist(at: path)
    }

    /// The kernel's link; `nil` where the event holds the program, and after detaching.
    public var link: BPFLink? { held.withLock { $0?.link } }

    deinit { detach() }
}

/// The requests that ioctl(2) knows for perf events (`PERF_EVENT_IOC_…`).
enum PerfEventControl {
    /// `PERF_EVENT_IOC_ENABLE`.
    static let enable = 0x2400
    /// `PERF_EVENT_IOC_SET_BPF`.
    static let setProgram = 0x4004_2408
}

extension Descriptor {
    /// ioctl(2) with a number as argument.
    func control(_ request: Int, _ argument: Int = 0) throws(KernelErrno) {
        try system.call(.ioControl, Int(number), request, argument)
    }
}
