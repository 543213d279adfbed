/// What is known of a number in a register: single bits, and ranges of all 64 and of the lower 32
/// bits, each read as unsigned and as signed.
///
/// The parts describe one set of numbers from several sides; ``tighten()`` lets each learn from the
/// others.
struct Scalar: Hashable, Sendable {
    /// The bits that are known.
    var bits: TristateNumber
    /// The least and the greatest number, unsigned.
    var least: UInt64, greatest: UInt64
    /// The least and the greatest number, signed.
    var leastSigned: Int64, greatestSigned: Int64
    /// The same of the lower half.
    var leastWord: UInt32, greatestWord: UInt32
    /// The same of the lower half, signed.
    var leastSignedWord: Int32, greatestSignedWord: Int32

    /// Any number at all.
    static let unknown = Scalar(bits: .unknown)

    /// A known number.
    @inline(__always)
    init(_ value: UInt64) {
        bits = TristateNumber(value)
        least = value
        greatest = value
        leastSigned = Int64(bitPattern: value)
        greatestSigned = leastSigned
        leastWord = UInt32(truncatingIfNeeded: value)
        greatestWord = leastWord
        leastSignedWord = Int32(truncatingIfNeeded: value)
        greatestSignedWord = leastSignedWord
    }

    /// A number of which some bits are known, and nothing else yet.
    @inline(__always)
    init(bits: TristateNumber) {
        self.bits = bits
        least = 0
        greatest = .max
        leastSigned = .min
        greatestSigned = .max
        leastWord = 0
        greatestWord = .max
        leastSignedWord = .min
        greatestSignedWord = .max
    }

    /// A number from zero to a greatest one.
    init(through greatest: UInt64) {
        self.init(bits: .unknown)
        self.greatest = greatest
        tighten()
    }

    /// A number of a signed range.
    init(signed range: ClosedRange<Int64>) {
        self.init(bits: .unknown)
        leastSigned = range.lowerBound
        greatestSigned = range.upperBound
        tighten()
    }
}

extension Scalar {
    /// Whether it is one number.
    @inline(__always)
    var isConstant: Bool { bits.isConstant }

    /// The number, if it is one.
    var constant: UInt64? { bits.isConstant ? bits.value : nil }

    /// The number that the lower half is, if it is one.
    var constantWord: UInt32? {
        bits.lowerHalf.isConstant ? UInt32(truncatingIfNeeded: bits.value) : nil
    }

    /// Whether nothing at all is known.
    var isUnknown: Bool { self == .unknown }

    /// Whether the parts contradict each other: no number is left.
    var isEmpty: Bool {
        least > greatest || leastSigned > greatestSigned || leastWord > greatestWord
            || leastSignedWord > greatestSignedWord
    }

    /// Whether every number of `other` is one of these.
    @inline(__always)
    func contains(_ other: Scalar) -> Bool {
        least <= other.least && greatest >= other.greatest
            && leastSigned <= other.leastSigned && greatestSigned >= other.greatestSigned
            && leastWord <= other.leastWord && greatestWord >= other.greatestWord
            && leastSignedWord <= other.leastSignedWord
            && greatestSignedWord >= other.greatestSignedWord
            && bits.contains(other.bits)
    }

    /// Keeps of the ranges what is in those of another, too.
    mutating func narrowRanges(to other: Scalar) {
        least = max(least, other.least)
        greatest = min(greatest, other.greatest)
        leastSigned = max(leastSigned, other.leastSigned)
        greatestSigned = min(greatestSigned, other.greatestSigned)
        leastWord = max(leastWord, other.leastWord)
        greatestWord = min(greatestWord, other.greatestWord)
        leastSignedWord = max(leastSignedWord, other.leastSignedWord)
        greatestSignedWord = min(greatestSignedWord, other.greatestSignedWord)
    }

    /// Forgets all ranges.
    mutating func forgetRanges() { self = Scalar(bits: bits) }

    /// Forgets the ranges of all 64 bits.
    mutating func forgetLongRanges() {
        least = 0
        greatest = .max
        leastSigned = .min
        greatestSigned = .max
    }

    /// The lower half becomes a known number; of all 64 bits the ranges stay as they are.
    mutating func settleWord(on value: UInt32) {
        bits = TristateNumber(
            value: bits.value & ~0xffff_ffff | UInt64(value), mask: bits.mask & ~0xffff_ffff)
        leastWord = value
        greatestWord = value
        leastSignedWord = Int32(bitPattern: value)
        greatestSignedWord = leastSignedWord
    }

    /// The same number without the ranges of its lower half, which pointers do not have.
    var withoutWordRanges: Scalar {
        var number = self
        number.forgetWordRanges()
        return number
    }

    /// Forgets the ranges of the lower half.
    mutating func forgetWordRanges() {
        leastWord = 0
        greatestWord = .max
        leastSignedWord = .min
        greatestSignedWord = .max
    }
}

// MARK: - Learning from each other

extension Scalar {
    /// Lets the parts learn from each other.
    mutating func tighten() {
        tightenRangesByBits()
        tightenRanges()
        tightenRanges()
        tightenRanges()
        tightenBitsByRanges()
        // The bits may have won from the ranges what tightens those once more.
        tightenRangesByBits()
    }

    private mutating func tightenRangesByBits() {
        least = max(least, bits.value)
        greatest = min(greatest, bits.greatest)
        // An unknown sign bit makes a number least when set, and greatest when clear.
        let sign: UInt64 = 1 << 63
        leastSigned = max(leastSigned, Int64(bitPattern: bits.value | (bits.mask & sign)))
        greatestSigned = min(greatestSigned, Int64(bitPattern: bits.value | (bits.mask & ~sign)))

        let value = UInt32(truncatingIfNeeded: bits.value)
        let mask = UInt32(truncatingIfNeeded: bits.mask)
        let signOfWord: UInt32 = 1 << 31
        leastWord = max(leastWord, value)
        greatestWord = min(greatestWord, value | mask)
        leastSignedWord = max(leastSignedWord, Int32(bitPattern: value | (mask & signOfWord)))
        greatestSignedWord = min(
            greatestSignedWord, Int32(bitPattern: value | (mask & ~signOfWord)))
        settleOnOnlyNumber()
    }

    /// A range in which only one number has the known bits is that number. Where none has, on a path
    /// that is never taken, the kernel still settles on the greatest with these bits.
    private mutating func settleOnOnlyNumber() {
        let next = bits.next(after: least)
        if bits.contains(least) {
            if next > greatest { self = Scalar(least) }
        } else if next == bits.greatest
            || (next <= greatest && bits.next(after: next) > greatest)
        {
            self = Scalar(next)
        }
    }

    private mutating func tightenRanges() {
        tightenWordsByLongs()
        tightenWords()
        tightenLongs()
        tightenLongsByWords()
    }

    /// Where all numbers of a range share the upper half, the lower halves are in order, too.
    private mutating func tightenWordsByLongs() {
        if least >> 32 == greatest >> 32 {
            let low = UInt32(truncatingIfNeeded: least)
            let high = UInt32(truncatingIfNeeded: greatest)
            leastWord = max(leastWord, low)
            greatestWord = min(greatestWord, high)
            tightenSignedWord(low, high)
        }
        if leastSigned >> 32 == greatestSigned >> 32 {
            let low = UInt32(truncatingIfNeeded: leastSigned)
            let high = UInt32(truncatingIfNeeded: greatestSigned)
            // On a path that is never taken they may not be.
            if low <= high {
                leastWord = max(leastWord, low)
                greatestWord = min(greatestWord, high)
            }
            tightenSignedWord(low, high)
        }
        // Upper halves that follow each other: the lower one runs from a negative to a positive
        // number, over the place where unsigned numbers wrap.
        if UInt32(truncatingIfNeeded: least >> 32) &+ 1
            == UInt32(truncatingIfNeeded: greatest >> 32)
        {
            tightenWrappingWord(
                Int32(truncatingIfNeeded: least), Int32(truncatingIfNeeded: greatest))
        }
        if UInt32(truncatingIfNeeded: leastSigned >> 32) &+ 1
            == UInt32(truncatingIfNeeded: greatestSigned >> 32)
        {
            tightenWrappingWord(
                Int32(truncatingIfNeeded: leastSigned), Int32(truncatingIfNeeded: greatestSigned))
        }
    }

    private mutating func tightenSignedWord(_ low: UInt32, _ high: UInt32) {
        let low = Int32(bitPattern: low), high = Int32(bitPattern: high)
        guard low <= high else { return }
        leastSignedWord = max(leastSignedWord, low)
        greatestSignedWord = min(greatestSignedWord, high)
    }

    private mutating func tightenWrappingWord(_ low: Int32, _ high: Int32) {
        guard low < 0, high >= 0 else { return }
        leastSignedWord = max(leastSignedWord, low)
        greatestSignedWord = min(greatestSignedWord, high)
    }

    /// The two readings of the lower half: an unsigned range on one side of the sign's border is a
    /// signed one, and the reverse.
    private mutating func tightenWords() {
        if Int32(bitPattern: leastWord) <= Int32(bitPattern: greatestWord) {
            leastSignedWord = max(leastSignedWord, Int32(bitPattern: leastWord))
            greatestSignedWord = min(greatestSignedWord, Int32(bitPattern: greatestWord))
        }
        let low = UInt32(bitPattern: leastSignedWord)
        let high = UInt32(bitPattern: greatestSignedWord)
        if low <= high {
            leastWord = max(leastWord, low)
            greatestWord = min(greatestWord, high)
        } else if greatestWord < low {
            // Only the part that is not negative meets the unsigned range …
            leastSignedWord = Int32(bitPattern: leastWord)
            greatestWord = min(greatestWord, high)
        } else if high < leastWord {
            // … or only the negative one.
            greatestSignedWord = Int32(bitPattern: greatestWord)
            leastWord = max(leastWord, low)
        }
    }

    /// The two readings of all 64 bits.
    private mutating func tightenLongs() {
        if Int64(bitPattern: least) <= Int64(bitPattern: greatest) {
            leastSigned = max(leastSigned, Int64(bitPattern: least))
            greatestSigned = min(greatestSigned, Int64(bitPattern: greatest))
        }
        let low = UInt64(bitPattern: leastSigned), high = UInt64(bitPattern: greatestSigned)
        if low <= high {
            least = max(least, low)
            greatest = min(greatest, high)
        } else if greatest < low {
            leastSigned = Int64(bitPattern: least)
            greatest = min(greatest, high)
        } else if high < least {
            greatestSigned = Int64(bitPattern: greatest)
            least = max(least, low)
        }
    }

    /// A range's end cannot have a smaller lower half than every lower half has.
    private mutating func tightenLongsByWords() {
        least = max(least, least & ~0xffff_ffff | UInt64(leastWord))
        greatest = min(greatest, greatest & ~0xffff_ffff | UInt64(greatestWord))
        leastSigned = max(leastSigned, leastSigned & ~0xffff_ffff | Int64(leastWord))
        greatestSigned = min(greatestSigned, greatestSigned & ~0xffff_ffff | Int64(greatestWord))
        // A number that fits 32 bits, signed, is its own lower half.
        if leastSignedWord >= 0, leastSigned >= Int64(Int32.min),
            greatestSigned <= Int64(Int32.max)
        {
            leastSigned = Int64(leastSignedWord)
            greatestSigned = Int64(greatestSignedWord)
            // On a path that is never taken, the greatest may be less than the least, and negative.
            least = UInt64(bitPattern: leastSigned)
            greatest = UInt64(bitPattern: greatestSigned)
            bits = bits.intersection(TristateNumber(from: least, through: greatest))
        }
    }

    private mutating func tightenBitsByRanges() {
        let whole = bits.intersection(TristateNumber(from: least, through: greatest))
        let half = whole.lowerHalf.intersection(
            TristateNumber(from: UInt64(leastWord), through: UInt64(greatestWord)))
        bits = whole.withLowerHalf(half)
    }
}

// MARK: - Widths

extension Scalar {
    /// Takes the lower half, read as unsigned, for the whole: what 32-bit operations leave.
    mutating func extendWordWithZeros() {
        bits = bits.lowerHalf
        least = UInt64(leastWord)
        greatest = UInt64(greatestWord)
        if leastSignedWord >= 0 {
            leastSigned = Int64(leastSignedWord)
            greatestSigned = Int64(greatestSignedWord)
        } else {
            leastSigned = 0
            greatestSigned = Int64(UInt32.max)
        }
        tighten()
    }

    /// Keeps the lowest bytes: what a narrow store and load leave.
    mutating func cut(toBytes count: Int) {
        guard count < 8 else { return }
        bits = bits.cut(toBytes: count)
        let greatestPossible: UInt64 = (1 << UInt64(count * 8)) - 1
        if least & ~greatestPossible == greatest & ~greatestPossible {
            least &= greatestPossible
            greatest &= greatestPossible
        } else {
            least = 0
            greatest = greatestPossible
        }
        leastSigned = Int64(bitPattern: least)
        greatestSigned = Int64(bitPattern: greatest)
        if count < 4 { forgetWordRanges() }
        tighten()
    }

    /// Extends the sign of the lowest bytes over the whole.
    mutating func extendSign(ofBytes count: Int) {
        let shift = UInt64(64 - count * 8)
        if let constant {
            self = Scalar(
                UInt64(bitPattern: Int64(bitPattern: constant << shift) >> Int64(shift)))
            return
        }
        // The upper bits agree at both ends: then the narrow values keep their order.
        let low = leastSigned >> (count * 8), high = greatestSigned >> (count * 8)
        let narrowLow = Int64(leastSigned << Int64(shift)) >> Int64(shift)
        let narrowHigh = Int64(greatestSigned << Int64(shift)) >> Int64(shift)
        let limit: Int64 = 1 << Int64(count * 8 - 1)
        self = .unknown
        if low == high, (narrowLow < 0) == (narrowHigh < 0) {
            leastSigned = narrowLow
            greatestSigned = narrowHigh
        } else {
            leastSigned = -limit
            greatestSigned = limit - 1
        }
        tighten()
    }

    /// Extends the sign of the lowest bytes over the lower half, and clears the upper one.
    mutating func extendSignOfWord(ofBytes count: Int) {
        let shift = UInt32(32 - count * 8)
        if let constant {
            let word = (Int32(truncatingIfNeeded: constant) << Int32(shift)) >> Int32(shift)
            self = Scalar(UInt64(UInt32(bitPattern: word)))
            return
        }
        let low = leastSignedWord >> Int32(count * 8), high = greatestSignedWord >> Int32(count * 8)
        let narrowLow = (leastSignedWord << Int32(shift)) >> Int32(shift)
        let narrowHigh = (greatestSignedWord << Int32(shift)) >> Int32(shift)
        let limit: Int32 = 1 << Int32(count * 8 - 1)
        self = Scalar(bits: TristateNumber.unknown.lowerHalf)
        if low == high, (narrowLow < 0) == (narrowHigh < 0) {
            leastSignedWord = narrowLow
            greatestSignedWord = narrowHigh
        } else {
            leastSignedWord = -limit
            greatestSignedWord = limit - 1
        }
        tighten()
        extendWordWithZeros()
    }
}

extension Scalar: CustomStringConvertible {
    /// The number, or what is known of it: "0…255", "a multiple of 4".
    var description: String {
        if let constant { return "\(Int64(bitPattern: constant))" }
        if isUnknown { return "any number" }
        var parts: [String] = []
        if leastSigned < 0, leastSigned != .min || greatestSigned != .max {
            parts.append("\(leastSigned)…\(greatestSigned)")
        } else if least != 0 || greatest != .max {
            parts.append("\(least)…\(greatest)")
        } else if leastWord != 0 || greatestWord != .max {
            parts.append("lower half \(leastWord)…\(greatestWord)")
        } else if leastSignedWord != .min || greatestSignedWord != .max {
            parts.append("lower half \(leastSignedWord)…\(greatestSignedWord)")
        }
        let zeros = min((bits.value | bits.mask).trailingZeroBitCount, 12)
        if zeros > 0 { parts.append("a multiple of \(1 << zeros)") }
        return parts.isEmpty ? "any number with some known bits" : parts.joined(separator: ", ")
    }
}
