// Counts packets and bytes by protocol, at the earliest place that Linux has for it (XDP).
import EBPFProgram

public struct Traffic: BitwiseCopyable {
    public var packets: UInt64
    public var bytes: UInt64
}

/// By what a packet carries: IP's number for it, or for packets other than IP, Ethernet's.
/// The two ranges do not meet.
let protocols = HashMap<UInt32, Traffic>(maxEntries: 256)

/// A tag of a virtual network (IEEE 802.1Q), which stands before the type of what follows.
struct NetworkTag {
    var control: BigEndian<UInt16>
    var type: EtherType
}

/// The header of an IPv6 packet (RFC 8200).
struct IPv6Header {
    var versionAndFlow: UInt32
    var length: BigEndian<UInt16>
    var next: UInt8
    var hopLimit: UInt8
    var addresses: InlineArray<4, UInt64>
}

/// The beginning of each extension header of IPv6; the length counts eight bytes as one.
struct Extension {
    var next: UInt8
    var length: UInt8
    var content: InlineArray<6, UInt8>
}

/// The part of a packet that is still to be read.
struct Rest {
    let packet: XDPContext
    var offset = 0

    /// The next header, or nothing when the packet is too short.
    mutating func take<Fields>(_ type: Fields.Type) -> Fields? {
        guard let header = packet.header(type, at: offset) else { return nil }
        offset += MemoryLayout<Fields>.size
        return header.value
    }

    /// The type that Ethernet gives, behind at most two tags.
    mutating func ethernetType() -> EtherType? {
        guard var type = take(Ethernet.self)?.type else { return nil }
        for _ in 0..<2 where type == .vlan || type == EtherType(0x88a8) {
            guard let tag = take(NetworkTag.self) else { return nil }
            type = tag.type
        }
        return type
    }

    /// The protocol behind IPv6's extension headers, of which only those that routers and hosts
    /// insert are passed: hop-by-hop (0), routing (43), fragment (44), destination options (60).
    mutating func protocolOfIPv6() -> UInt32 {
        guard let ip = take(IPv6Header.self) else { return 0x86dd }
        var found = ip.next
        for _ in 0..<6 {
            guard found == 0 || found == 43 || found == 44 || found == 60,
                let header = take(Extension.self)
            else { break }
            if found != 44 { offset += Int(header.length) * 8 }
            found = header.next
        }
        return UInt32(found)
    }

    /// What the packet carries.
    mutating func carriedProtocol() -> UInt32 {
        guard let type = ethernetType() else { return 0 }
        if type == .ipv4 {
            return take(IPv4.self).map { UInt32($0.protocol.value) } ?? UInt32(type.value)
        }
        return type == .ipv6 ? protocolOfIPv6() : UInt32(type.value)
    }
}

@section("xdp") @used
func countPackets(_ packet: XDPContext) -> XDPAction {
    var rest = Rest(packet: packet)
    let found = rest.carriedProtocol()
    let bytes = UInt64(packet.byteCount)

    if let seen = protocols.lookup(found) {
        seen.pointee.packets.atomicAdd(1)
        seen.pointee.bytes.atomicAdd(bytes)
    } else {
        protocols.update(found, Traffic(packets: 1, bytes: bytes))
    }
    return .pass
}
