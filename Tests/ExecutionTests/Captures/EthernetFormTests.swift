import EBPFExecution
import Testing

@Suite struct EthernetFormTests {
    typealias Row = (linkType: LinkType, bytes: [UInt8], expected: [UInt8]?)
    static let nobody: [UInt8] = Array(repeating: 0, count: 12)
    static let rows: [Row] = [
        (.ethernet, [1, 2], [1, 2]),
        (.rawIP, [0x45, 1], nobody + [0x08, 0x00, 0x45, 1]),
        (.rawIP, [0x60, 1], nobody + [0x86, 0xdd, 0x60, 1]),
        (LinkType(rawValue: 12), [0x45, 1], nobody + [0x08, 0x00, 0x45, 1]),
        (.rawIP, [0x10], nil),
        (.rawIP, [], nil),
        (.ipv4, [], nobody + [0x08, 0x00]),
        (.ipv6, [0x60], nobody + [0x86, 0xdd, 0x60]),
        (.null, [2, 0, 0, 0, 0x45], nobody + [0x08, 0x00, 0x45]),
        (.null, [0, 0, 0, 30, 0x60], nobody + [0x86, 0xdd, 0x60]),
        (.loopback, [0, 0, 0, 24, 0x60], nobody + [0x86, 0xdd, 0x60]),
        (.null, [0, 2, 0, 0, 0x45], nil),
        (.null, [2, 0, 0], nil),
        (
            .linuxSLL, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 7, 0, 0, 0x08, 0x00, 0x45],
            [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 7, 0x08, 0x00, 0x45]
        ),
        (
            .linuxSLL, [0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 7, 0, 0, 0x08, 0x06],
            [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 7, 0x08, 0x06]
        ),
        (
            .linuxSLL, [0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0x42, 0x42, 3],
            nobody + [0, 3, 0x42, 0x42, 3]
        ),
        (.linuxSLL, [0, 0, 3, 56, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], nil),
        (.linuxSLL, Array(repeating: 0, count: 15), nil),
        (
            .linuxSLL2,
            [0x86, 0xdd, 0, 0, 0, 0, 0, 5, 0, 1, 4, 6, 2, 0, 0, 0, 0, 7, 0, 0, 0x60],
            [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 7, 0x86, 0xdd, 0x60]
        ),
        (LinkType(rawValue: 105), [1, 2, 3], nil),
    ]

    @Test(arguments: rows)
    func `other link layers become an Ethernet header`(_ row: Row) {
        let packet = Packet(timestamp: 9, bytes: row.bytes, linkType: row.linkType)
        let form = packet.ethernetForm
        #expect(form?.bytes == row.expected)
        guard let form else { return }
        #expect(form.linkType == .ethernet)
        #expect(form.timestamp == 9)
        #expect(form.originalLength == form.bytes.count)
    }
}
