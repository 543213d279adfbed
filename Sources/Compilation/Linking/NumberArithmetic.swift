import EBPFBytecode

/// What an instruction of arithmetic or a branch makes of two numbers (RFC 9669, sections 4.1 and 4.3).
struct NumberArithmetic {
    private let operation: UInt8
    private let isWide: Bool
    private let swapsBytes: Bool
    private let fromRegister: Bool
    private let offset: Int16
    private let width: Int32

    init(_ instruction: EncodedInstruction) {
        let kind = instruction.opcode & 0x07
        operation = instruction.opcode & 0xf0
        isWide = kind == 7 || kind == 5
        fromRegister = instruction.opcode & 0x08 != 0
        swapsBytes = operation == 0xd0
        offset = instruction.offset
        width = instruction.immediate
    }

    /// The result of arithmetic; `nil` for operations that initialisers do not need.
    func result(_ first: UInt64, _ second: UInt64) -> UInt64? {
        if swapsBytes { return swapped(first) }
        return isWide
            ? result(of: first, second)
            : result(of: UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: second))
                .map { UInt64($0) }
    }

    private func result<Number: FixedWidthInteger & UnsignedInteger>(
        of first: Number, _ second: Number
    ) -> Number? {
        let distance = second & Number(Number.bitWidth - 1)
        switch operation {
        case 0x00: return first &+ second
        case 0x10: return first &- second
        case 0x20: return first &* second
        case 0x30 where offset == 0: return second == 0 ? 0 : first / second
        case 0x40: return first | second
        case 0x50: return first & second
        case 0x60: return first << distance
        case 0x70: return first >> distance
        case 0x80: return 0 &- first
        case 0x90 where offset == 0: return second == 0 ? first : first % second
        case 0xa0: return first ^ second
        case 0xb0: return moved(second)
        case 0xc0:
            let sign = first >> Number(Number.bitWidth - 1)
            let fill = sign == 0 || distance == 0 ? 0 : ~(Number.max >> distance)
            return first >> distance | fill
        default: return nil
        }
    }

    /// A move; with an offset, one that keeps the sign of so many bits.
    private func moved<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> Number? {
        switch offset {
        case 0: number
        case 8: Number(truncatingIfNeeded: Int8(truncatingIfNeeded: number))
        case 16: Number(truncatingIfNeeded: Int16(truncatingIfNeeded: number))
        case 32: Number(truncatingIfNeeded: Int32(truncatingIfNeeded: number))
        default: nil
        }
    }

    /// Bytes in the order of the network, or swapped.
    private func swapped(_ number: UInt64) -> UInt64? {
        let swaps = isWide || fromRegister
        switch width {
        case 16:
            let part = UInt16(truncatingIfNeeded: number)
            return UInt64(swaps ? part.byteSwapped : part)
        case 32:
            let part = UInt32(truncatingIfNeeded: number)
            return UInt64(swaps ? part.byteSwapped : part)
        case 64: return swaps ? number.byteSwapped : number
        default: return nil
        }
    }

    /// Whether a branch is taken; `nil` if it is none.
    func comparison(_ first: UInt64, _ second: UInt64) -> Bool? {
        isWide
            ? comparison(of: first, second, Int64.init(bitPattern:))
            : comparison(
                of: UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: second),
                Int32.init(bitPattern:))
    }

    private func comparison<Number: UnsignedInteger & FixedWidthInteger, Signed: SignedInteger>(
        of first: Number, _ second: Number, _ signed: (Number) -> Signed
    ) -> Bool? {
        switch operation {
        case 0x10: first == second
        case 0x20: first > second
        case 0x30: first >= second
        case 0x40: first & second != 0
        case 0x50: first != second
        case 0x60: signed(first) > signed(second)
        case 0x70: signed(first) >= signed(second)
        case 0xa0: first < second
        case 0xb0: first <= second
        case 0xc0: signed(first) < signed(second)
        case 0xd0: signed(first) <= signed(second)
        default: nil
        }
    }
}
