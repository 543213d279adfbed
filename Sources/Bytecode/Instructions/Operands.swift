/// What an instruction works with: how wide, with which operand, and on which memory.

/// Whether an operation works on a whole register or on its lower half.
///
/// Writing the lower half clears the upper one (RFC 9669, section 4.1).
public enum Width: UInt8, CaseIterable, Sendable {
    /// The lower 32 bits.
    case word
    /// All 64 bits.
    case doubleWord

    /// The number of bits: 32 or 64.
    public var bitCount: Int { self == .word ? 32 : 64 }
}

/// The second operand of an operation.
public enum Source: Hashable, Sendable {
    /// The value of a register.
    case register(Register)
    /// A constant, sign-extended to the operation's width.
    case immediate(Int32)
}

/// How many bytes of memory an access touches (RFC 9669, section 5.1).
public enum MemorySize: UInt8, CaseIterable, Sendable {
    /// One byte, `u8`.
    case byte = 1
    /// Two bytes, `u16`.
    case halfWord = 2
    /// Four bytes, `u32`.
    case word = 4
    /// Eight bytes, `u64`.
    case doubleWord = 8

    /// The number of bytes: 1, 2, 4 or 8.
    public var byteCount: Int { Int(rawValue) }
}

/// A place in memory: the value of a register plus a constant displacement in bytes.
public struct MemoryOperand: Hashable, Sendable {
    /// The register that holds the address.
    public var base: Register
    /// What is added to it, in bytes.
    public var displacement: Int16

    /// The place `displacement` bytes after the address in `base`.
    public init(_ base: Register, _ displacement: Int16 = 0) {
        self.base = base
        self.displacement = displacement
    }
}

/// The order of bytes in memory.
public enum ByteOrder: UInt8, CaseIterable, Sendable {
    /// The least significant byte comes first.
    case little
    /// The most significant byte comes first: network order.
    case big
}
