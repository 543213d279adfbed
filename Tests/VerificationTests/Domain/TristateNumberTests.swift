import Testing

@testable import EBPFVerification

/// Every operation is tried on every pair of numbers with four bits, known or not, and compared
/// with what the operation gives for all numbers that they stand for.
@Suite struct TristateNumberTests {
    private static let all: [TristateNumber] = (0..<16).flatMap { mask in
        (0..<16).filter { $0 & mask == 0 }.map {
            TristateNumber(value: UInt64($0), mask: UInt64(mask))
        }
    }

    private static func members(_ number: TristateNumber) -> [UInt64] {
        (0..<16).filter { number.contains($0) }
    }

    private struct Operation: Sendable, CustomTestStringConvertible {
        let name: String
        let result: @Sendable (TristateNumber, TristateNumber) -> TristateNumber
        let exact: @Sendable (UInt64, UInt64) -> UInt64
        var testDescription: String { name }
    }

    private static let operations: [Operation] = [
        Operation(name: "+", result: { $0 + $1 }, exact: { $0 &+ $1 }),
        Operation(name: "-", result: { $0 - $1 }, exact: { $0 &- $1 }),
        Operation(name: "*", result: { $0 * $1 }, exact: { $0 &* $1 }),
        Operation(name: "&", result: { $0 & $1 }, exact: { $0 & $1 }),
        Operation(name: "|", result: { $0 | $1 }, exact: { $0 | $1 }),
        Operation(name: "^", result: { $0 ^ $1 }, exact: { $0 ^ $1 }),
    ]

    @Test(arguments: operations)
    private func `operations stand for all results`(_ operation: Operation) {
        for left in Self.all {
            for right in Self.all {
                let result = operation.result(left, right)
                #expect(result.value & result.mask == 0)
                let missed = Self.members(left).contains { first in
                    Self.members(right).contains { !result.contains(operation.exact(first, $0)) }
                }
                #expect(!missed, "\(left) \(operation.name) \(right) = \(result)")
            }
        }
    }

    @Test func `sets meet and join`() {
        for left in Self.all {
            for right in Self.all {
                let common = Set(Self.members(left)).intersection(Self.members(right))
                #expect(left.overlaps(right) == !common.isEmpty)
                if !common.isEmpty {
                    #expect(Set(Self.members(left.intersection(right))) == common)
                }
                let union = left.union(right)
                #expect(union.contains(left) && union.contains(right))
                #expect(
                    left.contains(right)
                        == Set(Self.members(left)).isSuperset(of: Self.members(right)))
            }
        }
    }

    @Test func `the next number is the least that is greater, or the greatest of all`() {
        for number in Self.all {
            for before in UInt64(0)..<18 {
                let expected = Self.members(number).first { $0 > before } ?? number.greatest
                #expect(number.next(after: before) == expected, "\(number) after \(before)")
            }
        }
        let high = TristateNumber(value: 1 << 63, mask: 1)
        #expect(high.next(after: 5) == high.value)
        #expect(high.next(after: high.value) == high.greatest)
        #expect(TristateNumber.unknown.next(after: .max - 1) == .max)
        #expect(TristateNumber.unknown.next(after: .max) == .max)
    }

    @Test func `a range is covered by its common leading bits`() {
        for low in UInt64(0)..<16 {
            for high in low..<16 {
                let range = TristateNumber(from: low, through: high)
                #expect((low...high).allSatisfy { range.contains($0) })
            }
        }
        #expect(TristateNumber(from: 0, through: .max) == .unknown)
    }
}
