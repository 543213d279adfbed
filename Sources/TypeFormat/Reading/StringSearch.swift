/// The offsets in a section of strings at which one string can be read.
///
/// Strings are stored once as a rule, but nothing says so, and the end of one may serve as
/// another: all places count. Types are then compared by a number instead of by their names.
struct StringSearch {
    /// In ascending order.
    private(set) var offsets: [UInt32] = []
    /// A bit for each offset by its lowest bits, to tell most others apart at once.
    private var filter: UInt64 = 0

    /// Searches a storage's own strings.
    init(_ name: [UInt8], in storage: BTFStorage) {
        let (bytes, section) = (storage.bytes, storage.strings)
        guard let first = name.first, let last = name.last, section.count > name.count
        else { return }
        let end = section.upperBound - name.count
        var offset = section.lowerBound
        // Sixteen starts at once: those where the first byte, the last and the zero are right
        // leave a zero byte.
        let (firsts, lasts) = (Self.ones &* UInt64(first), Self.ones &* UInt64(last))
        let (toLast, toZero) = (name.count - 1, name.count)
        // SAFETY: the farthest eight bytes that are read begin at `offset + 8 + name.count`.
        let stop = min(end, bytes.count - name.count - 15)
        @inline(__always) func differences(_ offset: Int) -> UInt64 {
            let first = unsafe bytes.uncheckedDoubleWord(at: offset) ^ firsts
            let last = unsafe bytes.uncheckedDoubleWord(at: offset &+ toLast) ^ lasts
            return unsafe first | last | bytes.uncheckedDoubleWord(at: offset &+ toZero)
        }
        while offset < stop {
            let (lower, upper) = (differences(offset), differences(offset &+ 8))
            let zeros = (lower &- Self.ones) & ~lower | (upper &- Self.ones) & ~upper
            if zeros & (Self.ones << 7) != 0 {
                for start in offset..<min(offset + 16, end) { check(start, name, storage) }
            }
            offset &+= 16
        }
        while offset < end {
            check(offset, name, storage)
            offset += 1
        }
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    private mutating func check(_ start: Int, _ name: [UInt8], _ storage: BTFStorage) {
        let offset = storage.firstStringOffset + start - storage.strings.lowerBound
        guard storage.hasString(name, at: offset) else { return }
        add(UInt32(truncatingIfNeeded: offset))
    }

    /// Adds an offset; they come in ascending order.
    private mutating func add(_ offset: UInt32) {
        offsets.append(offset)
        filter |= 1 << UInt64(offset & 63)
    }

    /// Adds what was found in the strings of the base, which come before.
    mutating func prepend(_ other: StringSearch) {
        offsets = other.offsets + offsets
        filter |= other.filter
    }

    /// Whether the string can be read at an offset.
    @inline(__always)
    func contains(_ offset: UInt32) -> Bool {
        guard filter >> UInt64(offset & 63) & 1 != 0 else { return false }
        if offsets.count == 1 { return offsets[0] == offset }
        var (low, high) = (0, offsets.count)
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low < offsets.count && offsets[low] == offset
    }
}
