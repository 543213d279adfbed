/// The arithmetic of the Internet checksum (RFC 1071): sums whose carry is added back in.
///
/// Words are taken as the host's little-endian numbers; the sum has the same bytes in either order
/// (RFC 1071, section 2 (B)).
enum InternetChecksum {
    /// The sum of two words.
    static func add(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let (sum, carry) = a.addingReportingOverflow(b)
        return carry ? sum &+ 1 : sum
    }

    /// The sum without `b`.
    static func subtract(_ a: UInt32, _ b: UInt32) -> UInt32 { add(a, ~b) }

    /// The sum of two 16-bit words.
    static func add(_ a: UInt16, _ b: UInt16) -> UInt16 {
        let (sum, carry) = a.addingReportingOverflow(b)
        return carry ? sum &+ 1 : sum
    }

    /// The two halves of a sum, added.
    static func fold(_ sum: UInt32) -> UInt16 {
        add(UInt16(truncatingIfNeeded: sum), UInt16(truncatingIfNeeded: sum >> 16))
    }

    /// The sum of bytes, to which `start` is added.
    static func sum(_ bytes: UnsafeRawBufferPointer, start: UInt32 = 0) -> UInt32 {
        var sum = UInt64(start)
        var offset = 0
        while offset + 4 <= bytes.count {
            sum &+= unsafe UInt64(
                bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
            )
            offset += 4
        }
        for index in offset..<bytes.count {
            unsafe sum &+= UInt64(bytes[index]) << UInt64(8 * (index - offset))
        }
        while sum >> 32 != 0 { sum = (sum & 0xffff_ffff) &+ sum >> 32 }
        return UInt32(truncatingIfNeeded: sum)
    }

    /// A checksum after a difference of sums was added to what it covers (RFC 1624).
    static func update(_ checksum: UInt16, adding difference: UInt32) -> UInt16 {
        ~fold(add(difference, ~UInt32(checksum)))
    }

    /// A checksum after a word that it covers was replaced (RFC 1624, equation 3).
    static func update(_ checksum: UInt16, replacing old: UInt32, by new: UInt32) -> UInt16 {
        ~fold(add(subtract(~UInt32(checksum), old), new))
    }

    /// A checksum after 16 bits that it covers were replaced.
    static func update(_ checksum: UInt16, replacing old: UInt16, by new: UInt16) -> UInt16 {
        ~add(add(~checksum, ~old), new)
    }
}
