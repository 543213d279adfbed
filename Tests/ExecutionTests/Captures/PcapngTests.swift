import EBPFExecution
import Testing

@Suite struct PcapngTests {
    @Test(arguments: [false, true])
    func `blocks of every kind are read in both byte orders`(_ isBigEndian: Bool) throws {
        var file = CaptureBuilder(isBigEndian: isBigEndian)
        file.sectionHeader()
        file.interface(.ethernet, limit: 2)
        file.block(5) { $0.append(UInt64(99)) }  // statistics: skipped
        file.interface(.rawIP, options: [(9, [9])])
        file.enhancedPacket(time: 1_700_000_000_000_001, [1, 2, 3])
        file.enhancedPacket(interface: 1, time: 1_700_000_000_000_000_001, [4])
        file.block(3) {
            $0.append(UInt32(60))
            $0.append(UInt32(0x0101_0101))
        }
        file.block(2) {
            $0.append(UInt16(1))
            $0.append(UInt16(0))
            for word: UInt32 in [0, 77, 4, 4, 0x0505_0505] { $0.append(word) }
        }
        var capture = try Capture(file.bytes)
        #expect(capture.format == .pcapng)
        let read = capture.rest()
        #expect(read.error == nil)
        #expect(
            read.packets == [
                Packet(
                    timestamp: 1_700_000_000_000_001_000,
                    originalLength: 103,
                    bytes: [1, 2, 3]
                ),
                Packet(
                    timestamp: 1_700_000_000_000_000_001,
                    originalLength: 101,
                    bytes: [4],
                    interface: 1,
                    linkType: .rawIP
                ),
                Packet(originalLength: 60, bytes: [1, 1]),
                Packet(
                    timestamp: 77,
                    bytes: [5, 5, 5, 5],
                    interface: 1,
                    linkType: .rawIP
                ),
            ]
        )
    }

    @Test func `a new section has its own byte order and interfaces`() throws {
        var first = CaptureBuilder(isBigEndian: false)
        first.sectionHeader()
        first.interface(.ethernet)
        first.enhancedPacket(time: 1, [1])
        var second = CaptureBuilder(isBigEndian: true)
        second.sectionHeader()
        second.interface(.ipv6)
        second.enhancedPacket(time: 2, [2])
        var capture = try Capture(first.bytes + second.bytes)
        let read = capture.rest()
        #expect(read.packets.map(\.linkType) == [.ethernet, .ipv6])
        #expect(read.packets.map(\.timestamp) == [1_000, 2_000])
    }

    typealias TimeRow = (resolution: UInt8, seconds: Int64?, count: UInt64, nanoseconds: UInt64)
    static let times: [TimeRow] = [
        (6, nil, 5, 5_000),
        (9, nil, 5, 5),
        (0, nil, 5, 5_000_000_000),
        (12, nil, 5_999, 5),
        (28, nil, .max, 1),
        (29, nil, .max, 0),
        (127, nil, .max, 0),
        (6, nil, .max, .max),
        (0x80, nil, 3, 3_000_000_000),
        (0x80, nil, .max, .max),
        (0x81, nil, 3, 1_500_000_000),
        (0x80 + 32, nil, 1 << 31, 500_000_000),
        (0x80 + 63, nil, 1 << 63, 1_000_000_000),
        (0x80 + 64, nil, 1 << 63, 500_000_000),
        (0xff, nil, .max, 0),
        (9, 10, 5, 10_000_000_005),
        (9, -1, 1_000_000_005, 5),
        (9, -10, 5, 0),
        (9, .min, 5, 0),
        (9, .max, 5, .max),
    ]

    @Test(arguments: times)
    func `timestamps have the unit and offset of their interface`(_ row: TimeRow) throws {
        var file = CaptureBuilder()
        file.sectionHeader()
        var options: [(code: UInt16, value: [UInt8])] = [(9, [row.resolution])]
        if let seconds = row.seconds {
            options.append((14, (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (8 * $0)) }))
        }
        file.interface(options: options)
        file.enhancedPacket(time: row.count, [1])
        var capture = try Capture(file.bytes)
        #expect(try capture.next()?.timestamp == row.nanoseconds)
    }

    typealias FaultRow = (
        name: String, build: @Sendable (inout CaptureBuilder) -> Void, message: String
    )
    static let faults: [FaultRow] = [
        (
            "interface", { $0.enhancedPacket(interface: 3, time: 0, []) },
            "offset 48: the packet is from interface 3, but the section has described 1"
        ),
        (
            "length", { for word: UInt32 in [9, 13, 0, 13] { $0.append(word) } },
            "offset 48: no block can be 13 bytes long here; a length is a multiple of 4 and covers the block's fields"
        ),
        (
            "short", { for word: UInt32 in [6, 12, 12] { $0.append(word) } },
            "offset 48: no block can be 12 bytes long here; a length is a multiple of 4 and covers the block's fields"
        ),
        (
            "ends", { for word: UInt32 in [9, 12, 16] { $0.append(word) } },
            "offset 48: the block starts with length 12 and ends with 16"
        ),
        (
            "captured",
            { $0.block(6) { for word: UInt32 in [0, 0, 0, 9, 9] { $0.append(word) } } },
            "offset 48: a packet in a block of 32 claims 9 bytes; the most is 16777216"
        ),
        (
            "huge", { for word: UInt32 in [6, 0xffff_fffc] { $0.append(word) } },
            "offset 48: a block claims 4294967292 bytes; the most is 16777216"
        ),
        (
            "unknown and huge", { for word: UInt32 in [9, 0xffff_fffc] { $0.append(word) } },
            "offset 48: the file ends inside a block, 4294967284 bytes early"
        ),
        (
            "magic", { $0.block(0x0a0d_0d0a) { for _ in 0..<4 { $0.append(UInt32(7)) } } },
            "offset 56: byte-order magic 0x7 is not 0x1a2b3c4d either way round"
        ),
    ]

    @Test(arguments: faults)
    func `a malformed block is named with its offset`(_ row: FaultRow) throws {
        var file = CaptureBuilder()
        file.sectionHeader()
        file.interface()
        row.build(&file)
        var capture = try Capture(file.bytes)
        #expect(capture.rest().error?.description == row.message)
    }

    @Test func `a file cut anywhere gives its whole packets and then says where it ends`() throws {
        var file = CaptureBuilder()
        file.sectionHeader()
        file.interface()
        file.block(5) { $0.append(UInt64(99)) }
        var ends = [28, 48, 68]
        for size in 1...4 {
            file.enhancedPacket(time: 1, Array(repeating: 7, count: size))
            ends.append(file.bytes.count)
        }
        for length in 28...file.bytes.count {
            var capture = try Capture(Array(file.bytes[..<length]))
            let read = capture.rest()
            #expect(read.packets.count == max(0, ends.count { $0 <= length } - 3))
            #expect((read.error == nil) == ends.contains(length))
            #expect(read.error.map { ends.contains(Int($0.offset)) } ?? true)
        }
        for length in 0..<28 {
            #expect(throws: CaptureError.self) { _ = try Capture(Array(file.bytes[..<length])) }
        }
    }
}
