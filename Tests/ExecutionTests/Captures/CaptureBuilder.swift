import EBPFExecution

/// Builds capture files field by field, in either byte order.
struct CaptureBuilder {
    var bytes: [UInt8] = []
    let isBigEndian: Bool

    init(isBigEndian: Bool = false) { self.isBigEndian = isBigEndian }

    mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        let ordered = isBigEndian ? value.bigEndian : value.littleEndian
        for shift in 0..<MemoryLayout<Value>.size {
            bytes.append(UInt8(truncatingIfNeeded: ordered >> Value(8 * shift)))
        }
    }

    mutating func append(padded data: [UInt8]) {
        bytes += data
        while !bytes.count.isMultiple(of: 4) { bytes.append(0) }
    }

    /// A block of a pcapng file around a body.
    mutating func block(_ type: UInt32, _ body: (inout CaptureBuilder) -> Void) {
        var inner = CaptureBuilder(isBigEndian: isBigEndian)
        body(&inner)
        append(type)
        append(UInt32(inner.bytes.count + 12))
        append(padded: inner.bytes)
        append(UInt32(inner.bytes.count + 12))
    }

    mutating func sectionHeader() {
        block(0x0a0d_0d0a) {
            $0.append(UInt32(0x1a2b_3c4d))
            $0.append(UInt16(1))
            $0.append(UInt16(0))
            $0.append(UInt64.max)
        }
    }

    mutating func interface(
        _ linkType: LinkType = .ethernet,
        limit: UInt32 = 0,
        options: [(code: UInt16, value: [UInt8])] = []
    ) {
        block(1) {
            $0.append(linkType.rawValue)
            $0.append(UInt16(0))
            $0.append(limit)
            for option in options {
                $0.append(option.code)
                $0.append(UInt16(option.value.count))
                $0.append(padded: option.value)
            }
            if !options.isEmpty { $0.append(UInt32(0)) }
        }
    }

    mutating func enhancedPacket(interface: UInt32 = 0, time: UInt64, _ data: [UInt8]) {
        block(6) {
            $0.append(interface)
            $0.append(UInt32(truncatingIfNeeded: time >> 32))
            $0.append(UInt32(truncatingIfNeeded: time))
            $0.append(UInt32(data.count))
            $0.append(UInt32(data.count + 100))
            $0.append(padded: data)
        }
    }

    /// A pcap file with one record.
    static func pcap(magic: UInt32, isBigEndian: Bool, network: UInt32 = 1) -> [UInt8] {
        var file = CaptureBuilder(isBigEndian: isBigEndian)
        file.append(magic)
        file.append(UInt16(2))
        file.append(UInt16(4))
        for word: UInt32 in [0, 0, 65_535, network] { file.append(word) }
        for word: UInt32 in [1_700_000_000, 123_456, 3, 60] { file.append(word) }
        if magic == 0xa1b2_cd34 { file.append(UInt64(0)) }
        file.bytes += [1, 2, 3]
        return file.bytes
    }
}
