import EBPFBytecode

/// What a tunnel or IPsec said about a packet: nothing, since no interface here is one.
enum TunnelHelpers {
    static func install(in table: inout HelperTable) {
        table[.skbGetTunnelKey] = clearing(.invalidArgument)  // bpf_skb_get_tunnel_key
        table[.skbGetTunnelOpt] = clearing(.noEntry)  // bpf_skb_get_tunnel_opt
        table[.skbGetXfrmState] = transformState
    }

    /// `long bpf_skb_get_tunnel_key(skb, key, size, flags)` and its sister for options fail, and
    /// clear the destination.
    private static func clearing(_ error: KernelErrno) -> HelperBody {
        { call throws(Fault) in
            try call.requireSocketBuffer()
            let destination = unsafe try call.destination(.second, size: .third)
            unsafe destination.initializeMemory(as: UInt8.self, repeating: 0)
            return error.helperResult
        }
    }

    /// `long bpf_skb_get_xfrm_state(skb, index, xfrm_state, size, flags)`.
    private static func transformState(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let destination = unsafe try call.destination(.third, size: .fourth)
        unsafe destination.initializeMemory(as: UInt8.self, repeating: 0)
        return KernelErrno.invalidArgument.helperResult
    }
}
