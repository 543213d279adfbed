import EBPFBytecode

/// A constant that logical instructions hold: a run of ones, rotated, repeated through the word.
///
/// ```
///  N immr imms   element                                         0b0011_1100 repeated, for example
///  1 rrrrrr ssssss  64 bits     s + 1 ones,
///  0 0rrrrr 0sssss  32 bits     rotated to the right by r
///  0 00rrrr 10ssss  16 bits
///  0 000rrr 110sss   8 bits     N 0, immr 000110, imms 110011
///  0 0000rr 1110ss   4 bits
///  0 00000r 11110s   2 bits
/// ```
///
/// Zero and all ones are no such constants (Arm ARM, `DecodeBitMasks`).
struct ARM64BitMask: Hashable, Sendable {
    /// `N:immr:imms`, thirteen bits.
    let encoding: UInt32

    /// The mask that gives `value` in the lower 32 or in all 64 bits, if there is one.
    init?(_ value: UInt64, _ width: Width) {
        let low = value & 0xffff_ffff
        let word = width == .word ? low | low << 32 : value
        guard word != 0, word != .max else { return nil }

        // The shortest period.
        var size: UInt64 = 64
        while size > 2 {
            let half = size / 2
            let mask: UInt64 = (1 << half) - 1
            guard word & mask == word >> half & mask else { break }
            size = half
        }
        let mask: UInt64 = size == 64 ? .max : (1 << size) - 1
        let element = word & mask

        // Where the run begins: above a zero, perhaps around the element's end.
        let ones = UInt64(element.nonzeroBitCount)
        let start =
            element & 1 == 0
            ? UInt64(element.trailingZeroBitCount)
            : size - (ones - UInt64((~element).trailingZeroBitCount))
        let rotation = (size - start) % size
        let rotated = (element << rotation | element >> ((size - rotation) % size)) & mask
        guard rotated == (1 << ones) - 1 else { return nil }

        let n: UInt32 = size == 64 ? 1 : 0
        let sizeBits = UInt32(truncatingIfNeeded: ~(size * 2 - 1)) & 0x3f
        encoding = n << 12 | UInt32(rotation) << 6 | sizeBits | UInt32(ones - 1)
    }
}
