// The server name of TLS handshakes.
import EBPFProgram

struct Seen { var source: IPv4Address; var length: UInt32; var name: FixedString<64> }
let seen = RingBuffer<Seen>(byteCount: 1 << 16)

extension SocketBuffer {
    func byte(_ offset: Int) -> Int? { copy(UInt8.self, at: offset).map { Int($0) } }
    func short(_ offset: Int) -> Int? {
        copy(BigEndian<UInt16>.self, at: offset).map { Int($0.value) }
    }
}

@section("socket") @used
func serverName(_ buffer: SocketBuffer) -> Int32 {
    guard let ip = buffer.copy(IPv4.self, at: 14), ip.protocol == .tcp,
        let tcp = buffer.copy(TCP.self, at: 14 + ip.headerLength), tcp.destination.value == 443
    else { return 0 }
    var offset = 14 + ip.headerLength + tcp.headerLength
    // Record, handshake, version, random.
    guard buffer.byte(offset) == 22, buffer.byte(offset + 5) == 1 else { return 0 }
    offset += 43
    guard let session = buffer.byte(offset) else { return 0 }
    offset += 1 + session
    guard let ciphers = buffer.short(offset) else { return 0 }
    offset += 2 + ciphers
    guard let methods = buffer.byte(offset) else { return 0 }
    offset += 3 + methods
    for _ in 0..<16 {
        guard let kind = buffer.short(offset), let length = buffer.short(offset + 2) else {
            return 0
        }
        if kind == 0 {
            guard let count = buffer.short(offset + 7), count > 0 else { return 0 }
            guard let record = seen.reserve() else { return 0 }
            record.event.source = ip.source
            record.event.length = UInt32(count)
            record.event.name = FixedString()
            buffer.read(into: &record.event.name, at: offset + 9, count: count)
            record.submit()
            return 0
        }
        offset += 4 + length
    }
    return 0
}
