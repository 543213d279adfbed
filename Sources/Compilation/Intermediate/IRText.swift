/// Small questions about lines of LLVM's intermediate representation.
enum IRText {
    /// The first symbol (`@name` or `@"quoted name"`) of a text.
    static func firstSymbol(_ text: Substring) -> Substring? {
        guard let start = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        return symbol(text, at: start)
    }

    /// All symbols that a text mentions, with repetitions.
    static func symbols(_ text: Substring, _ body: (Substring) -> Void) {
        var rest = text
        while let symbol = firstSymbol(rest) {
            body(symbol)
            rest = rest[symbol.endIndex...]
        }
    }

    private static func symbol(_ text: Substring, at start: Substring.Index) -> Substring {
        let bytes = text.utf8
        var index = bytes.index(after: start)
        if index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") {
            let content = bytes.index(after: index)
            let end = bytes[content...].firstIndex(of: UInt8(ascii: "\""))
            return text[start..<(end.map { bytes.index(after: $0) } ?? bytes.endIndex)]
        }
        while index < bytes.endIndex, isPartOfName(bytes[index]) {
            index = bytes.index(after: index)
        }
        return text[start..<index]
    }

    static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "$"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// A symbol without its `@` and quotes.
    static func name(_ symbol: some StringProtocol) -> String {
        String(symbol.dropFirst().filter { $0 != "\"" })
    }

    /// A name as a symbol, in quotes where it needs them.
    static func symbol(_ name: String) -> String {
        name.utf8.allSatisfy(isPartOfName) && name.utf8.first.map { $0 < 48 || $0 > 57 } ?? false
            ? "@" + name : "@\"\(name)\""
    }

    /// The number of the debug location of an instruction: `…, !dbg !12`.
    static func location(_ line: some StringProtocol) -> Int? {
        guard let range = line.range(of: "!dbg !") else { return nil }
        return Int(line[range.upperBound...].prefix { $0.isNumber })
    }
}

extension StringProtocol {
    /// Where a text is found first, compared byte by byte.
    func range(of text: StaticString) -> Range<Index>? {
        // Asked for every line many times: nothing is allocated.
        text.withUTF8Buffer { unsafe range(ofBytes: $0) }
    }

    private func range(ofBytes wanted: some Collection<UInt8>) -> Range<Index>? {
        guard let first = wanted.first else { return nil }
        var start = utf8.startIndex
        while let found = utf8[start...].firstIndex(of: first) {
            if utf8[found...].starts(with: wanted) {
                return found..<utf8.index(found, offsetBy: wanted.count)
            }
            start = utf8.index(after: found)
        }
        return nil
    }
}
