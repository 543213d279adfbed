public import EBPFProgram

extension TestPacket {
    /// The first segment of a TCP connection, a SYN.
    ///
    /// - Parameters:
    ///   - from: who opens it; addresses with colons make a packet of IPv6.
    ///   - to: whom it is opened to; by default an address for documentation, of the same kind.
    ///   - sourcePort: the port of who opens it.
    ///   - port: the port that it is opened to.
    public static func tcpSYN(
        from source: TestAddress = .client, to destination: TestAddress? = nil,
        sourcePort: UInt16 = 49152, port: UInt16
    ) -> TestPacket {
        tcp(from: source, to: destination, sourcePort: sourcePort, port: port, flags: .syn)
    }

    /// A TCP segment.
    ///
    /// - Parameters:
    ///   - sequence: the number of its first byte.
    ///   - acknowledgment: the number of the byte that is expected next.
    ///   - payload: what it carries.
    public static func tcp(
        from source: TestAddress = .client, to destination: TestAddress? = nil,
        sourcePort: UInt16 = 49152, port: UInt16, flags: TCPFlags = .ack, sequence: UInt32 = 0,
        acknowledgment: UInt32 = 0, payload: [UInt8] = []
    ) -> TestPacket {
        var header = FieldBytes()
        header.append(sourcePort)
        header.append(port)
        header.append(sequence)
        header.append(acknowledgment)
        header.append(UInt8(5 << 4))
        header.append(flags.rawValue)
        header.append(UInt16(65535))
        header.append(UInt32(0))
        return ip(
            from: source, to: destination, .tcp, header.bytes + payload, checksumAt: 16)
    }

    /// A UDP datagram.
    public static func udp(
        from source: TestAddress = .client, to destination: TestAddress? = nil,
        sourcePort: UInt16 = 49152, port: UInt16, payload: [UInt8] = []
    ) -> TestPacket {
        var header = FieldBytes()
        header.append(sourcePort)
        header.append(port)
        header.append(UInt16(truncatingIfNeeded: 8 + payload.count))
        header.append(UInt16(0))
        return ip(from: source, to: destination, .udp, header.bytes + payload, checksumAt: 6)
    }

    /// A question for an echo: a ping, of ICMP or of ICMPv6.
    public static func icmpEcho(
        from source: TestAddress = .client, to destination: TestAddress? = nil,
        identifier: UInt16 = 1, sequence: UInt16 = 1, payload: [UInt8] = []
    ) -> TestPacket {
        var header = FieldBytes()
        header.append(UInt8(source.isIPv6 ? 128 : 8))
        header.append([0, 0, 0])
        header.append(identifier)
        header.append(sequence)
        return ip(
            from: source, to: destination, source.isIPv6 ? .icmpv6 : .icmp,
            header.bytes + payload, checksumAt: 2)
    }

    /// A packet of IPv4 that carries something.
    ///
    /// - Parameter options: the header's options, a multiple of 4 bytes.
    public static func ipv4(
        from source: TestAddress = .client, to destination: TestAddress? = nil,
        protocol carried: IPProtocol, payload: [UInt8], options: [UInt8] = [],
        timeToLive: UInt8 = 64, fragment: UInt16 = 0
    ) -> TestPacket {
        let to = destination ?? source.peer
        let header = InternetHeader.version4(
            from: source, to: to, carried, payloadCount: payload.count, options: options,
            timeToLive: timeToLive, fragment: fragment)
        return ethernet(type: .ipv4, header + payload)
    }

    /// A packet of IPv6 that carries something, or extension headers in front of it.
    public static func ipv6(
        from source: TestAddress = .client6, to destination: TestAddress? = nil,
        next: IPProtocol, payload: [UInt8], hopLimit: UInt8 = 64
    ) -> TestPacket {
        let to = destination ?? source.peer
        let header = InternetHeader.version6(
            from: source, to: to, next, payloadCount: payload.count, hopLimit: hopLimit)
        return ethernet(type: .ipv6, header + payload)
    }

    /// An Ethernet frame that carries something.
    public static func ethernet(
        from source: [UInt8] = [2, 0, 0, 0, 0, 1], to destination: [UInt8] = [2, 0, 0, 0, 0, 2],
        type: EtherType, _ payload: [UInt8]
    ) -> TestPacket {
        var header = FieldBytes()
        header.append(destination)
        header.append(source)
        header.append(type.value)
        return TestPacket(header.bytes + payload)
    }

    /// The packet with a tag of a virtual network in front of what it carries (802.1Q).
    public func tagged(_ network: UInt16) -> TestPacket {
        var tag = FieldBytes()
        tag.append(UInt16(0x8100))
        tag.append(network)
        var packet = self
        packet.bytes.insert(contentsOf: tag.bytes, at: min(12, bytes.count))
        return packet
    }

    /// A packet of either version, with the checksum of what it carries.
    private static func ip(
        from source: TestAddress, to destination: TestAddress?, _ carried: IPProtocol,
        _ payload: [UInt8], checksumAt place: Int
    ) -> TestPacket {
        let to = destination ?? source.peer
        var payload = payload
        let isPlain = carried == .icmp
        let covered =
            isPlain
            ? payload
            : InternetHeader.pseudo(from: source, to: to, carried, payload.count) + payload
        var checksum = InternetHeader.checksum(of: covered)
        // A UDP checksum of zero would say that there is none (RFC 768).
        if carried == .udp, checksum == 0 { checksum = 0xffff }
        payload[place] = UInt8(checksum >> 8)
        payload[place + 1] = UInt8(checksum & 0xff)
        return source.isIPv6
            ? ipv6(from: source, to: to, next: carried, payload: payload)
            : ipv4(from: source, to: to, protocol: carried, payload: payload)
    }
}
