import EBPFProgram

/// The headers of the Internet, made from their fields.
enum InternetHeader {
    /// A header of IPv4 (RFC 791), with its checksum.
    static func version4(
        from source: TestAddress, to destination: TestAddress, _ carried: IPProtocol,
        payloadCount: Int, options: [UInt8], timeToLive: UInt8, fragment: UInt16
    ) -> [UInt8] {
        let words = 5 + options.count / 4
        var header = FieldBytes()
        header.append(UInt8(truncatingIfNeeded: 0x40 | words))
        header.append(UInt8(0))
        header.append(UInt16(truncatingIfNeeded: words * 4 + payloadCount))
        header.append(UInt16(0))
        header.append(fragment)
        header.append(timeToLive)
        header.append(carried.value)
        header.append(UInt16(0))
        header.append(source.bytes)
        header.append(destination.bytes)
        header.append(Array(options.prefix(words * 4 - 20)))
        var bytes = header.bytes
        let sum = checksum(of: bytes)
        bytes[10] = UInt8(sum >> 8)
        bytes[11] = UInt8(sum & 0xff)
        return bytes
    }

    /// A header of IPv6 (RFC 8200).
    static func version6(
        from source: TestAddress, to destination: TestAddress, _ next: IPProtocol,
        payloadCount: Int, hopLimit: UInt8
    ) -> [UInt8] {
        var header = FieldBytes()
        header.append(UInt32(6 << 28))
        header.append(UInt16(truncatingIfNeeded: payloadCount))
        header.append(next.value)
        header.append(hopLimit)
        header.append(source.bytes)
        header.append(destination.bytes)
        return header.bytes
    }

    /// What the checksums of TCP, UDP and ICMPv6 cover besides the packet (RFC 9293, section 3.1;
    /// RFC 8200, section 8.1).
    static func pseudo(
        from source: TestAddress, to destination: TestAddress, _ carried: IPProtocol, _ count: Int
    ) -> [UInt8] {
        var header = FieldBytes()
        header.append(source.bytes)
        header.append(destination.bytes)
        if source.isIPv6 {
            header.append(UInt32(truncatingIfNeeded: count))
            header.append(UInt32(carried.value))
        } else {
            header.append(UInt16(carried.value))
            header.append(UInt16(truncatingIfNeeded: count))
        }
        return header.bytes
    }

    /// The checksum of bytes (RFC 1071).
    static func checksum(of bytes: [UInt8]) -> UInt16 {
        var sum: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            sum += UInt64(byte) << (index.isMultiple(of: 2) ? 8 : 0)
        }
        while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
        return ~UInt16(sum)
    }
}

/// Fields one after the other, in the order of the network.
struct FieldBytes {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func append(_ more: [UInt8]) { bytes += more }
}
