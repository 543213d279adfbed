// A protocol parser made of small programs that hand packets on by tail calls (XDP).
//
// Each stage reads one header, counts, and calls the stage for what follows. A stage can be
// replaced in `chain` while packets flow, without touching the others. The application puts the
// stages there.
import EBPFProgram

/// The places of the stages in `chain`; the first one is where packets arrive.
enum Stage {
    static var vlan: UInt32 { 0 }
    static var ipv4: UInt32 { 1 }
    static var ipv6: UInt32 { 2 }
    static var tcp: UInt32 { 3 }
    static var udp: UInt32 { 4 }
    static var none: UInt32 { 5 }

    static func following(_ type: EtherType) -> UInt32 {
        if type == .vlan { return vlan }
        if type == .ipv4 { return ipv4 }
        return type == .ipv6 ? ipv6 : none
    }

    static func following(_ carried: IPProtocol) -> UInt32 {
        carried == .tcp ? tcp : carried == .udp ? udp : none
    }
}

public struct Outcome: BitwiseCopyable {
    public var entered: UInt64 = 0  // packets that reached the stage
    public var finished: UInt64 = 0  // of those, packets that no further stage wanted
    public var malformed: UInt64 = 0  // of those, packets too short for the header; they are dropped
}

public struct Outcomes: BitwiseCopyable {
    public var ethernet = Outcome()
    public var vlan = Outcome()
    public var ipv4 = Outcome()
    public var ipv6 = Outcome()
    public var tcp = Outcome()
    public var udp = Outcome()
}

let outcomes = Global(Outcomes())
let chain = ProgramArray(maxEntries: 5)

/// Where the next header begins: what stages tell each other. Packets do not change CPUs.
let nextHeader = PerCPUArray<UInt32>(maxEntries: 1)

struct NetworkTag {
    var control: BigEndian<UInt16>
    var type: EtherType
}

struct IPv6Header {
    var versionAndFlow: UInt32
    var length: BigEndian<UInt16>
    var next: IPProtocol
    var hopLimit: UInt8
    var addresses: InlineArray<4, UInt64>
}

struct TCPHeader {
    var ports: UInt32
    var numbers: InlineArray<2, UInt32>
    var offset: UInt8
    var content: InlineArray<7, UInt8>

    var headerLength: UInt32 { UInt32(offset >> 4) * 4 }
}

/// The header of a stage; `nil`, and counted, when the packet is too short for it.
func enter<Fields>(
    _ packet: XDPContext, _ type: Fields.Type, _ outcome: inout Outcome
) -> Header<Fields>? {
    outcome.entered.atomicAdd(1)
    let place = nextHeader.lookup(0)?.pointee ?? 0
    guard let header = packet.header(type, at: Int(place & 0xfff)) else {
        outcome.malformed.atomicAdd(1)
        return nil
    }
    return header
}

/// Goes on with another stage behind `size` bytes, or ends here when there is none.
func leave(
    _ packet: XDPContext, _ size: UInt32, to stage: UInt32, _ outcome: inout Outcome
) -> XDPAction {
    nextHeader.lookup(0)?.pointee &+= size
    chain.call(stage, packet)
    outcome.finished.atomicAdd(1)
    return .pass
}

@section("xdp") @used
func parseEthernet(_ packet: XDPContext) -> XDPAction {
    nextHeader.lookup(0)?.pointee = 0
    guard let header = enter(packet, Ethernet.self, &outcomes.value.ethernet) else { return .drop }
    let stage = Stage.following(header.value.type)
    return leave(packet, 14, to: stage, &outcomes.value.ethernet)
}

@section("xdp") @used
func parseVLAN(_ packet: XDPContext) -> XDPAction {
    guard let header = enter(packet, NetworkTag.self, &outcomes.value.vlan) else { return .drop }
    return leave(packet, 4, to: Stage.following(header.value.type), &outcomes.value.vlan)
}

@section("xdp") @used
func parseIPv4(_ packet: XDPContext) -> XDPAction {
    guard let header = enter(packet, IPv4.self, &outcomes.value.ipv4) else { return .drop }
    let stage = Stage.following(header.value.protocol)
    return leave(packet, UInt32(header.value.headerLength), to: stage, &outcomes.value.ipv4)
}

@section("xdp") @used
func parseIPv6(_ packet: XDPContext) -> XDPAction {
    guard let header = enter(packet, IPv6Header.self, &outcomes.value.ipv6) else { return .drop }
    return leave(packet, 40, to: Stage.following(header.value.next), &outcomes.value.ipv6)
}

@section("xdp") @used
func parseTCP(_ packet: XDPContext) -> XDPAction {
    guard let header = enter(packet, TCPHeader.self, &outcomes.value.tcp) else { return .drop }
    return leave(packet, header.value.headerLength, to: Stage.none, &outcomes.value.tcp)
}

@section("xdp") @used
func parseUDP(_ packet: XDPContext) -> XDPAction {
    guard enter(packet, UInt64.self, &outcomes.value.udp) != nil else { return .drop }
    return leave(packet, 8, to: Stage.none, &outcomes.value.udp)
}
