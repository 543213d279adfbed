import EBPFBytecode
import EBPFMaps

/// Sending packets elsewhere: what programs ask for is recorded.
enum RedirectHelpers {
    static func install(in table: inout HelperTable) {
        table[.cloneRedirect] = cloneRedirect
        table[.redirect] = redirect
        table[.redirectNeigh] = redirectNeighbour
        table[.redirectPeer] = redirectPeer
        table[.redirectMap] = redirectMap
        // There are no sockets to redirect to: SK_DROP.
        table[.skRedirectMap] = { _ in 0 }
        table[.skRedirectHash] = { _ in 0 }
    }

    /// Verdicts of traffic control and XDP.
    private enum Verdict {
        static let shot: UInt64 = 2  // TC_ACT_SHOT
        static let redirectByTrafficControl: UInt64 = 7  // TC_ACT_REDIRECT
        static let aborted: UInt64 = 0  // XDP_ABORTED
        static let redirectByXDP: UInt64 = 4  // XDP_REDIRECT
    }

    /// `BPF_F_INGRESS`: into the interface instead of out of it.
    private static let ingress: UInt64 = 1

    /// `long bpf_redirect(ifindex, flags)`.
    private static func redirect(_ call: HelperCall) throws(Fault) -> UInt64 {
        let interface = call.word(.first)
        switch call.context.kind {
        case .xdp:
            guard call.second == 0 else { return Verdict.aborted }
            call.machine.redirect = .interface(interface, isIngress: false)
            return Verdict.redirectByXDP
        case .socketBuffer:
            guard call.second & ~ingress == 0 else { return Verdict.shot }
            call.machine.redirect = .interface(interface, isIngress: call.second & ingress != 0)
            return Verdict.redirectByTrafficControl
        case .bytes: return KernelErrno.operationNotSupported.helperResult
        }
    }

    /// `long bpf_clone_redirect(skb, ifindex, flags)`.
    private static func cloneRedirect(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let interface = call.word(.second)
        return call.result { () throws(KernelErrno) in
            guard call.third & ~ingress == 0, interface != 0, Int32(exactly: interface) != nil
            else { throw .invalidArgument }
            call.machine.clones.append(
                ClonedPacket(
                    interface: interface,
                    isIngress: call.third & ingress != 0,
                    bytes: call.packet.contents
                )
            )
        }
    }

    /// `long bpf_redirect_map(map, key, flags)`.
    private static func redirectMap(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        guard let places = map as? any RedirectMap else { throw .badArgument(1, .map) }
        let targets: [RedirectTarget]
        switch places.redirect(index: call.second, flags: call.third) {
        case .action(let action):
            call.machine.redirect = nil
            return UInt64(action)
        case .redirect(let target): targets = [target]
        case .broadcast(let all, let excludesIngress):
            let ingress = call.context[word: XDPField.ingressInterface]
            targets = excludesIngress ? all.filter { !$0.isInterface(ingress) } : all
        }
        call.machine.redirect = .map(
            MapRedirect(
                map: map.definition.name,
                type: map.definition.type,
                key: call.word(.second),
                destinations: targets.map(MapRedirect.Destination.init)
            )
        )
        return Verdict.redirectByXDP
    }

    /// The size of `struct bpf_redir_neigh`.
    private static let neighbourByteCount = 20

    /// `long bpf_redirect_neigh(ifindex, params, plen, flags)`.
    private static func redirectNeighbour(_ call: HelperCall) throws(Fault) -> UInt64 {
        let parameters = unsafe try call.readableBytes(.second, size: .third)
        guard unsafe parameters.isEmpty || parameters.count >= neighbourByteCount, call.fourth == 0
        else { return Verdict.shot }
        call.machine.redirect = .neighbour(call.word(.first))
        return Verdict.redirectByTrafficControl
    }

    /// `long bpf_redirect_peer(ifindex, flags)`.
    private static func redirectPeer(_ call: HelperCall) throws(Fault) -> UInt64 {
        guard call.second == 0 else { return Verdict.shot }
        call.machine.redirect = .peer(call.word(.first))
        return Verdict.redirectByTrafficControl
    }
}

extension RedirectTarget {
    /// Whether this is the interface with an index.
    fileprivate func isInterface(_ index: UInt32) -> Bool {
        guard case .interface(index, _) = self else { return false }
        return true
    }
}
