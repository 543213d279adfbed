/// A hash of what identifies a packet's flow: addresses, protocol and ports.
///
/// Packets of one flow get one number, and a host's seed makes the numbers different elsewhere. A
/// kernel's are different at each boot, so programs cannot expect certain ones.
struct FlowHash {
    private var hash: SipHash

    /// A hash that begins with a seed.
    init(seed: UInt64) { hash = SipHash(key: (seed, ~seed)) }

    /// The hash of a packet whose network header begins at an offset; never 0.
    mutating func value(of packet: PacketBuffer, headers: PacketHeaders, type: UInt16) -> UInt32 {
        switch type {
        case EtherType.ipv4: addIPv4(packet, headers.networkOffset)
        case EtherType.ipv6: addIPv6(packet, headers.networkOffset)
        default: add(packet, 0, min(packet.byteCount, 12))
        }
        hash.add(UInt64(type))
        let value = UInt32(truncatingIfNeeded: hash.finished)
        return value == 0 ? 1 : value
    }

    private mutating func addIPv4(_ packet: PacketBuffer, _ start: Int) {
        guard let header = unsafe packet.bytes(at: start, count: 20) else { return }
        let fragment = unsafe UInt16(header[6]) << 8 | UInt16(header[7])
        let transport = unsafe header[9]
        let length = unsafe Int(header[0] & 0xf) * 4
        add(packet, start + 12, 8)
        hash.add(UInt64(transport))
        guard fragment & 0x1fff == 0, fragment & 0x2000 == 0 else { return }
        addPorts(packet, start + length, transport)
    }

    private mutating func addIPv6(_ packet: PacketBuffer, _ start: Int) {
        guard let header = unsafe packet.bytes(at: start, count: 40) else { return }
        let transport = unsafe header[6]
        add(packet, start + 8, 32)
        hash.add(UInt64(transport))
        addPorts(packet, start + 40, transport)
    }

    /// TCP, UDP, DCCP, SCTP and UDP-Lite have ports, in the same place.
    private mutating func addPorts(_ packet: PacketBuffer, _ start: Int, _ transport: UInt8) {
        guard [6, 17, 33, 132, 136].contains(transport) else { return }
        add(packet, start, 4)
    }

    private mutating func add(_ packet: PacketBuffer, _ start: Int, _ count: Int) {
        guard let bytes = unsafe packet.bytes(at: start, count: count) else { return }
        unsafe hash.add(UnsafeRawBufferPointer(bytes))
    }
}
