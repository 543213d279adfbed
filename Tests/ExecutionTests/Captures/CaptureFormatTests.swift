#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import EBPFExecution
import Testing

/// Files that tcpdump and editcap wrote: the same packets in every format.
@Suite struct CaptureFormatTests {
    private static let captures =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        + "/Examples/Captures"

    private static func packets(_ name: String) throws -> [Packet] {
        var capture = try Capture(contentsOf: "\(captures)/Formats/\(name)")
        let read = capture.rest()
        if let error = read.error { throw error }
        return read.packets
    }

    @Test(arguments: ["microseconds.pcap", "modified.pcap", "extensible.pcapng"])
    func `formats of Ethernet differ in nothing but the precision of time`(_ name: String) throws {
        let expected = try Self.packets("nanoseconds.pcap")
        #expect(expected.count == 6)
        let packets = try Self.packets(name)
        #expect(packets.map(\.bytes) == expected.map(\.bytes))
        #expect(packets.map(\.originalLength) == expected.map(\.originalLength))
        #expect(packets.map { $0.timestamp / 1_000 } == expected.map { $0.timestamp / 1_000 })
    }

    @Test func `raw IP gets the Ethernet header of nobody`() throws {
        let expected = try Self.packets("nanoseconds.pcap")
        let packets = try Self.packets("raw.pcap")
        #expect(packets.allSatisfy { $0.linkType == .rawIP })
        let forms = packets.compactMap(\.ethernetForm)
        #expect(
            forms.map(\.bytes)
                == expected.map { [UInt8](repeating: 0, count: 12) + $0.bytes[12...] }
        )
        #expect(forms.map(\.timestamp) == expected.map(\.timestamp))
    }

    @Test(arguments: [("sll.pcap", LinkType.linuxSLL), ("sll2.pcap", .linuxSLL2)])
    func `cooked captures become Ethernet frames`(_ name: String, _ linkType: LinkType) throws {
        let packets = try Self.packets(name)
        #expect(!packets.isEmpty)
        #expect(packets.allSatisfy { $0.linkType == linkType })
        let protocols = Set(packets.compactMap { $0.ethernetForm?.bytes[12..<15] })
        #expect(protocols == [[0x08, 0x00, 0x45], [0x86, 0xdd, 0x60]])
    }

    @Test func `a file longer than the window is written and read in pieces`() throws {
        var capture = try Capture(contentsOf: "\(Self.captures)/lan.pcapng")
        var packets = Array(repeating: capture.rest().packets, count: 20).flatMap { $0 }
        packets.insert(Packet(bytes: Array(repeating: 7, count: 700_000)), at: 1_000)
        #expect(packets.count > 4_000)

        let path = "/tmp/ebpf-capture-\(UInt64.random(in: 0 ... .max)).pcap"
        defer { _ = unsafe unlink(path) }
        var writer = try CaptureWriter(path: path)
        for packet in packets { try writer.append(packet) }
        try writer.finish()
        var copy = try Capture(contentsOf: path)
        let read = copy.rest()
        #expect(read.packets == packets)
        #expect(read.error == nil)
        #expect(copy.position == copy.size)
    }
}
