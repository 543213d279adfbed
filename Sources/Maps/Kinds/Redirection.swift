import EBPFBytecode

/// A map whose entries are places to send packets to (`bpf_redirect_map`).
public protocol RedirectMap: Map {
    /// Where the packet goes for an index, or `nil` if the entry is empty.
    func target(at index: UInt32) -> RedirectTarget?

    /// All places, for `BPF_F_BROADCAST`; empty where the kind cannot do that.
    func broadcastTargets() -> [RedirectTarget]
}

/// Where a redirected packet goes.
public enum RedirectTarget: Sendable {
    /// Out of a network interface, after a program has run there.
    case interface(index: UInt32, program: MapProgram?)
    /// Into another CPU's queue, where a program may run.
    case cpu(number: UInt32, queueSize: UInt32, program: MapProgram?)
    /// To an AF_XDP socket.
    case socket(XSKSocket)
}

/// What `bpf_redirect_map` decides.
public enum RedirectDecision: Sendable {
    /// The program should return this action: the lower bits of the flags, or `XDP_ABORTED` (0)
    /// for flags that do not exist.
    case action(UInt32)
    /// The packet goes here if the program returns `XDP_REDIRECT` (4).
    case redirect(RedirectTarget)
    /// A copy goes to each; without the interface that it came from if asked.
    case broadcast([RedirectTarget], excludingIngress: Bool)
}

extension RedirectMap {
    private static var actionMask: UInt64 { 3 }
    private static var broadcast: UInt64 { 1 << 3 }  // BPF_F_BROADCAST
    private static var excludeIngress: UInt64 { 1 << 4 }  // BPF_F_EXCLUDE_INGRESS

    /// Where a packet goes (`bpf_redirect_map`).
    public func redirect(index: UInt64, flags: UInt64) -> RedirectDecision {
        let canBroadcast = definition.type == .deviceMap || definition.type == .deviceMapHash
        let known =
            Self.actionMask | (canBroadcast ? Self.broadcast | Self.excludeIngress : 0)
        guard flags & ~known == 0 else { return .action(0) }
        if flags & Self.broadcast != 0 {
            return .broadcast(
                broadcastTargets(),
                excludingIngress: flags & Self.excludeIngress != 0
            )
        }
        guard let target = target(at: UInt32(truncatingIfNeeded: index)) else {
            return .action(UInt32(flags & Self.actionMask))
        }
        return .redirect(target)
    }

    /// Where copies can go; most kinds have one target for a packet.
    public func broadcastTargets() -> [RedirectTarget] { [] }
}
