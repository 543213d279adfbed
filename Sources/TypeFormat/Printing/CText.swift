/// C being written: bytes, one after the other.
struct CText {
    private(set) var bytes: [UInt8] = []

    init() {}

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    @inline(__always)
    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ text: StaticString) {
        // SAFETY: the text is constant and lives for ever.
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func append(tabs count: Int) {
        for _ in 0..<count { bytes.append(UInt8(ascii: "\t")) }
    }

    mutating func append(_ number: some BinaryInteger) {
        if number >= 0, number < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
        } else {
            bytes.append(contentsOf: String(number).utf8)
        }
    }

    /// Appends a name as C allows it.
    mutating func append(
        identifier name: NamePlace, in source: some TypeSource
    ) {
        let start = bytes.count
        for place in name { bytes.append(source.stringByte(place)) }
        CIdentifier.mend(&bytes, from: start)
    }

    /// The text from a place on, which is taken back.
    mutating func cut(from start: Int) -> [UInt8] {
        let end = Array(bytes[start...])
        bytes.removeSubrange(start...)
        return end
    }

    /// All of it.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What C allows as a name.
enum CIdentifier {
    /// A name that C allows, as similar as possible; the empty name stays empty.
    static func mended(_ name: String) -> String {
        var bytes = Array(name.utf8)
        mend(&bytes, from: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Mends the name that stands at the end of a text.
    ///
    /// Letters that C does not allow become `_`, a digit gets one before it, and keywords one
    /// behind them.
    @inline(__always)
    static func mend(_ text: inout [UInt8], from start: Int) {
        guard start < text.count else { return }
        var packed: UInt64 = 0
        for place in start..<text.count {
            let byte = text[place]
            if !isAllowed(byte) { text[place] = UInt8(ascii: "_") }
            packed = packed << 8 | UInt64(byte)
        }
        if isDigit(text[start]) { text.insert(UInt8(ascii: "_"), at: start) }
        let count = text.count - start
        // The compiler has its own `__builtin_va_list`, which differs between machines.
        if count <= 8 ? isKeyword(packed) : text[start...].starts(with: builtin) {
            text.append(UInt8(ascii: "_"))
        }
    }

    @inline(__always)
    static func isAllowed(_ byte: UInt8) -> Bool {
        // Letters differ from capitals by one bit.
        (byte | 0x20) &- 0x61 < 26 || isDigit(byte) || byte == 0x5f
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Whether the last eight bytes of a name, which has no more, are a keyword.
    @inline(__always)
    static func isKeyword(_ packed: UInt64) -> Bool {
        guard filter >> (packed & 63) & 1 != 0 else { return false }
        return keywords.contains(packed)
    }

    private static let builtin: [UInt8] = Array("__builtin_".utf8)

    /// A bit for the last letter of each keyword.
    private static let filter: UInt64 = keywords.reduce(0) { $0 | 1 << ($1 & 63) }

    private static let keywords: Set<UInt64> = Set(
        [
            "auto", "break", "case", "char", "const", "continue", "default", "do", "double",
            "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long",
            "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct",
            "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "asm", "typeof",
        ].map { $0.utf8.reduce(0) { $0 << 8 | UInt64($1) } })
}
