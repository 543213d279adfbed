/// Bytes that a user writes in hex, with or without blanks, colons and `0x`.
enum HexText {
    static func bytes(_ text: String) throws -> [UInt8] {
        let digits = text.filter { !$0.isWhitespace && $0 != ":" }
        let body = digits.hasPrefix("0x") ? digits.dropFirst(2) : digits[...]
        guard !body.isEmpty else { throw Failure(message: "there are no hex digits") }
        guard body.count.isMultiple(of: 2)
        else {
            throw Failure(
                message: "\(body.count) hex digits are no bytes: there must be two for each")
        }
        var bytes: [UInt8] = []
        var rest = body
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16)
            else { throw Failure(message: "\"\(rest.prefix(2))\" is not a byte in hex") }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// A file's bytes: as they are.
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
