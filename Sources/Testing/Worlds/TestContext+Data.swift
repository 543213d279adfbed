import EBPFBytecode
import EBPFExecution
public import EBPFProgram

extension TestContext where Context == SocketMessage {
    /// Data that a process sends through a socket (`sk_msg`); the program may read all of them.
    public static func message(
        _ data: [UInt8], to remote: TestAddress = "198.51.100.1", port: UInt16 = 80,
        from local: TestAddress = "192.0.2.1", localPort: UInt16 = 40000
    ) -> Self {
        let isIPv6 = remote.isIPv6
        return Self(
            .skMsgMd,
            [
                ("family", field(remote.family)),
                (isIPv6 ? "remote_ip6" : "remote_ip4", remote.bytes),
                (isIPv6 ? "local_ip6" : "local_ip4", local.bytes),
                // The port is in the upper half of its field.
                ("remote_port", [0, 0] + field(port: port).prefix(2)),
                ("local_port", field(UInt32(localPort))), ("size", field(UInt32(data.count))),
            ], data: ContextData(data, startField: 0, endField: 8))
    }
}

extension TestContext where Context == SocketOptionContext {
    /// An option that a process sets, or has read (`cgroup/setsockopt`, `cgroup/getsockopt`).
    ///
    /// - Parameters:
    ///   - level: whose option it is: `SOL_SOCKET` is 1, `IPPROTO_TCP` 6.
    ///   - value: its value; what the program has made of it is the world's `packet`.
    ///   - result: what the kernel says when it is read: 0, or an error number below 0.
    public static func option(
        level: Int32, name: Int32, value: [UInt8] = [], result: Int32 = 0
    ) -> Self {
        Self(
            .bpfSockopt,
            [
                ("level", field(level)), ("optname", field(name)),
                ("optlen", field(Int32(clamping: value.count))), ("retval", field(result)),
            ], data: ContextData(value, startField: 8, endField: 16))
    }
}

extension TestContext where Context == ReusePortContext {
    /// A connection or datagram for a group of sockets (`sk_reuseport`).
    ///
    /// - Parameter data: what the program sees of the packet, from the header of the transport on.
    public static func arrival(
        _ data: [UInt8], protocol: IPProtocol = .udp, hash: UInt32 = 0
    ) -> Self {
        Self(
            .skReuseportMd,
            [
                ("len", field(UInt32(data.count))),
                ("eth_protocol", field(UInt32(EtherType.ipv4.value.bigEndian))),
                ("ip_protocol", field(UInt32(`protocol`.value))), ("hash", field(hash)),
            ], data: ContextData(data, startField: 0, endField: 8))
    }
}

extension TestContext where Context == NetfilterContext {
    /// A packet at a hook of netfilter.
    public static func hook(
        packet: KernelPointer<EBPFProgram.Packet>, state: KernelPointer<HookState>? = nil
    ) -> Self {
        Self(
            .bpfNfCtx,
            [
                ("state", field(UInt64(state?.address ?? 0))),
                ("skb", field(UInt64(packet.address))),
            ])
    }
}
