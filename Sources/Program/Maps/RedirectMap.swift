/// A map of places that packets can be sent to.
public protocol RedirectMap: ProgramMap, ~Copyable {}

extension RedirectMap where Self: ~Copyable {
    /// The verdict that sends the packet to an entry (`bpf_redirect_map`).
    ///
    /// - Parameter fallback: the verdict if there is no such entry.
    @inline(__always)
    public func redirect(to index: UInt32, else fallback: XDPAction = .aborted) -> XDPAction {
        XDPAction(
            Int32(
                truncatingIfNeeded: Helpers.redirectMap(
                    address, UInt64(index), UInt64(truncatingIfNeeded: fallback.rawValue))))
    }

    /// The verdict that sends copies to all entries (`BPF_F_BROADCAST`).
    ///
    /// - Parameter exceptIncoming: not to the interface that the packet came in by.
    @inline(__always)
    public func broadcast(exceptIncoming: Bool = true) -> XDPAction {
        XDPAction(
            Int32(
                truncatingIfNeeded: Helpers.redirectMap(
                    address, 0, exceptIncoming ? 0x18 : 0x08)))
    }
}
