import EBPFExecution
import Testing

@Suite struct CaptureFileTests {
    typealias Row = (bytes: [UInt8], message: String)
    static let strangers: [Row] = [
        ([], "the file is empty; a capture has at least a header of 24 bytes"),
        ([0x1f], "not a pcap or pcapng file"),
        (
            [0x1f, 0x8b, 8, 0],
            "not a pcap or pcapng file: it is compressed with gzip; decompress it first"
        ),
        (
            Array("snoop\0\0\0".utf8),
            "not a pcap or pcapng file: it is a snoop capture; convert it with `editcap -F pcapng`"
        ),
        (
            [0x7f, 0x45, 0x4c, 0x46, 2],
            "not a pcap or pcapng file: it is an ELF file, perhaps the program; give the capture instead"
        ),
        (Array("Hello, world".utf8), "not a pcap or pcapng file"),
        (
            [0xd4, 0xc3, 0xb2, 0xa1, 2],
            "offset 0: the file ends inside the file header, 19 bytes early"
        ),
    ]

    @Test(arguments: strangers)
    func `other files are told what they are`(_ row: Row) {
        #expect {
            _ = try Capture(row.bytes)
        } throws: { "\($0)" == row.message }
    }

    @Test func `a missing file names the system's error`() {
        #expect {
            _ = try Capture(contentsOf: "/nowhere/web.pcap")
        } throws: { "\($0)" == "cannot open /nowhere/web.pcap: errno 2" }
        #expect {
            _ = try CaptureWriter(path: "/nowhere/web.pcap")
        } throws: { "\($0)" == "cannot create /nowhere/web.pcap: errno 2" }
        #expect {
            _ = try Capture(contentsOf: "/")
        } throws: { "\($0)" == "cannot read /: errno 21" || "\($0)".contains("offset 0") }
    }

    @Test func `a changed byte never does more than change packets or name a fault`() throws {
        var file = CaptureBuilder()
        file.sectionHeader()
        file.interface(options: [(9, [9]), (14, [0, 0, 0, 0, 0, 0, 0, 1])])
        for size in 0...3 { file.enhancedPacket(time: .max, Array(repeating: 9, count: size)) }
        file.block(3) { $0.append(UInt64(4)) }
        let classic = CaptureBuilder.pcap(magic: 0xa1b2_c3d4, isBigEndian: true)
        for original in [file.bytes, classic] {
            for index in original.indices {
                for change: UInt8 in [0x01, 0x04, 0x80, 0xff] {
                    var bytes = original
                    bytes[index] ^= change
                    guard case .success(let packets) = Self.packets(bytes) else { continue }
                    #expect(packets.count <= 6)
                    for packet in packets { #expect(packet.bytes.count <= bytes.count) }
                    for packet in packets { _ = packet.ethernetForm }
                }
            }
        }
    }

    static func packets(_ bytes: [UInt8]) -> Result<[Packet], CaptureError> {
        do throws(CaptureError) {
            var capture = try Capture(bytes)
            let read = capture.rest()
            return read.error.map { .failure($0) } ?? .success(read.packets)
        } catch {
            return .failure(error)
        }
    }
}
