import EBPFBytecode
import Testing

@testable import EBPFVerification

/// Ranges and bits after operations and branches hold for every number that they may be.
@Suite struct ScalarTests {
    private static let interesting: [UInt64] = [
        0, 1, 2, 3, 7, 8, 15, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fff_ffff, 0x8000_0000,
        0xffff_ffff, 0x1_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000,
        0xffff_ffff_0000_0000, 0xffff_ffff_8000_0000, .max - 1, .max,
    ]

    /// Numbers of which something is known, each with some that it stands for.
    private static let samples: [(scalar: Scalar, numbers: [UInt64])] = {
        var samples: [(Scalar, [UInt64])] = interesting.map { (Scalar($0), [$0]) }
        for low in interesting {
            for high in interesting where low < high {
                var range = Scalar(bits: .unknown)
                range.least = low
                range.greatest = high
                range.tighten()
                samples.append((range, [low, low + (high - low) / 2, high]))
            }
        }
        samples.append((.unknown, interesting))
        return samples
    }()

    private func holds(_ scalar: Scalar, _ number: UInt64) -> Bool {
        let word = UInt32(truncatingIfNeeded: number)
        return scalar.bits.contains(number)
            && (scalar.least...max(scalar.least, scalar.greatest)).contains(number)
            && scalar.leastSigned <= Int64(bitPattern: number)
            && Int64(bitPattern: number) <= scalar.greatestSigned
            && scalar.leastWord <= word && word <= scalar.greatestWord
            && scalar.leastSignedWord <= Int32(bitPattern: word)
            && Int32(bitPattern: word) <= scalar.greatestSignedWord
    }

    private func exact(
        _ operation: Arithmetic, _ left: UInt64, _ right: UInt64
    ) -> UInt64? {
        switch operation {
        case .add: left &+ right
        case .subtract: left &- right
        case .multiply: left &* right
        case .and: left & right
        case .or: left | right
        case .xor: left ^ right
        case .shiftLeft: right < 64 ? left << right : nil
        case .shiftRight: right < 64 ? left >> right : nil
        case .shiftRightSigned:
            right < 64 ? UInt64(bitPattern: Int64(bitPattern: left) >> Int64(right)) : nil
        case .divide, .modulo, .divideSigned, .moduloSigned: nil
        }
    }

    @Test(arguments: [2, 4, 8])
    func `bytes in either order keep what is true`(_ count: Int) {
        for (scalar, numbers) in Self.samples {
            var kept = scalar, swapped = scalar
            if count < 8 { kept.keepBytes(count) }
            swapped.swapBytes(count)
            for number in numbers {
                let shift = UInt64(64 - count * 8)
                #expect(holds(kept, (number << shift) >> shift), "\(scalar) \(number)")
                #expect(holds(swapped, number.byteSwapped >> shift), "\(scalar) \(number)")
            }
        }
    }

    /// Paths that are never taken bring numbers that cannot be; whatever is done with them.
    @Test func `contradictions do not trap`() {
        var generator = SystemRandomNumberGenerator()
        func any() -> UInt64 { Self.interesting.randomElement(using: &generator) ?? 0 }
        func contradiction() -> Scalar {
            var scalar = Scalar(bits: TristateNumber(from: any(), through: any()))
            (scalar.least, scalar.greatest) = (any(), any())
            scalar.leastSigned = Int64(bitPattern: any())
            scalar.greatestSigned = Int64(bitPattern: any())
            scalar.leastWord = UInt32(truncatingIfNeeded: any())
            scalar.greatestWord = UInt32(truncatingIfNeeded: any())
            scalar.leastSignedWord = Int32(truncatingIfNeeded: any())
            scalar.greatestSignedWord = Int32(truncatingIfNeeded: any())
            return scalar
        }
        for _ in 0..<2000 {
            var left = contradiction(), right = contradiction()
            for operation in Arithmetic.allCases {
                var (whole, half) = (left, left)
                whole.apply(operation, right)
                half.applyToWord(operation, right)
            }
            for count in [1, 2, 4] {
                var (cut, signed) = (left, left)
                cut.cut(toBytes: count)
                signed.extendSign(ofBytes: count)
            }
            for comparison in Comparison.allCases {
                for width in Width.allCases {
                    _ = left.decides(comparison, right, width)
                    Scalar.learn(comparison, &left, &right, width)
                    Scalar.learnNot(comparison, &left, &right, width)
                    left.tighten()
                    right.tighten()
                }
            }
        }
    }

    @Test(arguments: Arithmetic.allCases)
    func `operations of 64 bits keep what is true`(_ operation: Arithmetic) {
        var missed = 0
        for (left, leftNumbers) in Self.samples {
            for (right, rightNumbers) in Self.samples.prefix(120) {
                var result = left
                result.apply(operation, right)
                for first in leftNumbers {
                    for second in rightNumbers {
                        guard let number = exact(operation, first, second) else { continue }
                        if !holds(result, number) { missed += 1 }
                    }
                }
            }
        }
        #expect(missed == 0)
    }

    @Test(arguments: Comparison.allCases, [Width.word, .doubleWord])
    func `branches teach only what is true`(_ comparison: Comparison, _ width: Width) {
        var missed = 0
        for (left, leftNumbers) in Self.samples {
            for (right, rightNumbers) in Self.samples.prefix(120) {
                for first in leftNumbers {
                    for second in rightNumbers {
                        let isTrue = compare(comparison, width, first, second)
                        if let decided = left.decides(comparison, right, width) {
                            if decided != isTrue { missed += 1 }
                            continue
                        }
                        var (one, other) = (left, right)
                        if isTrue {
                            Scalar.learn(comparison, &one, &other, width)
                        } else {
                            Scalar.learnNot(comparison, &one, &other, width)
                        }
                        one.tighten()
                        other.tighten()
                        if !holds(one, first) || !holds(other, second) { missed += 1 }
                    }
                }
            }
        }
        #expect(missed == 0)
    }

    private func compare(
        _ comparison: Comparison, _ width: Width, _ left: UInt64, _ right: UInt64
    ) -> Bool {
        let (left, right) =
            width == .word ? (left & 0xffff_ffff, right & 0xffff_ffff) : (left, right)
        let first =
            width == .word
            ? Int64(Int32(truncatingIfNeeded: left)) : Int64(bitPattern: left)
        let second =
            width == .word
            ? Int64(Int32(truncatingIfNeeded: right)) : Int64(bitPattern: right)
        return switch comparison {
        case .equal: left == right
        case .notEqual: left != right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greaterSigned: first > second
        case .greaterOrEqualSigned: first >= second
        case .lessSigned: first < second
        case .lessOrEqualSigned: first <= second
        case .anyBitSet: left & right != 0
        }
    }
}
