/// A place in the machine of a user-space host where programs run when something happens there.
///
/// Nothing happens by itself in this machine: its owner lets packets arrive
/// (``UserSpaceHost/receive(_:on:origin:)``) and events happen (``UserSpaceHost/trigger(_:context:)``),
/// and says which place by the name that attaching gave it.
public struct MachineHook: Hashable, Sendable {
    /// What happens at the place.
    public enum Kind: String, Hashable, Sendable {
        /// Packets arrive, before anything else sees them; one program.
        case xdp = "XDP"
        /// Packets that XDP let pass arrive.
        case ingress
        /// Packets are sent.
        case egress
        /// A tracepoint writes its record: `sched:sched_process_exec`.
        case tracepoint
        /// A tracepoint passes, with its own arguments: `sched_process_exec`.
        case rawTracepoint = "raw tracepoint"
        /// A function of the kernel, or of a program (`libc:malloc`), is entered.
        case entry = "entry of"
        /// A function returns.
        case exit = "return of"
        /// A marker in a program passes: `provider:name`.
        case marker = "marker"
        /// A hook of the security modules asks.
        case security = "security hook"
        /// A control group asks or tells; the place is its path and what is asked.
        case controlGroup = "cgroup"
    }

    /// What happens there.
    public let kind: Kind
    /// The interface, the tracepoint, the function …
    public let place: String

    /// A place.
    public init(_ kind: Kind, _ place: String) {
        self.kind = kind
        self.place = place
    }

    /// Whether one program fills the place.
    var isExclusive: Bool { kind == .xdp }
}

extension MachineHook: CustomStringConvertible {
    /// "XDP on eth0", "tracepoint sched:sched_process_exec".
    public var description: String {
        switch kind {
        case .xdp: "XDP on \(place)"
        case .ingress, .egress: "\(kind.rawValue) of \(place)"
        default: "\(kind.rawValue) \(place)"
        }
    }
}
