// Drops packets from blocked networks and to blocked ports, and counts what each rule did (XDP).
//
// The longest matching network decides, so an exception is a longer prefix with `.allow`. The rules
// are put into the maps by `loadRules`, which runs once, before the first packet.
import EBPFProgram

public struct Action: BitwiseCopyable, Equatable {
    public let code: UInt32
    static var allow: Action { Action(code: 0) }
    static var deny: Action { Action(code: 1) }
}

public struct Rule: BitwiseCopyable {
    public let action: Action
    public var packets: UInt32 = 0
    public var bytes: UInt64 = 0
}

public struct Service: BitwiseCopyable {
    public var `protocol`: UInt16
    public var port: UInt16
}

public struct Address6: BitwiseCopyable {
    public var words: InlineArray<4, UInt32>
}

let networks4 = LPMTrie<IPv4Address, Rule>(maxEntries: 1024)
let networks6 = LPMTrie<Address6, Rule>(maxEntries: 1024)
let services = HashMap<Service, Rule>(maxEntries: 1024, flags: .allocatesLater)

/// The header of an IPv6 packet (RFC 8200).
struct IPv6Header {
    var versionAndFlow: UInt32
    var length: BigEndian<UInt16>
    var next: IPProtocol
    var hopLimit: UInt8
    var source: Address6
    var destination: Address6
}

/// What TCP and UDP begin with.
struct Ports {
    var source: BigEndian<UInt16>
    var destination: BigEndian<UInt16>
}

/// The rule that decides about a packet, if one does.
func rule(for packet: XDPContext) -> UnsafeMutablePointer<Rule>? {
    guard let ethernet = packet.header(Ethernet.self) else { return nil }
    var service = Service(protocol: 0, port: 0)
    var offset = 14
    if ethernet.value.type == .ipv4 {
        guard let ip = packet.header(IPv4.self, at: offset) else { return nil }
        if let rule = networks4.longestMatch(ip.value.source) { return rule }
        let isFirstFragment = ip.value.fragment.value & 0x1fff == 0  // only that one has ports
        guard isFirstFragment else { return nil }
        service.protocol = UInt16(ip.value.protocol.value)
        offset += ip.value.headerLength
    } else if ethernet.value.type == .ipv6 {
        guard let ip = packet.header(IPv6Header.self, at: offset) else { return nil }
        if let rule = networks6.longestMatch(ip.value.source) { return rule }
        service.protocol = UInt16(ip.value.next.value)
        offset += MemoryLayout<IPv6Header>.size
    } else {
        return nil
    }
    guard let ports = packet.header(Ports.self, at: offset) else { return nil }
    service.port = ports.value.destination.value
    return services.lookup(service)
}

@section("xdp") @used
func firewall(_ packet: XDPContext) -> XDPAction {
    guard let rule = rule(for: packet) else { return .pass }
    rule.pointee.packets.atomicAdd(1)
    rule.pointee.bytes.atomicAdd(UInt64(packet.byteCount))
    return rule.pointee.action == .deny ? .drop : .pass
}

// Not a "syscall" program, for the kernel lets those use no tries.
@section("xdp") @used
func loadRules(_: XDPContext) -> XDPAction {
    let (deny, allow) = (Rule(action: .deny), Rule(action: .allow))
    networks4.update(LPMKey(prefixLength: 24, address: IPv4Address(198, 51, 100, 0)), deny)
    networks4.update(LPMKey(prefixLength: 32, address: IPv4Address(198, 51, 100, 7)), allow)

    var bad = Address6(words: InlineArray(repeating: 0))
    bad.words[0] = UInt32(0x2001_0db8).bigEndian
    bad.words[1] = UInt32(0x0bad_0000).bigEndian
    networks6.update(LPMKey(prefixLength: 48, address: bad), deny)

    services.update(Service(protocol: UInt16(IPProtocol.tcp.value), port: 23), deny)
    services.update(Service(protocol: UInt16(IPProtocol.udp.value), port: 1900), deny)
    return .pass
}
