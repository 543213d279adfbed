/// A 64-bit number of which some bits are known (the kernel's "tnum").
///
/// A bit of ``mask`` that is set is unknown; then the bit of ``value`` is clear. It stands for all
/// numbers that have the known bits: the operations give what stands for all results that operands
/// so described can have, and as little more as is cheap.
struct TristateNumber: Hashable, Sendable {
    /// The bits that are known to be set.
    var value: UInt64
    /// The bits that are not known.
    var mask: UInt64

    /// A number with known and unknown bits; they must not overlap.
    @inline(__always)
    init(value: UInt64, mask: UInt64) {
        self.value = value
        self.mask = mask
    }

    /// A known number.
    @inline(__always)
    init(_ value: UInt64) { self.init(value: value, mask: 0) }

    /// Nothing is known.
    static let unknown = TristateNumber(value: 0, mask: .max)

    /// The numbers from `low` to `high`: their common leading bits are known.
    init(from low: UInt64, through high: UInt64) {
        let differing = 64 - (low ^ high).leadingZeroBitCount
        let mask: UInt64 = differing == 64 ? .max : (1 << UInt64(differing)) - 1
        self.init(value: low & ~mask, mask: mask)
    }
}

extension TristateNumber {
    /// Whether all bits are known.
    var isConstant: Bool { mask == 0 }
    /// Whether nothing is known.
    var isUnknown: Bool { mask == .max }
    /// The least number, unsigned.
    var least: UInt64 { value }
    /// The greatest number, unsigned.
    var greatest: UInt64 { value | mask }

    /// Whether it stands for a number.
    func contains(_ number: UInt64) -> Bool { number & ~mask == value }

    /// Whether all numbers that `other` stands for are among those of this one.
    @inline(__always)
    func contains(_ other: TristateNumber) -> Bool {
        other.mask & ~mask == 0 && other.value & ~mask == value
    }

    /// The least number with the known bits that is greater than another; ``greatest`` if none is.
    @inline(__always)
    func next(after number: UInt64) -> UInt64 {
        guard number < greatest else { return greatest }
        // The highest known bit that the number has otherwise, and all below.
        let differing = (number ^ value) & ~mask
        let low: UInt64 = differing == 0 ? 0 : .max >> UInt64(differing.leadingZeroBitCount)
        if differing & value & ~(low >> 1) != 0 {
            // Set here, clear there: what follows may be as small as can be.
            return number & mask & ~low | value
        }
        // Otherwise the unknown bits above must count up.
        return ((number | ~mask | low) &+ 1) & mask & ~low | value
    }

    /// Whether there may be a number for which both stand.
    func overlaps(_ other: TristateNumber) -> Bool {
        (value ^ other.value) & ~(mask | other.mask) == 0
    }

    /// Whether it is a multiple of a power of two for certain.
    func isAligned(to size: UInt64) -> Bool { (value | mask) & (size &- 1) == 0 }

    /// What both say; of known bits that contradict each other the result is not defined.
    @inline(__always)
    func intersection(_ other: TristateNumber) -> TristateNumber {
        let unknown = mask & other.mask
        return TristateNumber(value: (value | other.value) & ~unknown, mask: unknown)
    }

    /// What stands for the numbers of both.
    func union(_ other: TristateNumber) -> TristateNumber {
        let unknown = mask | other.mask | (value ^ other.value)
        return TristateNumber(value: value & other.value & ~unknown, mask: unknown)
    }

    /// The lower half, the upper bits being zero.
    @inline(__always)
    var lowerHalf: TristateNumber {
        TristateNumber(value: value & 0xffff_ffff, mask: mask & 0xffff_ffff)
    }

    /// This number with another lower half.
    func withLowerHalf(_ half: TristateNumber) -> TristateNumber {
        TristateNumber(
            value: value & ~0xffff_ffff | half.value & 0xffff_ffff,
            mask: mask & ~0xffff_ffff | half.mask & 0xffff_ffff)
    }

    /// The lowest bytes, the bits above being zero.
    func cut(toBytes count: Int) -> TristateNumber {
        guard count < 8 else { return self }
        let kept: UInt64 = (1 << UInt64(count * 8)) - 1
        return TristateNumber(value: value & kept, mask: mask & kept)
    }
}

extension TristateNumber {
    /// Bits are unknown where operands' are, or where an unknown carry may come in.
    static func + (left: TristateNumber, right: TristateNumber) -> TristateNumber {
        let most = (left.value &+ right.value) &+ (left.mask &+ right.mask)
        let least = left.value &+ right.value
        let unknown = (most ^ least) | left.mask | right.mask
        return TristateNumber(value: least & ~unknown, mask: unknown)
    }

    /// As the sum, with borrows.
    static func - (left: TristateNumber, right: TristateNumber) -> TristateNumber {
        let difference = left.value &- right.value
        let unknown =
            ((difference &+ left.mask) ^ (difference &- right.mask)) | left.mask | right.mask
        return TristateNumber(value: difference & ~unknown, mask: unknown)
    }

    static prefix func - (number: TristateNumber) -> TristateNumber {
        TristateNumber(0) - number
    }

    static func & (left: TristateNumber, right: TristateNumber) -> TristateNumber {
        let possible = left.greatest & right.greatest
        let certain = left.value & right.value
        return TristateNumber(value: certain, mask: possible & ~certain)
    }

    static func | (left: TristateNumber, right: TristateNumber) -> TristateNumber {
        let certain = left.value | right.value
        return TristateNumber(value: certain, mask: (left.mask | right.mask) & ~certain)
    }

    static func ^ (left: TristateNumber, right: TristateNumber) -> TristateNumber {
        let unknown = left.mask | right.mask
        return TristateNumber(value: (left.value ^ right.value) & ~unknown, mask: unknown)
    }

    /// A sum of shifted operands, one for each bit of the left; an unknown bit may add or not.
    static func * (left: TristateNumber, right: TristateNumber) -> TristateNumber {
        var multiplier = left
        var summand = right
        var sum = TristateNumber(0)
        while multiplier.greatest != 0 {
            if multiplier.value & 1 != 0 {
                sum = sum + summand
            } else if multiplier.mask & 1 != 0 {
                sum = sum.union(sum + summand)
            }
            multiplier = multiplier >> 1
            summand = summand << 1
        }
        return sum
    }

    static func << (number: TristateNumber, distance: UInt8) -> TristateNumber {
        TristateNumber(value: number.value << distance, mask: number.mask << distance)
    }

    static func >> (number: TristateNumber, distance: UInt8) -> TristateNumber {
        TristateNumber(value: number.value >> distance, mask: number.mask >> distance)
    }

    /// Shifted right with copies of the sign bit of a width, which may be unknown.
    func shiftedRightSigned(_ distance: UInt8, width: Int) -> TristateNumber {
        if width == 32 {
            let value = UInt32(bitPattern: Int32(truncatingIfNeeded: value) >> Int32(distance))
            let mask = UInt32(bitPattern: Int32(truncatingIfNeeded: mask) >> Int32(distance))
            return TristateNumber(value: UInt64(value), mask: UInt64(mask))
        }
        return TristateNumber(
            value: UInt64(bitPattern: Int64(bitPattern: value) >> Int64(distance)),
            mask: UInt64(bitPattern: Int64(bitPattern: mask) >> Int64(distance)))
    }
}

extension TristateNumber: CustomStringConvertible {
    /// The known bits and, after a slash, the unknown ones, in hexadecimal.
    var description: String {
        isConstant
            ? "0x" + String(value, radix: 16)
            : "0x\(String(value, radix: 16))/0x\(String(mask, radix: 16))"
    }
}
