import EBPFBytecode

/// The numbers that a register may hold: all from a least to a greatest one, read as unsigned.
struct Interval: Hashable, Sendable {
    var least: UInt64
    var greatest: UInt64

    /// Every number.
    static let any = Interval(0, .max)
    /// Every number of 32 bits.
    static let anyWord = Interval(0, 0xffff_ffff)

    init(_ least: UInt64, _ greatest: UInt64) {
        self.least = least
        self.greatest = greatest
    }

    init(_ value: UInt64) { self.init(value, value) }

    /// Every number of so many bytes.
    init(byteCount: Int) {
        self.init(0, byteCount >= 8 ? .max : 1 << UInt64(8 * byteCount) - 1)
    }

    /// The number, if there is only one.
    var value: UInt64? { least == greatest ? least : nil }

    /// Whether all numbers have 32 bits.
    var isNarrow: Bool { greatest <= 0xffff_ffff }

    /// Whether no number is negative where the highest bit of a width is the sign.
    func isPositive(_ width: Width) -> Bool {
        greatest < (width == .word ? 1 << 31 : 1 << 63)
    }

    func contains(_ other: Interval) -> Bool {
        least <= other.least && greatest >= other.greatest
    }

    /// The least interval that contains both.
    func union(_ other: Interval) -> Interval {
        Interval(min(least, other.least), max(greatest, other.greatest))
    }

    /// The numbers of both, if there are any.
    func intersection(_ other: Interval) -> Interval? {
        let low = max(least, other.least), high = min(greatest, other.greatest)
        return low <= high ? Interval(low, high) : nil
    }

    /// The lower halves.
    var word: Interval {
        guard least >> 32 == greatest >> 32 else { return .anyWord }
        return Interval(least & 0xffff_ffff, greatest & 0xffff_ffff)
    }
}

// MARK: - Operations

extension Interval {
    /// What an operation of eBPF makes of two numbers.
    static func result(
        _ operation: Arithmetic, _ width: Width, _ left: Interval, _ right: Interval
    ) -> Interval {
        guard width == .word else { return left.applying(operation, right, width) }
        return left.word.applying(operation, right.word, width).word
    }

    private func applying(
        _ operation: Arithmetic, _ right: Interval, _ width: Width
    ) -> Interval {
        switch operation {
        case .add: adding(right)
        case .subtract: subtracting(right)
        case .multiply: multiplied(by: right)
        case .and: masked(by: right)
        case .or: Interval(max(least, right.least), Self.filled(greatest | right.greatest))
        case .xor: Interval(0, Self.filled(greatest | right.greatest))
        case .divide: divided(by: right)
        case .modulo: remainder(by: right)
        case .divideSigned:
            isPositive(width) && right.isPositive(width) ? divided(by: right) : .any
        case .moduloSigned:
            isPositive(width) && right.isPositive(width) ? remainder(by: right) : .any
        case .shiftLeft, .shiftRight, .shiftRightSigned: shifted(operation, right, width)
        }
    }

    /// Sums; they keep their order if none wraps around, or all do.
    func adding(_ right: Interval) -> Interval {
        let low = least.addingReportingOverflow(right.least)
        let high = greatest.addingReportingOverflow(right.greatest)
        return low.overflow == high.overflow
            ? Interval(low.partialValue, high.partialValue) : .any
    }

    private func subtracting(_ right: Interval) -> Interval {
        let low = least.subtractingReportingOverflow(right.greatest)
        let high = greatest.subtractingReportingOverflow(right.least)
        return low.overflow == high.overflow
            ? Interval(low.partialValue, high.partialValue) : .any
    }

    private func multiplied(by right: Interval) -> Interval {
        let high = greatest.multipliedReportingOverflow(by: right.greatest)
        return high.overflow ? .any : Interval(least &* right.least, high.partialValue)
    }

    private func masked(by right: Interval) -> Interval {
        if let mask = right.value, ~mask & (~mask &+ 1) == 0 {
            // Rounding down keeps the order.
            return Interval(least & mask, greatest & mask)
        }
        return Interval(0, min(greatest, right.greatest))
    }

    /// A quotient; what is divided by zero becomes zero.
    private func divided(by right: Interval) -> Interval {
        guard right.least > 0 else { return Interval(0, greatest) }
        return Interval(least / right.greatest, greatest / right.least)
    }

    /// A remainder; what is divided by zero stays.
    private func remainder(by right: Interval) -> Interval {
        if greatest < right.least { return self }
        return Interval(0, right.least > 0 ? min(greatest, right.greatest - 1) : greatest)
    }

    /// What lies within is below the next power of two.
    private static func filled(_ number: UInt64) -> UInt64 {
        number == 0 ? 0 : .max >> UInt64(number.leadingZeroBitCount)
    }

    private func shifted(_ operation: Arithmetic, _ right: Interval, _ width: Width) -> Interval {
        guard let distance = right.value.map({ $0 & (width == .word ? 31 : 63) }) else {
            // No number grows when it is shifted right.
            let shrinks =
                operation == .shiftRight || operation == .shiftRightSigned && isPositive(width)
            return shrinks ? Interval(0, greatest) : .any
        }
        switch operation {
        case .shiftLeft:
            return greatest.leadingZeroBitCount >= Int(distance)
                ? Interval(least << distance, greatest << distance) : .any
        case .shiftRightSigned where !isPositive(width): return .any
        default: return Interval(least >> distance, greatest >> distance)
        }
    }
}

// MARK: - Comparisons

extension Interval {
    /// Keeps, of both, the numbers for which a comparison of all 64 bits can be true.
    ///
    /// - Returns: whether there are any.
    static func assume(
        _ comparison: Comparison, _ left: inout Interval, _ right: inout Interval
    ) -> Bool {
        switch comparison {
        case .equal:
            guard let common = left.intersection(right) else { return false }
            left = common
            right = common
            return true
        case .notEqual: return left.exclude(right) && right.exclude(left)
        case .less:
            guard right.greatest > 0, left.least < .max else { return false }
            left.greatest = min(left.greatest, right.greatest - 1)
            right.least = max(right.least, left.least + 1)
            return left.least <= left.greatest && right.least <= right.greatest
        case .lessOrEqual:
            left.greatest = min(left.greatest, right.greatest)
            right.least = max(right.least, left.least)
            return left.least <= left.greatest && right.least <= right.greatest
        case .greater: return assume(.less, &right, &left)
        case .greaterOrEqual: return assume(.lessOrEqual, &right, &left)
        case .lessSigned, .lessOrEqualSigned:
            // Whatever is greater than a number that is not negative is not negative either.
            guard left.isPositive(.doubleWord) else { return true }
            guard let upper = right.intersection(Interval(0, .max >> 1)) else { return false }
            right = upper
            return assume(comparison == .lessSigned ? .less : .lessOrEqual, &left, &right)
        case .greaterSigned: return assume(.lessSigned, &right, &left)
        case .greaterOrEqualSigned: return assume(.lessOrEqualSigned, &right, &left)
        case .anyBitSet: return left.greatest > 0 && right.greatest > 0
        }
    }

    /// Leaves out the only number of another; returns whether any is left.
    private mutating func exclude(_ other: Interval) -> Bool {
        guard let value = other.value else { return true }
        if self.value == value { return false }
        if least == value { least += 1 }
        if greatest == value { greatest -= 1 }
        return true
    }
}
