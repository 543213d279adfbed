import EBPFBytecode

/// What operations leave of what is known of their operands, as precisely as Linux 6.18 computes it.
extension Scalar {
    /// Applies an operation of all 64 bits with a number about which something is known.
    mutating func apply(_ operation: Arithmetic, _ right: Scalar) {
        switch operation {
        case .add: add(right)
        case .subtract: subtract(right)
        case .multiply: multiply(right)
        case .and: and(right)
        case .or: or(right)
        case .xor: xor(right)
        case .shiftLeft, .shiftRight, .shiftRightSigned:
            // Only a known distance is followed.
            guard right.isConsistentConstant, right.greatest < 64 else {
                self = .unknown
                return
            }
            shift(operation, by: UInt8(truncatingIfNeeded: right.least))
        case .divide, .modulo, .divideSigned, .moduloSigned: self = .unknown
        }
        tighten()
    }

    /// Applies an operation of the lower half; the upper half becomes zero.
    mutating func applyToWord(_ operation: Arithmetic, _ right: Scalar) {
        switch operation {
        case .add: addWord(right)
        case .subtract: subtractWord(right)
        case .multiply: multiplyWord(right)
        case .and: andWord(right)
        case .or: orWord(right)
        case .xor: xorWord(right)
        case .shiftLeft, .shiftRight, .shiftRightSigned:
            // The kernel looks at the whole distance, of which only the lower half counts.
            guard right.isConsistentConstantWord, right.greatest < 32 else {
                self = .unknown
                return
            }
            shiftWord(operation, by: UInt8(truncatingIfNeeded: right.leastWord))
        case .divide, .modulo, .divideSigned, .moduloSigned:
            // The kernel does not even note that the upper half is zero.
            self = .unknown
            return
        }
        extendWordWithZeros()
    }

    /// Whether it is one number on all accounts: on a path that is never taken, they may differ.
    private var isConsistentConstant: Bool {
        isConstant && least == greatest && leastSigned == greatestSigned
    }

    private var isConsistentConstantWord: Bool {
        bits.lowerHalf.isConstant && leastWord == greatestWord
            && leastSignedWord == greatestSignedWord
    }

    /// The negative number.
    mutating func negate() {
        let operand = self
        self = Scalar(0)
        apply(.subtract, operand)
    }

    /// The negative number of the lower half.
    mutating func negateWord() {
        let operand = self
        self = Scalar(0)
        applyToWord(.subtract, operand)
    }
}

/// The range of a sum or difference; none where some results wrap around and some do not.
private func range<Number: FixedWidthInteger>(
    _ low: (partialValue: Number, overflow: Bool), _ high: (partialValue: Number, overflow: Bool),
    bothMayWrap: Bool
) -> (Number, Number) {
    if !low.overflow, !high.overflow { return (low.partialValue, high.partialValue) }
    if bothMayWrap, low.overflow, high.overflow { return (low.partialValue, high.partialValue) }
    return (.min, .max)
}

// MARK: - Sums and products

extension Scalar {
    private mutating func add(_ right: Scalar) {
        (leastSigned, greatestSigned) = range(
            leastSigned.addingReportingOverflow(right.leastSigned),
            greatestSigned.addingReportingOverflow(right.greatestSigned), bothMayWrap: false)
        (least, greatest) = range(
            least.addingReportingOverflow(right.least),
            greatest.addingReportingOverflow(right.greatest), bothMayWrap: true)
        forgetWordRangesAfterWordOperation(right, .add)
        bits = bits + right.bits
    }

    private mutating func subtract(_ right: Scalar) {
        (leastSigned, greatestSigned) = range(
            leastSigned.subtractingReportingOverflow(right.greatestSigned),
            greatestSigned.subtractingReportingOverflow(right.leastSigned), bothMayWrap: false)
        (least, greatest) = range(
            least.subtractingReportingOverflow(right.greatest),
            greatest.subtractingReportingOverflow(right.least), bothMayWrap: true)
        forgetWordRangesAfterWordOperation(right, .subtract)
        bits = bits - right.bits
    }

    /// Sums and differences of all 64 bits are those of the lower halves, too.
    private mutating func forgetWordRangesAfterWordOperation(
        _ right: Scalar, _ operation: Arithmetic
    ) {
        operation == .add ? addWordRanges(right) : subtractWordRanges(right)
    }

    private mutating func addWordRanges(_ right: Scalar) {
        (leastSignedWord, greatestSignedWord) = range(
            leastSignedWord.addingReportingOverflow(right.leastSignedWord),
            greatestSignedWord.addingReportingOverflow(right.greatestSignedWord),
            bothMayWrap: false)
        (leastWord, greatestWord) = range(
            leastWord.addingReportingOverflow(right.leastWord),
            greatestWord.addingReportingOverflow(right.greatestWord), bothMayWrap: true)
    }

    private mutating func subtractWordRanges(_ right: Scalar) {
        (leastSignedWord, greatestSignedWord) = range(
            leastSignedWord.subtractingReportingOverflow(right.greatestSignedWord),
            greatestSignedWord.subtractingReportingOverflow(right.leastSignedWord),
            bothMayWrap: false)
        (leastWord, greatestWord) = range(
            leastWord.subtractingReportingOverflow(right.greatestWord),
            greatestWord.subtractingReportingOverflow(right.leastWord), bothMayWrap: true)
    }

    private mutating func addWord(_ right: Scalar) {
        addWordRanges(right)
        bits = (bits.lowerHalf + right.bits.lowerHalf).lowerHalf
    }

    private mutating func subtractWord(_ right: Scalar) {
        subtractWordRanges(right)
        bits = (bits.lowerHalf - right.bits.lowerHalf).lowerHalf
    }

    private mutating func multiply(_ right: Scalar) {
        multiplyLongRanges(right)
        multiplyWordRanges(right)
        bits = bits * right.bits
    }

    private mutating func multiplyWord(_ right: Scalar) {
        multiplyWordRanges(right)
        bits = (bits.lowerHalf * right.bits.lowerHalf).lowerHalf
    }

    private mutating func multiplyLongRanges(_ right: Scalar) {
        let high = greatest.multipliedReportingOverflow(by: right.greatest)
        (least, greatest) =
            high.overflow ? (0, .max) : (least &* right.least, high.partialValue)
        (leastSigned, greatestSigned) = extremes(
            leastSigned, greatestSigned, right.leastSigned, right.greatestSigned)
    }

    private mutating func multiplyWordRanges(_ right: Scalar) {
        let high = greatestWord.multipliedReportingOverflow(by: right.greatestWord)
        (leastWord, greatestWord) =
            high.overflow ? (0, .max) : (leastWord &* right.leastWord, high.partialValue)
        (leastSignedWord, greatestSignedWord) = extremes(
            leastSignedWord, greatestSignedWord, right.leastSignedWord, right.greatestSignedWord)
    }
}

/// The extremes of a product lie at the ends of its factors.
private func extremes<Number: FixedWidthInteger>(
    _ a: Number, _ b: Number, _ c: Number, _ d: Number
) -> (Number, Number) {
    let ac = a.multipliedReportingOverflow(by: c), ad = a.multipliedReportingOverflow(by: d)
    let bc = b.multipliedReportingOverflow(by: c), bd = b.multipliedReportingOverflow(by: d)
    guard !ac.overflow, !ad.overflow, !bc.overflow, !bd.overflow else { return (.min, .max) }
    return (
        min(ac.partialValue, ad.partialValue, bc.partialValue, bd.partialValue),
        max(ac.partialValue, ad.partialValue, bc.partialValue, bd.partialValue)
    )
}

// MARK: - Bitwise operations

extension Scalar {
    private mutating func and(_ right: Scalar) {
        andWordRanges(right)
        bits = bits & right.bits
        if bits.isConstant { return self = Scalar(bits.value) }
        least = bits.value
        greatest = min(greatest, right.greatest)
        signedFromUnsigned()
    }

    private mutating func andWord(_ right: Scalar) {
        andWordRanges(right)
        bits = (bits & right.bits).lowerHalf
    }

    private mutating func andWordRanges(_ right: Scalar) {
        let both = (bits & right.bits).lowerHalf
        if both.isConstant { return word(is: both) }
        leastWord = UInt32(truncatingIfNeeded: both.value)
        greatestWord = min(greatestWord, right.greatestWord)
        signedWordFromUnsigned()
    }

    private mutating func or(_ right: Scalar) {
        orWordRanges(right)
        bits = bits | right.bits
        if bits.isConstant { return self = Scalar(bits.value) }
        least = max(least, right.least)
        greatest = bits.greatest
        signedFromUnsigned()
    }

    private mutating func orWord(_ right: Scalar) {
        orWordRanges(right)
        bits = (bits | right.bits).lowerHalf
    }

    private mutating func orWordRanges(_ right: Scalar) {
        let either = (bits | right.bits).lowerHalf
        if either.isConstant { return word(is: either) }
        leastWord = max(leastWord, right.leastWord)
        greatestWord = UInt32(truncatingIfNeeded: either.greatest)
        signedWordFromUnsigned()
    }

    private mutating func xor(_ right: Scalar) {
        xorWordRanges(right)
        bits = bits ^ right.bits
        if bits.isConstant { return self = Scalar(bits.value) }
        least = bits.least
        greatest = bits.greatest
        signedFromUnsigned()
    }

    private mutating func xorWord(_ right: Scalar) {
        xorWordRanges(right)
        bits = (bits ^ right.bits).lowerHalf
    }

    private mutating func xorWordRanges(_ right: Scalar) {
        let differing = (bits ^ right.bits).lowerHalf
        if differing.isConstant { return word(is: differing) }
        leastWord = UInt32(truncatingIfNeeded: differing.least)
        greatestWord = UInt32(truncatingIfNeeded: differing.greatest)
        signedWordFromUnsigned()
    }

    private mutating func word(is number: TristateNumber) {
        leastWord = UInt32(truncatingIfNeeded: number.value)
        greatestWord = leastWord
        leastSignedWord = Int32(bitPattern: leastWord)
        greatestSignedWord = leastSignedWord
    }

    /// After a bitwise operation the signed range is the unsigned one, if that has one sign.
    private mutating func signedFromUnsigned() {
        leastSigned = Int64(bitPattern: least)
        greatestSigned = Int64(bitPattern: greatest)
        if leastSigned > greatestSigned {
            leastSigned = .min
            greatestSigned = .max
        }
    }

    private mutating func signedWordFromUnsigned() {
        leastSignedWord = Int32(bitPattern: leastWord)
        greatestSignedWord = Int32(bitPattern: greatestWord)
        if leastSignedWord > greatestSignedWord {
            leastSignedWord = .min
            greatestSignedWord = .max
        }
    }
}

// MARK: - Shifts

extension Scalar {
    private mutating func shift(_ operation: Arithmetic, by distance: UInt8) {
        switch operation {
        case .shiftLeft:
            shiftSignedLeft(distance)
            if distance > 0, greatest > 1 << (63 - UInt64(distance)) {
                least = 0
                greatest = .max
            } else {
                least <<= UInt64(distance)
                greatest <<= UInt64(distance)
            }
            bits = bits << distance
            shiftWordLeftRanges(distance)
        case .shiftRight:
            leastSigned = .min
            greatestSigned = .max
            bits = bits >> distance
            least >>= UInt64(distance)
            greatest >>= UInt64(distance)
            // Bits of the upper half came down.
            forgetWordRanges()
        default:
            leastSigned >>= Int64(distance)
            greatestSigned >>= Int64(distance)
            bits = bits.shiftedRightSigned(distance, width: 64)
            least = 0
            greatest = .max
            forgetWordRanges()
        }
    }

    /// `<<= 32` often only prepares a sign extension: the signed lower half keeps its order.
    private mutating func shiftSignedLeft(_ distance: UInt8) {
        if distance == 32 {
            leastSigned = Int64(leastSignedWord) << 32
            greatestSigned = Int64(greatestSignedWord) << 32
        } else {
            leastSigned = .min
            greatestSigned = .max
        }
    }

    private mutating func shiftWordLeftRanges(_ distance: UInt8) {
        leastSignedWord = .min
        greatestSignedWord = .max
        if distance > 31 || (distance > 0 && UInt64(greatestWord) > 1 << (31 - UInt64(distance))) {
            leastWord = 0
            greatestWord = .max
        } else {
            leastWord <<= UInt32(distance)
            greatestWord <<= UInt32(distance)
        }
    }

    private mutating func shiftWord(_ operation: Arithmetic, by distance: UInt8) {
        switch operation {
        case .shiftLeft:
            shiftWordLeftRanges(distance)
            bits = (bits.lowerHalf << distance).lowerHalf
        case .shiftRight:
            leastSignedWord = .min
            greatestSignedWord = .max
            bits = bits.lowerHalf >> distance
            leastWord >>= UInt32(distance)
            greatestWord >>= UInt32(distance)
        default:
            leastSignedWord >>= Int32(distance)
            greatestSignedWord >>= Int32(distance)
            bits = bits.lowerHalf.shiftedRightSigned(distance, width: 32)
            leastWord = 0
            greatestWord = .max
        }
        forgetLongRanges()
    }
}
