/// A piece of a line of assembly, and where it stands.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A name or a keyword; what stands in quotes is never a keyword.
        case word(String, quoted: Bool)
        /// The absolute value; a sign is a token of its own.
        case number(UInt64)
        /// An operator or a bracket.
        case sign(String)
    }

    let kind: Kind
    /// Counted from 1.
    let column: Int
    /// As it is written, for messages.
    let text: String
}

/// Takes a line of assembly apart.
struct Scanner {
    private let bytes: [UInt8]
    private let line: Int
    private var position = 0

    init(_ text: Substring.UTF8View, line: Int) {
        bytes = Array(text)
        self.line = line
    }

    /// Longest first: a sign is never taken for the beginning of a longer one.
    private static let signs: [[UInt8]] = [
        "s>>=", "<<=", ">>=", "s/=", "s%=", "s>=", "s<=", "+=", "-=", "*=", "/=", "|=", "&=", "%=",
        "^=", "==", "!=", ">=", "<=", "s>", "s<", "=", "+", "-", "*", "(", ")", "[", "]", ",", ":",
        "&", "<", ">",
    ].map { Array($0.utf8) }

    /// The tokens up to the end of the line, or to the comment in it.
    mutating func tokens() throws(AssemblyError) -> [Token] {
        var tokens: [Token] = []
        while let byte = skipBlanks() {
            let start = position
            let kind: Token.Kind
            if SymbolName.isDigit(byte) {
                kind = .number(try number())
            } else if SymbolName.isStart(byte), !startsSign(byte) {
                kind = .word(word(), quoted: false)
            } else if byte == UInt8(ascii: "\"") {
                kind = .word(try quotedName(), quoted: true)
            } else if let sign = sign() {
                kind = .sign(sign)
            } else {
                throw fault(.unexpectedCharacter(character(at: start)), at: start)
            }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            tokens.append(Token(kind: kind, column: start + 1, text: text))
        }
        return tokens
    }

    /// The next byte that is not blank, or `nil` at the end of the line or the start of a comment.
    private mutating func skipBlanks() -> UInt8? {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "#"), UInt8(ascii: ";"): return nil
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): return nil
            default: return byte
            }
        }
        return nil
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    /// Whether an `s` belongs to the sign behind it: `s>`, `s/=`.
    private func startsSign(_ byte: UInt8) -> Bool {
        guard byte == UInt8(ascii: "s"), let next = peek(1) else { return false }
        return "<>/%".utf8.contains(next)
    }

    private mutating func sign() -> String? {
        for sign in Self.signs where bytes[position...].starts(with: sign) {
            position += sign.count
            return String(decoding: sign, as: UTF8.self)
        }
        return nil
    }

    private mutating func word() -> String {
        let start = position
        while let byte = peek(0), SymbolName.isPart(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func number() throws(AssemblyError) -> UInt64 {
        let start = position
        let word = word()
        let digits = word.hasPrefix("0x") || word.hasPrefix("0X") ? word.dropFirst(2) : nil
        guard let value = digits.map({ UInt64($0, radix: 16) }) ?? UInt64(word)
        else { throw fault(.malformedNumber(word), at: start) }
        return value
    }

    private mutating func quotedName() throws(AssemblyError) -> String {
        let start = position
        var name: [UInt8] = []
        position += 1
        while let byte = peek(0) {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: name, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = peek(0) else { break }
                position += 1
                name.append(Self.unescaped(escaped))
            default: name.append(byte)
            }
        }
        throw fault(.unterminatedName, at: start)
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): UInt8(ascii: "\n")
        case UInt8(ascii: "r"): UInt8(ascii: "\r")
        default: byte
        }
    }

    private func character(at position: Int) -> Character {
        String(decoding: bytes[position...], as: UTF8.self).first ?? "?"
    }

    private func fault(_ reason: AssemblyError.Reason, at position: Int) -> AssemblyError {
        AssemblyError(line: line, column: position + 1, reason)
    }
}
