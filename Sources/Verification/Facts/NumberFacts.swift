/// What is known of a number in a register: bits, and ranges of the whole and of its lower half.
public struct NumberFacts: Hashable, Sendable {
    /// The least and the greatest number, unsigned.
    public let unsigned: ClosedRange<UInt64>
    /// The least and the greatest number, signed.
    public let signed: ClosedRange<Int64>
    /// The least and the greatest lower half, unsigned.
    public let unsignedWord: ClosedRange<UInt32>
    /// The least and the greatest lower half, signed.
    public let signedWord: ClosedRange<Int32>
    /// The bits that are known to be set.
    public let setBits: UInt64
    /// The bits of which nothing is known; all others are clear.
    public let unknownBits: UInt64

    /// What a scalar stands for; `nil` if it stands for nothing.
    init?(_ scalar: Scalar) {
        guard !scalar.isEmpty else { return nil }
        unsigned = scalar.least...scalar.greatest
        signed = scalar.leastSigned...scalar.greatestSigned
        unsignedWord = scalar.leastWord...scalar.greatestWord
        signedWord = scalar.leastSignedWord...scalar.greatestSignedWord
        setBits = scalar.bits.value
        unknownBits = scalar.bits.mask
    }

    /// Whether it can be a number.
    public func contains(_ number: UInt64) -> Bool {
        unsigned.contains(number) && signed.contains(Int64(bitPattern: number))
            && unsignedWord.contains(UInt32(truncatingIfNeeded: number))
            && signedWord.contains(Int32(truncatingIfNeeded: number))
            && number & ~unknownBits == setBits
    }

    /// Whether anything at all is known.
    public var isKnown: Bool { unknownBits != .max || unsigned != 0...UInt64.max }
}

extension NumberFacts: CustomStringConvertible {
    /// The number, or the narrower of its ranges.
    public var description: String {
        if unsigned.lowerBound == unsigned.upperBound { return "\(unsigned.lowerBound)" }
        if signed.lowerBound < 0 { return "\(signed.lowerBound)…\(signed.upperBound)" }
        return "\(unsigned.lowerBound)…\(unsigned.upperBound)"
    }
}

extension Scalar {
    /// What holds of these numbers and of others.
    func joined(with other: Scalar) -> Scalar {
        var result = Scalar(bits: bits.joined(with: other.bits))
        result.least = min(least, other.least)
        result.greatest = max(greatest, other.greatest)
        result.leastSigned = min(leastSigned, other.leastSigned)
        result.greatestSigned = max(greatestSigned, other.greatestSigned)
        result.leastWord = min(leastWord, other.leastWord)
        result.greatestWord = max(greatestWord, other.greatestWord)
        result.leastSignedWord = min(leastSignedWord, other.leastSignedWord)
        result.greatestSignedWord = max(greatestSignedWord, other.greatestSignedWord)
        return result
    }
}

extension TristateNumber {
    /// The bits on which both agree.
    fileprivate func joined(with other: TristateNumber) -> TristateNumber {
        let unknown = mask | other.mask | (value ^ other.value)
        return TristateNumber(value: value & ~unknown, mask: unknown)
    }
}
