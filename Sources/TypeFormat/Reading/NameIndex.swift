/// The types of one storage by a hash of their names, in two flat arrays.
///
/// Made in about the time of two searches for a single name; a question then costs less than a
/// microsecond. A name and its flavours share a bucket, so that both kinds of question find them.
struct NameIndex {
    /// The index of the last type in each bucket, plus 1; 0 if there is none.
    private var heads: [UInt32]
    /// For each type, the one before it in the same bucket, likewise.
    private var previous: [UInt32]

    init(_ storage: BTFStorage) {
        var size = 16
        while size < storage.offsets.count { size *= 2 }
        var heads = [UInt32](repeating: 0, count: size)
        var previous = [UInt32](repeating: 0, count: storage.offsets.count)
        storage.offsets.visit { index, offset in
            let name = storage.bytes.word(at: offset)
            guard name != 0, let hash = storage.nameHash(at: Int(name)) else { return true }
            let bucket = Int(hash) & (size - 1)
            previous[index] = heads[bucket]
            heads[bucket] = UInt32(index + 1)
            return true
        }
        self.heads = heads
        self.previous = previous
    }

    /// The indices of the types that may have a name, or it with a flavour, in order.
    func candidates(for name: [UInt8]) -> [Int] {
        var found: [Int] = []
        var link = heads[Int(NameHash(of: name).value) & (heads.count - 1)]
        while link != 0 {
            found.append(Int(link) - 1)
            link = previous[Int(link) - 1]
        }
        found.reverse()
        return found
    }
}

extension BTFStorage {
    /// The hash of the name at an offset; `nil` if there is no such offset.
    @inline(__always)
    fileprivate func nameHash(at offset: Int) -> UInt32? {
        guard offset >= firstStringOffset else { return base?.nameHashInBase(at: offset) }
        let start = strings.lowerBound + offset - firstStringOffset
        guard start < strings.upperBound else { return nil }
        return NameHash(in: bytes, from: start).value
    }

    private func nameHashInBase(at offset: Int) -> UInt32? { nameHash(at: offset) }
}

/// A hash of a name up to the first run of three underscores: flavours do not change it.
struct NameHash {
    private(set) var value: UInt32
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    /// Of longer names only the beginning counts: many types may share one of megabytes.
    private static let limit = 512

    /// The hash of a whole name.
    init(of name: [UInt8]) { self.init(in: TypeBytes(name + [0]), from: 0) }

    /// The hash of a name that a zero ends.
    @inline(__always)
    init(in bytes: TypeBytes, from start: Int) {
        var (hash, offset) = (UInt64(0), start)
        // Which of the last bytes were underscores, two bits a word before.
        var underscores: UInt64 = 0
        // A word behind the limit shows whether a run begins before it.
        while offset < start &+ Self.limit &+ 8 {
            // SAFETY: the condition is that of the function.
            let word =
                offset <= bytes.count &- 8
                ? unsafe bytes.uncheckedDoubleWord(at: offset) : Self.lastBytes(bytes, offset)
            let zeros = (word &- Self.ones) & ~word & Self.highBits
            // All of the bytes before the zero.
            let mask = zeros == 0 ? ~0 : (zeros & (0 &- zeros)) >> 7 &- 1
            let marks = Self.underscores(in: word) & mask
            let shifted = marks << 16 | underscores
            let runs = marks & marks >> 8 & marks >> 16 | shifted & shifted >> 8 & shifted >> 16
            if runs != 0 {
                value = Self.hashOfPrefix(bytes, start)
                return
            }
            if offset < start &+ Self.limit { hash = Self.mix(hash, word & mask) }
            if zeros != 0 { break }
            underscores = marks >> 48
            offset &+= 8
        }
        value = UInt32(truncatingIfNeeded: hash >> 32)
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
        return mixed ^ mixed >> 32
    }

    /// The high bit of each byte that is an underscore.
    @inline(__always)
    private static func underscores(in word: UInt64) -> UInt64 {
        let others = word ^ 0x5f5f_5f5f_5f5f_5f5f
        return ~((others & ~highBits &+ ~highBits) | others) & highBits
    }

    /// The hash of what stands before the first three underscores, which there are.
    private static func hashOfPrefix(_ bytes: TypeBytes, _ start: Int) -> UInt32 {
        var (hash, offset, word, run) = (UInt64(0), start, UInt64(0), 0)
        var end = start
        while end < bytes.count, run < 3 {
            run = bytes[end] == UInt8(ascii: "_") ? run + 1 : 0
            end += 1
        }
        end -= 3
        while offset <= end, offset < start + limit {
            word = 0
            for index in 0..<8 where offset + index < end {
                word |= UInt64(bytes[offset + index]) << UInt64(index * 8)
            }
            hash = mix(hash, word)
            offset += 8
        }
        return UInt32(truncatingIfNeeded: hash >> 32)
    }

    /// The bytes from an offset to the end of all, and zeros.
    private static func lastBytes(_ bytes: TypeBytes, _ offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 where offset + index < bytes.count {
            word |= UInt64(bytes[offset + index]) << UInt64(index * 8)
        }
        return word
    }
}
