// Spreads the TCP and UDP connections to one IPv4 address over several servers (XDP).
//
// A packet for the service goes on to the server that its connection hashes to, with the service
// as its source, so that the answer comes back here; the answer goes on to the client. Both leave
// through the interface that they came in by. `fillRing` runs once, before all packets.
import EBPFProgram

public struct Host: BitwiseCopyable {
    public var address: IPv4Address
    public var hardware: MACAddress
    public var port: UInt16
}

let slotCount: UInt32 = 251  // a prime, much greater than the number of servers
let serverCount: UInt32 = 3

let servicePort = Config<UInt16>(80)

/// The servers, 10.7.0.11 to .13, by number.
func server(_ number: UInt32) -> Host {
    let last = UInt8(truncatingIfNeeded: number &+ 11)
    return Host(
        address: IPv4Address(10, 7, 0, last), hardware: MACAddress(2, 0, 0, 7, 0, last), port: 80)
}

/// The consistent hash: each slot holds 1 + the number of its server.
let ring = ArrayMap<UInt32>(maxEntries: 251)

/// Packets from a peer with these ports belong to one direction of a connection …
public struct Direction: BitwiseCopyable {
    public var peer: IPv4Address
    public var peerPort: UInt16
    public var localPort: UInt16
    public var `protocol`: UInt32
}

/// … and go on to this host, from this port of ours.
public struct Route: BitwiseCopyable {
    public var host: Host
    public var localPort: UInt32
    public var packets: UInt64 = 0
    public var bytes: UInt64 = 0
}

let routes = LRUHashMap<Direction, Route>(maxEntries: 65536)

func hash(_ value: UInt64) -> UInt32 {
    var value = (value ^ value >> 33) &* 0xff51_afd7_ed55_8ccd
    value = (value ^ value >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return UInt32(truncatingIfNeeded: value ^ value >> 33)
}

public struct Filling: BitwiseCopyable {
    public var tried: InlineArray<3, UInt32>
    public var turn: UInt32
    public var filled: UInt32
}

let filling = Global(Filling(tried: InlineArray(repeating: 0), turn: 0, filled: 0))

/// One step of Google's Maglev: the servers take turns, each with its own order of all slots, and
/// take the next slot in it that is still free. Without one server, few other slots change hands.
///
/// - Returns: whether there is more to do.
func takeSlot() -> Bool {
    let turn = filling.value.turn
    guard turn < serverCount else { return false }
    let seed = UInt64(server(turn).address.bits)
    let stride = hash(seed) % (slotCount - 1) + 1
    let tries = filling.value.tried[Int(turn)]
    filling.value.tried[Int(turn)] = tries &+ 1
    let slot = (hash(~seed) % slotCount &+ tries &* stride) % slotCount

    guard let owner = ring.lookup(slot), owner.pointee == 0 else { return true }
    owner.pointee = turn + 1
    filling.value.turn = (turn + 1) % serverCount
    filling.value.filled &+= 1
    return filling.value.filled < slotCount
}

@section("syscall") @used
func fillRing(_: UnsafeRawPointer) -> Int32 {
    for _ in 0..<slotCount * serverCount {
        guard takeSlot() else { break }
    }
    return 0
}

/// Chooses a server for a new connection and remembers the routes in both directions. The server
/// sees the client's port, or if another client has the same one, a port derived from it.
func connect(_ from: Direction, _ client: MACAddress) -> UnsafeMutablePointer<Route>? {
    let connection =
        UInt64(from.peer.bits) << 32 | UInt64(from.peerPort) << 16 | UInt64(from.protocol)
    guard let owner = ring.lookup(hash(connection) % slotCount),
        owner.pointee &- 1 < serverCount
    else { return nil }
    let chosen = server(owner.pointee &- 1)
    var there = Route(host: chosen, localPort: UInt32(from.peerPort))
    let back = Route(
        host: Host(address: from.peer, hardware: client, port: from.peerPort),
        localPort: UInt32(servicePort.value))
    var answer = Direction(
        peer: chosen.address, peerPort: chosen.port, localPort: from.peerPort,
        protocol: from.protocol)

    var attempt = 0
    while !routes.update(answer, back, .ifAbsent) {
        guard attempt < 8 else { return nil }
        attempt += 1
        let next = hash(UInt64(answer.localPort)) | 0x8000
        answer.localPort = UInt16(truncatingIfNeeded: next)
        there.localPort = UInt32(answer.localPort)
    }
    routes.update(from, there)
    return routes.lookup(from)
}

/// The part of a packet that changes: who sends it, and who gets it.
struct Addresses {
    var source: IPv4Address
    var destination: IPv4Address
}

struct Ports {
    var source: BigEndian<UInt16>
    var destination: BigEndian<UInt16>
}

struct Ends {
    var addresses: Addresses
    var ports: Ports
}

/// The headers that both TCP and UDP have, behind an IPv4 header without options.
struct Packet {
    let ethernet: Header<Ethernet>
    let ip: Header<IPv4>
    let ports: Header<Ports>
    let checksum: Header<BigEndian<UInt16>>

    /// Finds them; options and fragments are left to the system.
    init?(_ context: XDPContext) {
        guard let ethernet = context.header(Ethernet.self), ethernet.value.type == .ipv4,
            let ip = context.header(IPv4.self, at: 14), ip.value.headerLength == 20,
            ip.value.fragment.value & 0x3fff == 0,
            ip.value.protocol == .tcp || ip.value.protocol == .udp,
            let ports = context.header(Ports.self, at: 34),
            let checksum = context.header(
                BigEndian<UInt16>.self, at: ip.value.protocol == .tcp ? 34 + 16 : 34 + 6)
        else { return nil }
        (self.ethernet, self.ip, self.ports, self.checksum) = (ethernet, ip, ports, checksum)
    }

    var ends: Ends {
        Ends(
            addresses: Addresses(source: ip.value.source, destination: ip.value.destination),
            ports: ports.value)
    }

    /// Changes who sends it and who gets it.
    func redirect(to new: Ends) {
        let old = ends
        ip.value.checksum.update(replacing: old.addresses, with: new.addresses)
        let isUDP = ip.value.protocol == .udp
        if !isUDP || checksum.value != BigEndian(0) {  // UDP may go without
            checksum.value.update(replacing: old, with: new)
            if isUDP && checksum.value == BigEndian(0) { checksum.value = BigEndian(0xffff) }
        }
        ip.value.source = new.addresses.source
        ip.value.destination = new.addresses.destination
        ports.value = new.ports
    }
}

@section("xdp") @used
func balance(_ context: XDPContext) -> XDPAction {
    guard let packet = Packet(context) else { return .pass }
    let old = packet.ends
    let from = Direction(
        peer: old.addresses.source, peerPort: old.ports.source.value,
        localPort: old.ports.destination.value,
        protocol: UInt32(packet.ip.value.protocol.value))
    guard let route = route(from, packet.ethernet.value.source) else { return .pass }

    packet.redirect(
        to: Ends(
            addresses: Addresses(
                source: old.addresses.destination, destination: route.pointee.host.address),
            ports: Ports(
                source: BigEndian(UInt16(truncatingIfNeeded: route.pointee.localPort)),
                destination: BigEndian(route.pointee.host.port))))
    packet.ethernet.value.source = packet.ethernet.value.destination
    packet.ethernet.value.destination = route.pointee.host.hardware
    route.pointee.packets.atomicAdd(1)
    route.pointee.bytes.atomicAdd(UInt64(context.byteCount))
    return .transmit
}

/// Where packets of a connection go; connections to the service are made when they begin.
func route(_ from: Direction, _ client: MACAddress) -> UnsafeMutablePointer<Route>? {
    if let known = routes.lookup(from) { return known }
    return from.localPort == servicePort.value ? connect(from, client) : nil
}
