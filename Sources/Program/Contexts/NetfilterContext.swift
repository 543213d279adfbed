/// A packet at a hook of netfilter (`struct bpf_nf_ctx`).
public struct NetfilterContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// Where it is (`struct nf_hook_state`).
    @inline(__always)
    public var state: TrustedPointer<HookState> { load(0) }

    /// The packet (`struct sk_buff`).
    @inline(__always)
    public var packet: TrustedPointer<Packet> { load(8) }
}

/// Where a packet is in netfilter (`struct nf_hook_state`).
public enum HookState {}

/// A packet in the kernel's own form (`struct sk_buff`).
public enum Packet {}
