import EBPFBytecode

/// An instruction lowered for the interpreter: everything that can be decided beforehand is, and
/// operands lie at fixed places.
///
/// Operations are not slots: a 64-bit constant is one operation. Distances count operations.
struct Operation {
    var opcode: Opcode
    var destination: Register = .r0
    var source: Register = .r0
    /// For atomic operations and sized accesses without an opcode of their own.
    var detail: UInt8 = 0
    /// A displacement in bytes, or the distance of a branch.
    var offset: Int32 = 0
    /// A constant, sign-extended; the distance of a call; the index of a helper.
    var immediate: Int64 = 0

    /// The constant as the bits of a register.
    @inline(__always)
    var constant: UInt64 { UInt64(bitPattern: immediate) }
    /// The constant as the bits of a register's lower half.
    @inline(__always)
    var lowConstant: UInt32 { UInt32(truncatingIfNeeded: immediate) }
    /// What to add to an address.
    @inline(__always)
    var displacement: UInt64 { UInt64(bitPattern: Int64(offset)) }
}
