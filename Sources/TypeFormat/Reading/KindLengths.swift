/// How many bytes types of each kind take: those that everybody knows, and those that a file
/// itself describes so that older readers can skip them.
struct KindLengths {
    /// For each of 128 kinds the bytes with the first twelve, or 0 if nobody knows the kind, and in
    /// the upper half the bytes of each element.
    private var table: [UInt32] = Self.known

    /// A bit for each kind of which nothing follows the first twelve bytes.
    private static let shortKinds: UInt32 = 0b101_0001_1111_1000_0100

    private static let known: [UInt32] = {
        var table = [UInt32](repeating: 0, count: 128)
        for kind in [2, 7, 8, 9, 10, 11, 12, 16, 18] { table[kind] = 12 }
        for kind in [1, 14, 17] { table[kind] = 16 }
        table[3] = 24
        for kind in [4, 5, 15, 19] { table[kind] = 12 | 12 << 16 }
        for kind in [6, 13] { table[kind] = 12 | 8 << 16 }
        return table
    }()

    /// The known kinds, and others as a section of `struct btf_layout` says: for each kind the
    /// bytes after the first twelve, the bytes of each element, and two of flags (Linux 7.1).
    init(_ bytes: TypeBytes, layouts: Range<Int>) {
        for kind in 0..<min(128, layouts.count / 4) where kind > 0 && table[kind] == 0 {
            let start = layouts.lowerBound + 4 * kind
            table[kind] = 12 + UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 16
        }
    }

    /// How many bytes a type takes, with all that follows its first twelve; 0 for an unknown kind.
    @inline(__always)
    func byteCount(info: UInt32) -> Int {
        let kind = TypeRecord.kindNumber(info: info)
        // Most types have twelve bytes. The processor guesses that and goes on to the next one, while
        // what stands in a table has to be waited for.
        if kind < 32, Self.shortKinds >> UInt32(kind) & 1 != 0 { return 12 }
        let length = table[Int(kind)]
        return Int(length & 0xffff) &+ Int(length >> 16) &* Int(info & 0xff_ffff)
    }
}
