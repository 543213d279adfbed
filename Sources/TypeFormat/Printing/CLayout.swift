/// Where a C compiler puts the members of a struct, and what must stand between them so that it
/// puts them where they belong.
///
/// Gaps are filled with bit-fields without a name, which change neither alignment nor names.
struct CLayout {
    let isPacked: Bool
    /// The first bit after the last member.
    private(set) var end = 0

    init(isPacked: Bool) { self.isPacked = isPacked }

    /// The widths of the fillers before a member that belongs at a bit offset.
    mutating func fillers(
        before offset: Int,
        alignment: Int,
        isBitField: Bool
    ) -> [Int] {
        // The compiler itself moves up to the next aligned place; bit-fields follow at once.
        let step = isBitField ? 1 : 8 * (isPacked ? 1 : max(1, alignment))
        let natural = (end + step - 1) / step * step
        return natural == offset ? [] : fill(to: offset)
    }

    /// Takes note of a member.
    mutating func place(at offset: Int, bitCount: Int) { end = max(end, offset + bitCount) }

    /// The widths of the fillers after the last member.
    mutating func fillers(upTo size: Int, alignment: Int) -> [Int] {
        let step = 8 * max(1, alignment)
        let natural = (end + step - 1) / step * step
        return natural >= size ? [] : fill(to: size)
    }

    /// Widths of at most 64 bits, none of which crosses a multiple of 64.
    private mutating func fill(to offset: Int) -> [Int] {
        var widths: [Int] = []
        while end < offset, widths.count < Self.limit {
            let width = min(64 - end % 64, offset - end)
            widths.append(width)
            end += width
        }
        return widths
    }

    /// Longer gaps are hostile; the longest in a kernel has some hundred bytes.
    static let limit = 4096
}
