import EBPFBytecode
public import EBPFProgram

extension TestContext where Context == SocketAddressContext {
    /// A process that connects to an address (`cgroup/connect4`, `connect6`), or sends there.
    ///
    /// - Parameter from: the address that a datagram is sent from.
    public static func connect(
        to address: TestAddress, port: UInt16, protocol: IPProtocol = .tcp,
        from: TestAddress? = nil
    ) -> Self {
        Self(
            .bpfSockAddr,
            [
                ("user_family", field(address.family)), ("family", field(address.family)),
                (address.isIPv6 ? "user_ip6" : "user_ip4", address.bytes),
                ("user_port", field(port: port)), ("protocol", field(UInt32(`protocol`.value))),
                ("type", field(`protocol` == .udp ? 2 : 1 as UInt32)),
                (address.isIPv6 ? "msg_src_ip6" : "msg_src_ip4", from?.bytes ?? []),
            ])
    }

    /// A process that binds a socket to an address (`cgroup/bind4`, `bind6`).
    public static func bind(
        to address: TestAddress, port: UInt16, protocol: IPProtocol = .tcp
    ) -> Self { connect(to: address, port: port, protocol: `protocol`) }
}

extension TestContext where Context == SocketContext {
    /// A socket that is made, bound or released (`cgroup/sock_create` and others).
    public static func socket(
        family: UInt32 = 2, protocol: IPProtocol = .tcp, source: TestAddress? = nil,
        port: UInt16 = 0, mark: UInt32 = 0, priority: UInt32 = 0, boundInterface: UInt32 = 0
    ) -> Self {
        Self(
            .bpfSock,
            [
                ("family", field(source?.family ?? family)),
                ("protocol", field(UInt32(`protocol`.value))),
                ("type", field(`protocol` == .udp ? 2 : 1 as UInt32)), ("mark", field(mark)),
                ("priority", field(priority)), ("bound_dev_if", field(boundInterface)),
                (source?.isIPv6 ?? false ? "src_ip6" : "src_ip4", source?.bytes ?? []),
                ("src_port", field(UInt32(port))),
            ])
    }
}

extension TestContext where Context == SocketEvent {
    /// Something that happens to a TCP connection (`sockops`).
    ///
    /// - Parameters:
    ///   - operation: what (`BPF_SOCK_OPS_…`): 4 we connected, 5 a peer did, 10 the state changes,
    ///     12 a round trip was measured.
    ///   - roundTrip: the smoothed round-trip time in microseconds.
    public static func event(
        _ operation: UInt32, to remote: TestAddress = "198.51.100.1", port: UInt16 = 80,
        from local: TestAddress = "192.0.2.1", localPort: UInt16 = 40000, roundTrip: UInt32 = 0,
        congestionWindow: UInt32 = 10, state: UInt32 = 1, arguments: [UInt32] = []
    ) -> Self {
        let isIPv6 = remote.isIPv6
        return Self(
            .bpfSockOps,
            [
                ("op", field(operation)), ("family", field(remote.family)),
                (isIPv6 ? "remote_ip6" : "remote_ip4", remote.bytes),
                (isIPv6 ? "local_ip6" : "local_ip4", local.bytes),
                // The port is in the upper half of its field.
                ("remote_port", [0, 0] + field(port: port).prefix(2)),
                ("local_port", field(UInt32(localPort))), ("is_fullsock", field(1 as UInt32)),
                ("snd_cwnd", field(congestionWindow)), ("srtt_us", field(roundTrip &* 8)),
                ("state", field(state)),
            ]
        ).with(arguments: arguments)
    }

    /// The arguments share their place with the reply.
    private func with(arguments: [UInt32]) -> Self {
        var bytes = bytes
        for (index, byte) in arguments.prefix(4).flatMap({ field($0) }).enumerated() {
            bytes[4 + index] = byte
        }
        return Self(bytes: bytes)
    }
}

extension TestContext where Context == SocketLookup {
    /// A connection or datagram that looks for its socket (`sk_lookup`).
    public static func lookup(
        to local: TestAddress = "198.51.100.1", port: UInt16,
        from remote: TestAddress = "192.0.2.1",
        remotePort: UInt16 = 40000, protocol: IPProtocol = .tcp, interface: UInt32 = 1
    ) -> Self {
        let isIPv6 = local.isIPv6
        return Self(
            .bpfSkLookup,
            [
                ("family", field(local.family)), ("protocol", field(UInt32(`protocol`.value))),
                (isIPv6 ? "remote_ip6" : "remote_ip4", remote.bytes),
                (isIPv6 ? "local_ip6" : "local_ip4", local.bytes),
                ("remote_port", field(port: remotePort)), ("local_port", field(UInt32(port))),
                ("ingress_ifindex", field(interface)),
            ])
    }
}
