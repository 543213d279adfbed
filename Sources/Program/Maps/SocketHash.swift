/// Sockets that data can be sent to, by key (`BPF_MAP_TYPE_SOCKHASH`).
@_rawLayout(like: MapDefinition)
public struct SocketHash<Key: BitwiseCopyable>: ~Copyable, SocketTable, @unchecked Sendable {
    /// A table of at most `maxEntries` sockets.
    @inline(__always)
    public init(maxEntries: Int, pinned: Bool = false) {
        define(
            18, key: MemoryLayout<Key>.size, value: 8, maxEntries: maxEntries, pinned: pinned,
            roles: MapRoles.key)
    }

    /// The verdict that sends a message to the socket of a key (`bpf_msg_redirect_hash`).
    ///
    /// - Parameter ingress: it arrives there, as if it had been received.
    @inline(__always)
    public func redirect(
        _ message: SocketMessage, to key: Key, ingress: Bool = false
    ) -> SocketVerdict {
        var key = key
        return SocketVerdict(
            Int32(
                truncatingIfNeeded: Helpers.msgRedirectHash(
                    message.pointer, address, &key, ingress ? 1 : 0)))
    }

    /// The verdict that sends received data to the socket of a key (`bpf_sk_redirect_hash`).
    @inline(__always)
    public func redirect(
        _ packet: SocketBuffer, to key: Key, ingress: Bool = false
    ) -> SocketVerdict {
        var key = key
        return SocketVerdict(
            Int32(
                truncatingIfNeeded: Helpers.skRedirectHash(
                    packet.pointer, address, &key, ingress ? 1 : 0)))
    }

    /// Adds the socket of an event (`bpf_sock_hash_update`); returns whether it was done.
    @inline(__always) @discardableResult
    public func add(_ event: SocketEvent, at key: Key, _ mode: UpdateMode = .any) -> Bool {
        var key = key
        return Helpers.sockHashUpdate(event.pointer, address, &key, mode.rawValue) == 0
    }
}
