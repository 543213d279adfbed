/// How many bytes types of each kind take: those that everybody knows, and those that a file
/// itself describes so that older readers can skip them.
struct KindLengths {
    /// Twice 128 kinds: the bytes with the first twelve, or 0 if nobody knows the kind, and the
    /// bytes of each element.
    private var table: InlineArray<128, (fixed: UInt16, element: UInt16)> = Self.known

    private static let known: InlineArray<128, (fixed: UInt16, element: UInt16)> = {
        var table = InlineArray<128, (fixed: UInt16, element: UInt16)>(repeating: (0, 0))
        for kind in [2, 7, 8, 9, 10, 11, 12, 16, 18] { table[kind] = (12, 0) }
        for kind in [1, 14, 17] { table[kind] = (16, 0) }
        table[3] = (24, 0)
        for kind in [4, 5, 15, 19] { table[kind] = (12, 12) }
        for kind in [6, 13] { table[kind] = (12, 8) }
        return table
    }()

    /// The known kinds, and others as a section of `struct btf_layout` says: for each kind the
    /// bytes after the first twelve, the bytes of each element, and two of flags (Linux 7.1).
    init(_ bytes: TypeBytes, layouts: Range<Int>) {
        for kind in 0..<min(128, layouts.count / 4) where kind > 0 && table[kind].fixed == 0 {
            let start = layouts.lowerBound + 4 * kind
            table[kind] = (12 + UInt16(bytes[start]), UInt16(bytes[start + 1]))
        }
    }

    /// How many bytes a type takes, with all that follows its first twelve; 0 for an unknown kind.
    @inline(__always)
    func byteCount(info: UInt32) -> Int {
        let length = table[Int(TypeRecord.kindNumber(info: info))]
        return Int(length.fixed) &+ Int(length.element) &* Int(info & 0xff_ffff)
    }
}
