/// Bytes as text in literals, which compile a thousand times faster than arrays (RFC 4648).
package enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of bytes.
    package static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let word = number << UInt32(8 * (3 - group.count))
            for index in 0..<4 {
                let digit = digits[Int(word >> UInt32(18 - 6 * index) & 63)]
                text.append(index <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; what is no digit is skipped.
    package static func bytes(of text: String) -> [UInt8] { bytes(of: Array(text.utf8)) }

    static func bytes(of text: [UInt8]) -> [UInt8] {
        var (bytes, word, count) = ([UInt8](), UInt32(0), 0)
        bytes.reserveCapacity(text.count / 4 * 3)
        for byte in text {
            guard let digit = digit(byte) else { continue }
            word = word << 6 | digit
            count += 1
            // Four digits are three bytes: the first digit of four ends none.
            guard count % 4 != 1 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(6 - 2 * ((count - 1) % 4))))
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
