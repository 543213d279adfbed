extension Packet {
    /// The packet with an Ethernet header, for programs that expect one.
    ///
    /// | link type | destination | source | type |
    /// |---|---|---|---|
    /// | Ethernet | unchanged | unchanged | unchanged |
    /// | raw IP, IPv4, IPv6 | 0 | 0 | by the version in the first byte |
    /// | BSD null and loopback | 0 | 0 | by the address family |
    /// | Linux SLL, SLL2 | broadcast if the packet was one, else 0 | the sender's, if Ethernet's | its protocol; for LLC the length |
    ///
    /// The result is `nil` when the link type has no such form (netlink, radio, unknown types) or
    /// the packet is too short to tell.
    public var ethernetForm: Packet? {
        guard linkType != .ethernet else { return self }
        guard let header = synthesizedHeader else { return nil }
        let payload = bytes.dropFirst(header.replaced)
        var packet = self
        packet.linkType = .ethernet
        packet.bytes = header.destination + header.source
        packet.bytes += header.type(payloadCount: payload.count) + payload
        packet.originalLength = max(
            originalLength - header.replaced + EthernetHeader.byteCount,
            packet.bytes.count
        )
        return packet
    }

    private var synthesizedHeader: EthernetHeader? {
        switch linkType {
        case .rawIP, .rawIPOfBSD, .rawIPOfOpenBSD:
            internetType(version: bytes.first.map { $0 >> 4 }).map { EthernetHeader($0) }
        case .ipv4: EthernetHeader(EthernetHeader.ipv4)
        case .ipv6: EthernetHeader(EthernetHeader.ipv6)
        case .null, .loopback: familyHeader
        case .linuxSLL: cookedHeader(.version1)
        case .linuxSLL2: cookedHeader(.version2)
        default: nil
        }
    }

    private func internetType(version: UInt8?) -> UInt16? {
        switch version {
        case 4: EthernetHeader.ipv4
        case 6: EthernetHeader.ipv6
        default: nil
        }
    }

    /// BSD's loopback: the number of IPv6's family differs between systems, and its byte order
    /// between machines, so all are tried.
    private var familyHeader: EthernetHeader? {
        guard bytes.count >= 4 else { return nil }
        let nonzero = bytes.prefix(4).filter { $0 != 0 }
        guard nonzero.count == 1, bytes[0] != 0 || bytes[3] != 0 else { return nil }
        switch nonzero[0] {
        case 2: return EthernetHeader(EthernetHeader.ipv4, replaced: 4)
        case 10, 24, 28, 30: return EthernetHeader(EthernetHeader.ipv6, replaced: 4)
        default: return nil
        }
    }

    private func cookedHeader(_ layout: CookedLayout) -> EthernetHeader? {
        guard bytes.count >= layout.byteCount,
            !CookedLayout.foreignDevices.contains(number(layout.deviceType))
        else { return nil }
        var header = EthernetHeader(number(layout.protocolType), replaced: layout.byteCount)
        if bytes[layout.packetType] == CookedLayout.broadcast {
            header.destination = Array(repeating: 0xff, count: 6)
        }
        if bytes[layout.addressLength] == 6 {
            header.source = Array(bytes[layout.address..<layout.address + 6])
        }
        return header
    }

    private func number(_ place: Int) -> UInt16 {
        UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    }
}

/// The fourteen bytes that take the place of another header.
private struct EthernetHeader {
    static let byteCount = 14
    static let ipv4: UInt16 = 0x0800
    static let ipv6: UInt16 = 0x86dd
    /// Numbers below are not types but lengths of 802.3 frames (and Linux's names for those).
    static let leastType: UInt16 = 0x0600

    var destination: [UInt8] = Array(repeating: 0, count: 6)
    var source: [UInt8] = Array(repeating: 0, count: 6)
    let protocolType: UInt16
    /// How many bytes of the packet it takes the place of.
    let replaced: Int

    init(_ protocolType: UInt16, replaced: Int = 0) {
        self.protocolType = protocolType
        self.replaced = replaced
    }

    /// The last two bytes: the type, or for frames without one the number of bytes that follow.
    func type(payloadCount: Int) -> [UInt8] {
        let number =
            protocolType >= Self.leastType
            ? protocolType : UInt16(clamping: min(payloadCount, 1500))
        return [UInt8(number >> 8), UInt8(number & 0xff)]
    }
}

/// Where the fields of a Linux "cooked" header lie.
private struct CookedLayout {
    let byteCount, deviceType, packetType, addressLength, address, protocolType: Int

    /// `LINKTYPE_LINUX_SLL`; for one-byte values of two-byte fields, the place of the low byte.
    static let version1 = CookedLayout(
        byteCount: 16,
        deviceType: 2,
        packetType: 1,
        addressLength: 5,
        address: 6,
        protocolType: 14
    )
    /// `LINKTYPE_LINUX_SLL2`.
    static let version2 = CookedLayout(
        byteCount: 20,
        deviceType: 8,
        packetType: 10,
        addressLength: 11,
        address: 12,
        protocolType: 0
    )

    /// The packet type of broadcasts (`PACKET_BROADCAST`).
    static let broadcast: UInt8 = 1
    /// Devices whose protocol field is not an Ethernet type: frame relay, 802.11, netlink.
    static let foreignDevices: Set<UInt16> = [770, 801, 802, 803, 824]
}
