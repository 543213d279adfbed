/// Cuts bytes that come in pieces into lines.
struct LineSplitter: Sendable {
    private var rest: [UInt8] = []

    /// The lines that a piece completes, without their ends.
    mutating func lines(_ piece: [UInt8]) -> [String] {
        guard piece.contains(Self.newline) else {
            rest += piece
            return []
        }
        var parts = (rest + piece).split(
            separator: Self.newline, omittingEmptySubsequences: false)
        rest = Array(parts.popLast() ?? [])
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What came after the last line's end; `nil` if nothing did.
    mutating func end() -> String? {
        defer { rest = [] }
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }

    private static let newline = UInt8(ascii: "\n")
}
