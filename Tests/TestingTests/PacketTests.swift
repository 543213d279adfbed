import EBPFProgram
import EBPFTesting
import Testing

/// Packets made for tests are packets that a network would carry.
@Suite struct PacketTests {
    /// The header of a well-known example (RFC 1071 as worked out in many textbooks).
    @Test func `an IPv4 header has the checksum of the textbook`() {
        let packet = TestPacket.ipv4(
            from: "192.168.0.1", to: "192.168.0.199", protocol: .udp,
            payload: [UInt8](repeating: 0, count: 95), fragment: 0x4000)
        #expect(
            Array(packet.bytes[14..<34]) == [
                0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0xb8, 0x61, 192, 168, 0, 1, 192, 168,
                0, 199,
            ])
    }

    @Test(arguments: [
        ("tcp", 6, TestPacket.tcpSYN(from: "10.0.0.1", port: 22)),
        ("tcp with data", 6, .tcp(from: "10.0.0.1", port: 22, payload: [1, 2, 3])),
        ("udp", 17, .udp(from: "10.0.0.1", port: 53, payload: [1, 2, 3])),
        ("icmp", 1, .icmpEcho(from: "10.0.0.1", payload: [9])),
        ("tcp over IPv6", 6, .tcpSYN(from: "2001:db8::9", port: 22)),
        ("udp over IPv6", 17, .udp(from: "2001:db8::9", port: 53, payload: [1])),
        ("icmp over IPv6", 58, .icmpEcho(from: "2001:db8::9", payload: [1, 2, 3, 4])),
    ])
    func `what a packet covers adds up with its checksum`(
        _ name: String, _ carried: UInt8, _ packet: TestPacket
    ) {
        // The sum of all that a checksum covers, itself included, is all ones (RFC 1071).
        let ip = Array(packet.bytes.dropFirst(14))
        let isVersion6 = ip[0] >> 4 == 6
        let payload = Array(ip.dropFirst(isVersion6 ? 40 : 20))
        let addresses = isVersion6 ? ip[8..<40] : ip[12..<20]
        #expect((isVersion6 ? ip[6] : ip[9]) == carried)
        let covered =
            carried == 1
            ? payload
            : Array(addresses) + [0, carried, UInt8(payload.count >> 8), UInt8(payload.count)]
                + payload
        #expect(Self.sum(covered) == 0xffff)
        if !isVersion6 { #expect(Self.sum(Array(ip.prefix(20))) == 0xffff) }
    }

    private static func sum(_ bytes: [UInt8]) -> Int {
        var sum = 0
        for (index, byte) in bytes.enumerated() {
            sum += index.isMultiple(of: 2) ? Int(byte) << 8 : Int(byte)
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return sum
    }

    @Test func `a tag stands before the type`() {
        let packet = TestPacket.udp(port: 53).tagged(7)
        #expect(Array(packet.bytes[12..<18]) == [0x81, 0, 0, 7, 8, 0])
    }

    @Test func `an address that is none is an issue of the test`() {
        withKnownIssue { #expect(TestPacket.udp(from: "10.0.0", port: 1).bytes.count == 42) }
        #expect(TestAddress(text: "300.0.0.1") == nil)
        #expect(TestAddress(text: "2001:db8::1")?.isIPv6 == true)
    }
}
