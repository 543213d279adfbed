import EBPFBytecode

/// What branches decide and teach.
extension Scalar {
    /// Whether a comparison is true or false for all numbers; `nil` if it may be either.
    func decides(_ comparison: Comparison, _ right: Scalar, _ width: Width) -> Bool? {
        let words = Reading(wordsOf: self), otherWords = Reading(wordsOf: right)
        if width == .word { return words.decides(comparison, otherWords) }
        if let decided = Reading(self).decides(comparison, Reading(right)) { return decided }
        // Numbers with different lower halves are different.
        switch comparison {
        case .equal where words.equal(otherWords) == false: return false
        case .notEqual where words.equal(otherWords) == false: return true
        default: return nil
        }
    }

    /// Learns, on both sides, that a comparison is true.
    static func learn(
        _ comparison: Comparison, _ left: inout Scalar, _ right: inout Scalar, _ width: Width
    ) {
        switch (comparison, width) {
        case (.equal, .doubleWord): learnEqual(&left, &right)
        case (.equal, .word): learnEqualWords(&left, &right)
        case (.notEqual, .doubleWord): learnUnequal(&left, &right)
        case (.notEqual, .word): learnUnequalWords(&left, &right)
        case (.anyBitSet, _): learnBitSet(&left, &right, width)
        case (.lessOrEqual, .doubleWord):
            left.greatest = min(left.greatest, right.greatest)
            right.least = max(left.least, right.least)
        case (.less, .doubleWord):
            left.greatest = min(left.greatest, right.greatest &- 1)
            right.least = max(left.least &+ 1, right.least)
        case (.lessOrEqualSigned, .doubleWord):
            left.greatestSigned = min(left.greatestSigned, right.greatestSigned)
            right.leastSigned = max(left.leastSigned, right.leastSigned)
        case (.lessSigned, .doubleWord):
            left.greatestSigned = min(left.greatestSigned, right.greatestSigned &- 1)
            right.leastSigned = max(left.leastSigned &+ 1, right.leastSigned)
        case (.lessOrEqual, .word):
            left.greatestWord = min(left.greatestWord, right.greatestWord)
            right.leastWord = max(left.leastWord, right.leastWord)
        case (.less, .word):
            left.greatestWord = min(left.greatestWord, right.greatestWord &- 1)
            right.leastWord = max(left.leastWord &+ 1, right.leastWord)
        case (.lessOrEqualSigned, .word):
            left.greatestSignedWord = min(left.greatestSignedWord, right.greatestSignedWord)
            right.leastSignedWord = max(left.leastSignedWord, right.leastSignedWord)
        case (.lessSigned, .word):
            left.greatestSignedWord = min(left.greatestSignedWord, right.greatestSignedWord &- 1)
            right.leastSignedWord = max(left.leastSignedWord &+ 1, right.leastSignedWord)
        case (.greater, _): learn(.less, &right, &left, width)
        case (.greaterOrEqual, _): learn(.lessOrEqual, &right, &left, width)
        case (.greaterSigned, _): learn(.lessSigned, &right, &left, width)
        case (.greaterOrEqualSigned, _): learn(.lessOrEqualSigned, &right, &left, width)
        }
    }

    /// Learns, on both sides, that a comparison is false.
    static func learnNot(
        _ comparison: Comparison, _ left: inout Scalar, _ right: inout Scalar, _ width: Width
    ) {
        if let opposite = comparison.opposite {
            learn(opposite, &left, &right, width)
        } else {
            learnBitsClear(&left, &right, width)
        }
    }

    private static func learnEqual(_ left: inout Scalar, _ right: inout Scalar) {
        left.least = max(left.least, right.least)
        left.greatest = min(left.greatest, right.greatest)
        left.leastSigned = max(left.leastSigned, right.leastSigned)
        left.greatestSigned = min(left.greatestSigned, right.greatestSigned)
        learnEqualWordRanges(&left, &right)
        left.bits = left.bits.intersection(right.bits)
        let word = (
            right.leastWord, right.greatestWord, right.leastSignedWord, right.greatestSignedWord
        )
        right = left
        (right.leastWord, right.greatestWord, right.leastSignedWord, right.greatestSignedWord) =
            word
    }

    private static func learnEqualWordRanges(_ left: inout Scalar, _ right: inout Scalar) {
        left.leastWord = max(left.leastWord, right.leastWord)
        left.greatestWord = min(left.greatestWord, right.greatestWord)
        left.leastSignedWord = max(left.leastSignedWord, right.leastSignedWord)
        left.greatestSignedWord = min(left.greatestSignedWord, right.greatestSignedWord)
        right.leastWord = left.leastWord
        right.greatestWord = left.greatestWord
        right.leastSignedWord = left.leastSignedWord
        right.greatestSignedWord = left.greatestSignedWord
    }

    private static func learnEqualWords(_ left: inout Scalar, _ right: inout Scalar) {
        learnEqualWordRanges(&left, &right)
        let common = left.bits.lowerHalf.intersection(right.bits.lowerHalf)
        left.bits = left.bits.withLowerHalf(common)
        right.bits = right.bits.withLowerHalf(common)
    }

    /// A range whose end is excluded shrinks by one.
    private static func learnUnequal(_ left: inout Scalar, _ right: inout Scalar) {
        if let value = right.constant {
            left.exclude(value)
        } else if let value = left.constant {
            right.exclude(value)
        }
    }

    private mutating func exclude(_ value: UInt64) {
        if least == value { least &+= 1 }
        if greatest == value { greatest &-= 1 }
        if leastSigned == Int64(bitPattern: value) { leastSigned &+= 1 }
        if greatestSigned == Int64(bitPattern: value) { greatestSigned &-= 1 }
    }

    private static func learnUnequalWords(_ left: inout Scalar, _ right: inout Scalar) {
        if let value = right.constantWord {
            left.excludeWord(value)
        } else if let value = left.constantWord {
            right.excludeWord(value)
        }
    }

    private mutating func excludeWord(_ value: UInt32) {
        if leastWord == value { leastWord &+= 1 }
        if greatestWord == value { greatestWord &-= 1 }
        if leastSignedWord == Int32(bitPattern: value) { leastSignedWord &+= 1 }
        if greatestSignedWord == Int32(bitPattern: value) { greatestSignedWord &-= 1 }
    }

    /// Of a mask with a single bit, that bit is set.
    private static func learnBitSet(
        _ left: inout Scalar, _ right: inout Scalar, _ width: Width
    ) {
        if right.mask(width) == nil, left.mask(width) != nil {
            return learnBitSet(&right, &left, width)
        }
        guard let mask = right.mask(width), mask.nonzeroBitCount == 1 else { return }
        if width == .word {
            left.bits = left.bits.withLowerHalf(left.bits.lowerHalf | TristateNumber(mask))
        } else {
            left.bits = left.bits | TristateNumber(mask)
        }
    }

    /// All bits of a known mask are clear.
    private static func learnBitsClear(
        _ left: inout Scalar, _ right: inout Scalar, _ width: Width
    ) {
        if right.mask(width) == nil, left.mask(width) != nil {
            return learnBitsClear(&right, &left, width)
        }
        guard let mask = right.mask(width) else { return }
        if width == .word {
            left.bits = left.bits.withLowerHalf(left.bits.lowerHalf & TristateNumber(~mask))
        } else {
            left.bits = left.bits & TristateNumber(~mask)
        }
        // Where the branch cannot be taken, the ranges would contradict the bits.
        left.forgetRanges()
    }

    private func mask(_ width: Width) -> UInt64? {
        width == .word ? constantWord.map(UInt64.init) : constant
    }
}

/// A scalar read in one width.
private struct Reading {
    let bits: TristateNumber
    let least: UInt64, greatest: UInt64
    let leastSigned: Int64, greatestSigned: Int64

    init(_ scalar: Scalar) {
        bits = scalar.bits
        least = scalar.least
        greatest = scalar.greatest
        leastSigned = scalar.leastSigned
        greatestSigned = scalar.greatestSigned
    }

    init(wordsOf scalar: Scalar) {
        bits = scalar.bits.lowerHalf
        least = UInt64(scalar.leastWord)
        greatest = UInt64(scalar.greatestWord)
        leastSigned = Int64(scalar.leastSignedWord)
        greatestSigned = Int64(scalar.greatestSignedWord)
    }

    func decides(_ comparison: Comparison, _ right: Reading) -> Bool? {
        switch comparison {
        case .equal: equal(right)
        case .notEqual: equal(right).map { !$0 }
        case .anyBitSet: sharesBits(right)
        case .greater: order(greatest <= right.least, least > right.greatest)
        case .less: order(least >= right.greatest, greatest < right.least)
        case .greaterOrEqual: order(greatest < right.least, least >= right.greatest)
        case .lessOrEqual: order(least > right.greatest, greatest <= right.least)
        case .greaterSigned:
            order(greatestSigned <= right.leastSigned, leastSigned > right.greatestSigned)
        case .lessSigned:
            order(leastSigned >= right.greatestSigned, greatestSigned < right.leastSigned)
        case .greaterOrEqualSigned:
            order(greatestSigned < right.leastSigned, leastSigned >= right.greatestSigned)
        case .lessOrEqualSigned:
            order(leastSigned > right.greatestSigned, greatestSigned <= right.leastSigned)
        }
    }

    private func order(_ never: Bool, _ always: Bool) -> Bool? {
        always ? true : never ? false : nil
    }

    func equal(_ right: Reading) -> Bool? {
        if bits.isConstant, right.bits.isConstant { return bits.value == right.bits.value }
        if !bits.overlaps(right.bits) { return false }
        // Ranges that do not meet.
        if least > right.greatest || greatest < right.least { return false }
        if leastSigned > right.greatestSigned || greatestSigned < right.leastSigned {
            return false
        }
        return nil
    }

    private func sharesBits(_ right: Reading) -> Bool? {
        if right.bits.isConstant {
            if bits.value & right.bits.value != 0 { return true }
            return bits.greatest & right.bits.value == 0 ? false : nil
        }
        guard bits.isConstant else { return nil }
        if bits.value & right.bits.value != 0 { return true }
        return bits.value & right.bits.greatest == 0 ? false : nil
    }
}
