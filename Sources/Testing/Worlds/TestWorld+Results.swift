public import EBPFBytecode
public import EBPFExecution

/// What runs leave behind besides verdicts and maps.
extension TestWorld {
    /// The packet as the last run left it, from its first visible byte on; or the data that the
    /// context pointed to.
    public var packet: [UInt8] { state.last.packet }

    /// The context as the last run left it, in the layout of the UAPI.
    public var context: [UInt8] { state.last.context }

    /// What an XDP program put in front of the packet (`bpf_xdp_adjust_meta`); the kernel does not
    /// show it.
    public var metadata: [UInt8] { state.last.metadata }

    /// Where the last run wants the packet to go, if it called a redirect helper; the kernel does
    /// not say it.
    public var redirect: Redirect? { state.last.redirect }

    /// Copies of the packet that the last run sent (`bpf_clone_redirect`); the kernel does not say
    /// them.
    public var clones: [ClonedPacket] { state.last.clones }

    /// How often programs have called a helper: `world.calls(of: .mapLookupElem)`.
    ///
    /// Tail calls are not counted: they do not come back. The kernel does not count.
    public func calls(of helper: HelperID) -> Int { state.counter.count(of: helper) }
}
