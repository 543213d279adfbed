/// Eight bytes of a program, taken apart into the fields of RFC 9669, section 3, but not judged.
///
/// ```
///  0        1        2                 4                                   8
///  ┌────────┬────┬────┬─────────────────┬───────────────────────────────────┐
///  │ opcode │ dst│ src│     offset      │             immediate             │
///  └────────┴────┴────┴─────────────────┴───────────────────────────────────┘
/// ```
///
/// Every bit pattern is a value, and `EncodedInstruction(bytes)` followed by ``bytes`` is the
/// identity: this is the form in which programs are stored, patched and loaded. Ask ``Instruction``
/// for what it means. The fields are in the little-endian layout; programs of big-endian hosts
/// are converted where they are read.
public struct EncodedInstruction: Hashable, Sendable {
    /// What to do: class, operation and source, or class, mode and size.
    public var opcode: UInt8
    /// Destination in the low half, source in the high half.
    public var registers: UInt8
    /// A branch distance in slots, a displacement in bytes, or a modifier of the opcode.
    public var offset: Int16
    /// The constant operand, or the kind of an atomic operation, or a callee.
    public var immediate: Int32

    /// An instruction from its fields; register numbers are cut to four bits.
    public init(
        opcode: UInt8, destination: UInt8 = 0, source: UInt8 = 0, offset: Int16 = 0,
        immediate: Int32 = 0
    ) {
        self.opcode = opcode
        self.registers = (destination & 0xf) | (source << 4)
        self.offset = offset
        self.immediate = immediate
    }

    /// The number in the destination field, 0…15; only 0…10 name a ``Register``.
    public var destination: UInt8 {
        get { registers & 0xf }
        set { registers = (registers & 0xf0) | (newValue & 0xf) }
    }

    /// The number in the source field, 0…15; some instructions keep a modifier there.
    public var source: UInt8 {
        get { registers >> 4 }
        set { registers = (registers & 0xf) | (newValue << 4) }
    }
}

extension EncodedInstruction {
    /// How many bytes one slot takes.
    public static let byteCount = 8

    /// The instruction whose eight bytes, first to last, are the bytes of `word` from low to high.
    public init(word: UInt64) {
        opcode = UInt8(truncatingIfNeeded: word)
        registers = UInt8(truncatingIfNeeded: word >> 8)
        offset = Int16(truncatingIfNeeded: word >> 16)
        immediate = Int32(truncatingIfNeeded: word >> 32)
    }

    /// The eight bytes as one little-endian number.
    public var word: UInt64 {
        UInt64(opcode) | UInt64(registers) << 8 | UInt64(UInt16(bitPattern: offset)) << 16
            | UInt64(UInt32(bitPattern: immediate)) << 32
    }

    /// The program that `bytes` hold, or `nil` when their number is not a multiple of eight.
    @inlinable
    public static func program(_ bytes: some Collection<UInt8>) -> [EncodedInstruction]? {
        // One copy first: a collection of any kind gives its bytes one by one, slowly.
        program(Array(bytes))
    }

    /// The program that `bytes` hold, or `nil` when their number is not a multiple of eight.
    public static func program(_ bytes: [UInt8]) -> [EncodedInstruction]? {
        guard bytes.count.isMultiple(of: byteCount) else { return nil }
        return stride(from: 0, to: bytes.count, by: byteCount).map { start in
            var word: UInt64 = 0
            for offset in 0..<byteCount { word |= UInt64(bytes[start + offset]) << (8 * offset) }
            return EncodedInstruction(word: word)
        }
    }

    /// The eight bytes, in the order in which they are stored.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
}

extension Sequence<EncodedInstruction> {
    /// The bytes of the whole program, in the order in which they are stored.
    public var bytes: [UInt8] { flatMap(\.bytes) }
}
