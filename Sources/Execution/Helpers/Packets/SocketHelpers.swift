import EBPFBytecode

/// Sockets: user space has none, so every search finds nothing.
enum SocketHelpers {
    static func install(in table: inout HelperTable) {
        for helper in searches { table[helper] = nothing }
        table[86] = { _ in 0 }  // bpf_sk_release
        table[52] = { _ in 0 }  // bpf_sk_redirect_map: SK_DROP
        table[72] = { _ in 0 }  // bpf_sk_redirect_hash: SK_DROP
    }

    /// `bpf_sk_lookup_tcp`, `_udp`, `bpf_sk_fullsock`, `bpf_tcp_sock`, `bpf_get_listener_sock`,
    /// `bpf_skc_lookup_tcp`, and the casts of sockets (`bpf_skc_to_…`).
    private static let searches = [84, 85, 95, 96, 98, 99, 136, 137, 138, 139, 140, 178, 196]

    private static func nothing(_ call: HelperCall) throws(Fault) -> UInt64 {
        call.machine.host.reportOnce(
            "user space has no sockets: helpers that search for one find none", key: "sockets")
        return 0
    }
}
