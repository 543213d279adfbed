import EBPFExecution
import Testing

@Suite struct PcapTests {
    typealias Row = (magic: UInt32, isBigEndian: Bool, nanoseconds: UInt64)
    static let variants: [Row] = [
        (0xa1b2_c3d4, false, 123_456_000), (0xa1b2_c3d4, true, 123_456_000),
        (0xa1b2_3c4d, false, 123_456), (0xa1b2_3c4d, true, 123_456),
        (0xa1b2_cd34, false, 123_456_000), (0xa1b2_cd34, true, 123_456_000),
    ]

    @Test(arguments: variants)
    func `both byte orders and units of time are read`(_ row: Row) throws {
        var capture = try Capture(
            CaptureBuilder.pcap(magic: row.magic, isBigEndian: row.isBigEndian)
        )
        #expect(capture.format == .pcap)
        let expected = Packet(
            timestamp: 1_700_000_000_000_000_000 + row.nanoseconds,
            originalLength: 60,
            bytes: [1, 2, 3]
        )
        #expect(try capture.next() == expected)
        #expect(try capture.next() == nil)
        #expect(capture.position == capture.size)
    }

    @Test func `the checksum flags above the link type are not part of it`() throws {
        let file = CaptureBuilder.pcap(
            magic: 0xa1b2_c3d4,
            isBigEndian: false,
            network: 0x4400_0114
        )
        var capture = try Capture(file)
        #expect(try capture.next()?.linkType == .linuxSLL2)
    }

    @Test func `what is written is read back`() throws {
        let packets = (0..<50).map { number in
            Packet(
                timestamp: UInt64(number) * 1_000_000_007,
                originalLength: 2_000,
                bytes: Array(repeating: UInt8(number), count: number * 31)
            )
        }
        var capture = try Capture(PcapEncoder.file(packets))
        let read = capture.rest()
        #expect(read.packets == packets)
        #expect(read.error == nil)
    }

    @Test func `one pcap file has one link type`() {
        let packets = [Packet(bytes: [1]), Packet(bytes: [2], linkType: .rawIP)]
        let fault = CaptureError(offset: 41, .mixedLinkTypes(.ethernet, .rawIP))
        #expect(throws: fault) { try PcapEncoder.file(packets) }
        #expect("\(fault)" == "offset 41: a pcap file has one link type: ETHERNET, not also RAW")
    }

    @Test func `a file cut anywhere gives its whole packets and then says where it ends`() throws {
        let packets = (1...4).map { Packet(timestamp: 5, bytes: Array(repeating: 7, count: $0)) }
        let file = try PcapEncoder.file(packets)
        let ends = packets.indices.map { index in
            24 + packets[...index].reduce(0) { $0 + 16 + $1.bytes.count }
        }
        for length in 24...file.count {
            var capture = try Capture(Array(file[..<length]))
            let read = capture.rest()
            let whole = ends.count { $0 <= length }
            #expect(read.packets == Array(packets[..<whole]))
            let lastEnd = whole == 0 ? 24 : ends[whole - 1]
            if length == lastEnd {
                #expect(read.error == nil)
            } else {
                #expect(read.error?.offset == UInt64(lastEnd))
            }
            #expect(try capture.next() == nil)
        }
    }
}
