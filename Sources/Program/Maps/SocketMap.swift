/// Sockets that data can be sent to, by index (`BPF_MAP_TYPE_SOCKMAP`).
@_rawLayout(like: MapDefinition)
public struct SocketMap: ~Copyable, SocketTable, @unchecked Sendable {
    /// Sockets are found by their numbers.
    public typealias Key = UInt32

    /// An array of so many places, which are empty at first.
    @inline(__always)
    public init(maxEntries: Int, pinned: Bool = false) {
        define(15, key: 4, value: 8, maxEntries: maxEntries, pinned: pinned)
    }

    /// The verdict that sends a message to the socket at an index (`bpf_msg_redirect_map`).
    ///
    /// - Parameter ingress: it arrives there, as if it had been received.
    @inline(__always)
    public func redirect(
        _ message: SocketMessage, to index: UInt32, ingress: Bool = false
    ) -> SocketVerdict {
        SocketVerdict(
            Int32(
                truncatingIfNeeded: Helpers.msgRedirectMap(
                    message.pointer, address, index, ingress ? 1 : 0)))
    }

    /// The verdict that sends received data to the socket at an index (`bpf_sk_redirect_map`).
    @inline(__always)
    public func redirect(
        _ packet: SocketBuffer, to index: UInt32, ingress: Bool = false
    ) -> SocketVerdict {
        SocketVerdict(
            Int32(
                truncatingIfNeeded: Helpers.skRedirectMap(
                    packet.pointer, address, index, ingress ? 1 : 0)))
    }

    /// Adds the socket of an event (`bpf_sock_map_update`); returns whether it was done.
    @inline(__always) @discardableResult
    public func add(_ event: SocketEvent, at index: UInt32, _ mode: UpdateMode = .any) -> Bool {
        var index = index
        return Helpers.sockMapUpdate(event.pointer, address, &index, mode.rawValue) == 0
    }
}
