extension LiteralProblem {
    /// The same problem, inside something with a name.
    func within(_ place: String) -> LiteralProblem { LiteralProblem("\(place): \(message)") }
}

extension Literal {
    /// The word or quoted text.
    var word: String? {
        switch self {
        case .word(let text), .string(let text): text
        case .list, .fields: nil
        }
    }
}

/// What literals mean for types without parts.
extension ValueEncoder {
    func number(_ literal: Literal) throws(LiteralProblem) -> Int128 {
        guard let word = literal.word, let number = Self.number(word)
        else { throw LiteralProblem("expected a number, found \(literal.summary)") }
        return number
    }

    /// Reads `10`, `-1`, `0xff`, `0b101`; underscores between digits are ignored.
    private static func number(_ word: String) -> Int128? {
        let isNegative = word.hasPrefix("-")
        let digits = word.drop { $0 == "-" || $0 == "+" }
        guard word.count - digits.count <= 1 else { return nil }
        let (radix, prefix) =
            digits.hasPrefix("0x") || digits.hasPrefix("0X")
            ? (16, 2) : digits.hasPrefix("0b") ? (2, 2) : (10, 0)
        let plain = digits.dropFirst(prefix).filter { $0 != "_" }
        guard let first = plain.first, first.isHexDigit,
            let magnitude = UInt128(plain, radix: radix)
        else { return nil }
        if let value = Int128(exactly: magnitude) { return isNegative ? -value : value }
        return isNegative ? nil : Int128(truncatingIfNeeded: magnitude)
    }

    func boolean(_ literal: Literal) throws(LiteralProblem) -> Int128 {
        switch literal.word {
        case "true": 1
        case "false": 0
        default: try number(literal)
        }
    }

    func enumerator(
        _ literal: Literal,
        _ names: ValueFormat.EnumerationNames
    ) throws(LiteralProblem) -> Int128 {
        if let word = literal.word {
            if let number = names.numbers[word] { return number }
            if let number = Self.number(word) { return number }
        }
        let known = names.names.sorted { $0.key < $1.key }.prefix(16).map(\.value)
        let more = names.names.count > known.count ? ", …" : ""
        throw LiteralProblem(
            "expected one of \(known.joined(separator: ", "))\(more), found \(literal.summary)"
        )
    }

    func character(_ literal: Literal) throws(LiteralProblem) -> Int128 {
        if case .string(let text) = literal, text.utf8.count == 1, let byte = text.utf8.first {
            return Int128(byte)
        }
        let value = try number(literal)
        return value < 0 && value >= -128 ? value + 256 : value
    }

    static func bigEndian(_ value: Int128, _ count: Int) throws(LiteralProblem) -> [UInt8] {
        guard value >= 0, count >= 16 || value >> Int128(8 * count) == 0
        else { throw LiteralProblem("\(value) does not fit into \(8 * count) bits") }
        return (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> Int128(8 * $0)) }
    }

    func address(
        _ literal: Literal,
        _ shape: ValueFormat.Shape
    ) throws(LiteralProblem) -> [UInt8] {
        guard let word = literal.word
        else { throw LiteralProblem("expected an address, found \(literal.summary)") }
        let (address, example) =
            switch shape {
            case .ipv6: (NetworkAddress(ipv6: word), "2001:db8::1")
            case .hardware: (NetworkAddress(hardware: word), "02:00:00:00:00:01")
            default: (NetworkAddress(ipv4: word), "10.0.0.1")
            }
        guard let address else {
            throw LiteralProblem("expected an address such as \(example), found '\(word)'")
        }
        return address.bytes
    }

    static func isHexadecimal(_ text: String) -> Bool {
        text.hasPrefix("0x") && text.count > 2 && text.count.isMultiple(of: 2)
            && text.dropFirst(2).allSatisfy(\.isHexDigit)
    }

    /// Bytes as `0x0a0b`, or as a list of numbers.
    func rawBytes(_ literal: Literal, _ count: Int?) throws(LiteralProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        switch literal {
        case .word(let text), .string(let text):
            guard Self.isHexadecimal(text) else {
                throw LiteralProblem(
                    "expected bytes such as 0x0a0b or [10, 11], found \(literal.summary)"
                )
            }
            var digits = text.dropFirst(2)[...]
            while let byte = UInt8(digits.prefix(2), radix: 16) {
                bytes.append(byte)
                digits = digits.dropFirst(2)
            }
        case .list(let values):
            for value in values {
                guard let byte = UInt8(exactly: try number(value))
                else { throw LiteralProblem("\(value.summary) is no byte") }
                bytes.append(byte)
            }
        case .fields: throw LiteralProblem("expected bytes, found \(literal.summary)")
        }
        guard bytes.count <= count ?? .max
        else { throw LiteralProblem("\(bytes.count) bytes do not fit into \(count ?? 0)") }
        return bytes
    }
}
