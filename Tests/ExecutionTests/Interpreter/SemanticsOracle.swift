import EBPFBytecode

/// What RFC 9669 says that an instruction computes, in numbers that are wide enough to need no
/// wrapping: an independent truth for every engine.
///
/// The destination is r0 and the source register r1.
enum SemanticsOracle {
    /// r0 after an instruction that was given `r0` and `r1`; of a branch, whether it is taken.
    static func result(of instruction: Instruction, _ r0: UInt64, _ r1: UInt64) -> UInt64 {
        switch instruction {
        case .arithmetic(let operation, let width, _, let source):
            let bits = width.bitCount
            return compute(operation, bits, Int128(r0), operand(source, r1))
        case .negate(let width, _):
            return unsigned(0 - Int128(r0), width.bitCount)
        case .move(let width, _, let source):
            return unsigned(operand(source, r1), width.bitCount)
        case .moveSigned(let width, _, let size, _):
            return unsigned(signed(Int128(r1), size.byteCount * 8), width.bitCount)
        case .convert(_, .little, let size):
            return unsigned(Int128(r0), size.byteCount * 8)
        case .convert(_, .big, let size), .swap(_, let size):
            return reversed(r0, byteCount: size.byteCount)
        case .branch(let comparison, let width, _, let source, _):
            return compare(comparison, width.bitCount, Int128(r0), operand(source, r1)) ? 1 : 0
        default: return r0
        }
    }

    /// A constant has its sign extended to any width.
    private static func operand(_ source: Source, _ r1: UInt64) -> Int128 {
        switch source {
        case .register: Int128(r1)
        case .immediate(let value): Int128(value)
        }
    }

    /// 2 to a power.
    private static func power(_ exponent: Int) -> Int128 { powers[exponent] }

    private static let powers: [Int128] = (0..<64).reduce([1]) { powers, _ in
        powers + [(powers.last ?? 1) * 2]
    }

    /// A number modulo 2 to the number of bits.
    private static func unsigned(_ value: Int128, _ bits: Int) -> UInt64 {
        let remainder = value % power(bits)
        return UInt64(remainder < 0 ? remainder + power(bits) : remainder)
    }

    /// The number in two's complement that has the same low bits.
    private static func signed(_ value: Int128, _ bits: Int) -> Int128 {
        let low = Int128(unsigned(value, bits))
        return low >= power(bits - 1) ? low - power(bits) : low
    }

    private static func reversed(_ value: UInt64, byteCount: Int) -> UInt64 {
        (0..<byteCount).reduce(0) { result, index in
            result * 256 + unsigned(Int128(value) / power(8 * index), 8)
        }
    }

    private static func compute(
        _ operation: Arithmetic,
        _ bits: Int,
        _ first: Int128,
        _ second: Int128
    ) -> UInt64 {
        let a = Int128(unsigned(first, bits))
        let b = Int128(unsigned(second, bits))
        let signedA = signed(first, bits)
        let signedB = signed(second, bits)
        let distance = Int(b % Int128(bits))
        let exact: Int128 =
            switch operation {
            case .add: a + b
            case .subtract: a - b
            case .multiply: product(a, b, bits)
            case .divide: b == 0 ? 0 : a / b
            case .modulo: b == 0 ? a : a % b
            case .divideSigned: signedB == 0 ? 0 : signedA / signedB
            case .moduloSigned: signedB == 0 ? signedA : signedA % signedB
            case .shiftLeft: product(a, power(distance), bits)
            case .shiftRight: a / power(distance)
            case .shiftRightSigned: floor(signedA, power(distance))
            case .or: bitwise(a, b, bits) { $0 + $1 > 0 }
            case .and: bitwise(a, b, bits) { $0 + $1 == 2 }
            case .xor: bitwise(a, b, bits) { $0 + $1 == 1 }
            }
        return unsigned(exact, bits)
    }

    /// A product modulo 2 to the number of bits, from halves so that no sum is too wide.
    private static func product(_ a: Int128, _ b: Int128, _ bits: Int) -> Int128 {
        let half = power(32)
        let high = Int128(unsigned((a / half) * (b % half) + (a % half) * (b / half), bits))
        return Int128(unsigned((a % half) * (b % half), 64))
            + Int128(unsigned(high % half * half, bits))
    }

    private static func floor(_ a: Int128, _ b: Int128) -> Int128 {
        a >= 0 ? a / b : -((-a + b - 1) / b)
    }

    private static func bitwise(
        _ a: Int128,
        _ b: Int128,
        _ bits: Int,
        _ isSet: (Int128, Int128) -> Bool
    ) -> Int128 {
        (0..<bits).reduce(0) { sum, bit in
            isSet(a / power(bit) % 2, b / power(bit) % 2) ? sum + power(bit) : sum
        }
    }

    private static func compare(
        _ comparison: Comparison,
        _ bits: Int,
        _ first: Int128,
        _ second: Int128
    ) -> Bool {
        let a = Int128(unsigned(first, bits))
        let b = Int128(unsigned(second, bits))
        let signedA = signed(first, bits)
        let signedB = signed(second, bits)
        return switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greaterSigned: signedA > signedB
        case .greaterOrEqualSigned: signedA >= signedB
        case .lessSigned: signedA < signedB
        case .lessOrEqualSigned: signedA <= signedB
        case .anyBitSet: bitwise(a, b, bits) { $0 + $1 == 2 } != 0
        }
    }
}
