import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// Intervals against the numbers in them: whatever an operation makes of those lies in the result.
struct IntervalTests {
    @Test(arguments: Arithmetic.allCases, Width.allCases)
    func `a result contains what comes out of every pair of numbers`(
        operation: Arithmetic, width: Width
    ) {
        var random = RandomNumbers(seed: UInt64(operation.rawValue) * 2 + (width == .word ? 1 : 0))
        for _ in 0..<2_000 {
            let (left, right) = (Interval(&random), Interval(&random))
            let result = Interval.result(operation, width, left, right)
            for _ in 0..<4 {
                let (a, b) = (left.sample(&random), right.sample(&random))
                let value = Self.value(operation, width, a, b)
                #expect(
                    result.contains(Interval(value)),
                    "\(a) \(operation) \(b) is \(value), not in \(result)")
            }
        }
    }

    @Test(arguments: Comparison.allCases)
    func `what is assumed leaves every pair for which it is true`(comparison: Comparison) {
        var random = RandomNumbers(seed: UInt64(comparison.rawValue))
        for _ in 0..<2_000 {
            let (left, right) = (Interval(&random), Interval(&random))
            var (narrowLeft, narrowRight) = (left, right)
            let isPossible = Interval.assume(comparison, &narrowLeft, &narrowRight)
            for _ in 0..<4 {
                let (a, b) = (left.sample(&random), right.sample(&random))
                guard Self.isTrue(comparison, a, b) else { continue }
                #expect(isPossible, "\(a) \(comparison) \(b)")
                #expect(narrowLeft.contains(Interval(a)), "\(a) \(comparison) \(b)")
                #expect(narrowRight.contains(Interval(b)), "\(a) \(comparison) \(b)")
            }
        }
    }

    /// RFC 9669, section 4.1.
    private static func value(
        _ operation: Arithmetic, _ width: Width, _ left: UInt64, _ right: UInt64
    ) -> UInt64 {
        let isWord = width == .word
        let a = isWord ? left & 0xffff_ffff : left
        let b = isWord ? right & 0xffff_ffff : right
        let (x, y) =
            isWord
            ? (Int64(Int32(truncatingIfNeeded: a)), Int64(Int32(truncatingIfNeeded: b)))
            : (Int64(bitPattern: a), Int64(bitPattern: b))
        let distance = b & (isWord ? 31 : 63)
        let result: UInt64 =
            switch operation {
            case .add: a &+ b
            case .subtract: a &- b
            case .multiply: a &* b
            case .divide: b == 0 ? 0 : a / b
            case .modulo: b == 0 ? a : a % b
            case .divideSigned:
                y == 0 ? 0 : UInt64(bitPattern: x.dividedReportingOverflow(by: y).partialValue)
            case .moduloSigned:
                y == 0
                    ? a
                    : UInt64(bitPattern: x.remainderReportingOverflow(dividingBy: y).partialValue)
            case .or: a | b
            case .and: a & b
            case .xor: a ^ b
            case .shiftLeft: a << distance
            case .shiftRight: a >> distance
            case .shiftRightSigned: UInt64(bitPattern: x >> Int64(distance))
            }
        return isWord ? result & 0xffff_ffff : result
    }

    private static func isTrue(_ comparison: Comparison, _ a: UInt64, _ b: UInt64) -> Bool {
        let (x, y) = (Int64(bitPattern: a), Int64(bitPattern: b))
        return switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greaterSigned: x > y
        case .greaterOrEqualSigned: x >= y
        case .lessSigned: x < y
        case .lessOrEqualSigned: x <= y
        case .anyBitSet: a & b != 0
        }
    }
}

extension Interval {
    /// An interval with ends at or near places where something changes.
    fileprivate init(_ random: inout RandomNumbers) {
        let edges: [UInt64] = [
            0, 1, 7, 31, 63, 64, 255, 1 << 31, 1 << 32, 2 << 32, 1 << 63, .max, 0x8000_0000_0000,
        ]
        let start = random.pick(edges) &+ UInt64(random.below(5)) &- 2
        let other =
            random.oneIn(3)
            ? start : random.oneIn(2) ? start &+ UInt64(random.below(70)) : random.pick(edges)
        self.init(min(start, other), max(start, other))
    }

    fileprivate func sample(_ random: inout RandomNumbers) -> UInt64 {
        switch random.below(3) {
        case 0: least
        case 1: greatest
        default:
            least
                &+ (greatest == .max && least == 0
                    ? random.next() : random.next() % (greatest - least + 1))
        }
    }
}
