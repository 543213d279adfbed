/// What one instruction means: the instruction set of RFC 9669 and the kernel's later additions,
/// as a sum of its kinds.
///
/// An instruction takes one ``EncodedInstruction`` slot, ``loadImmediate(_:_:)`` takes two.
/// Branch distances count slots from the slot that follows the instruction.
public enum Instruction: Hashable, Sendable {
    /// `r1 += r2`: arithmetic and logic on a register (RFC 9669, section 4.1).
    case arithmetic(Arithmetic, Width, Register, Source)
    /// `r1 = -r1`: two's complement (`BPF_NEG`).
    case negate(Width, Register)
    /// `r1 = r2`, `r1 = 5` (`BPF_MOV`).
    case move(Width, Register, Source)
    /// `r1 = (s8)r2`: a move that extends the sign of a narrower value (`BPF_MOVSX`).
    case moveSigned(Width, Register, from: MemorySize, of: Register)
    /// `r0 = be16 r0`: to the given byte order from the host's, cut to `size` (`BPF_END`).
    case convert(Register, to: ByteOrder, MemorySize)
    /// `r0 = bswap16 r0`: reverses the low bytes, cut to `size`.
    case swap(Register, MemorySize)
    /// `r1 = addr_space_cast(r2, to, from)`: a pointer between kernel and arena address spaces.
    case castAddressSpace(Register, Register, to: UInt16, from: UInt16)

    /// `goto +3`; the long form, `gotol`, has a 32-bit distance.
    case jump(Int32, long: Bool)
    /// `if r1 == r2 goto +3` (RFC 9669, section 4.3).
    case branch(Comparison, Width, Register, Source, Int16)
    /// `may_goto +3`: leaves a loop when its budget is used up (`BPF_JCOND`).
    case mayJump(Int16)
    /// `call 7`, `call func`, `callx r3`.
    case call(Callee)
    /// `exit`: returns r0 to the caller, or ends the program.
    case exit

    /// `r1 = *(u32 *)(r2 + 4)`; the narrower ones extend with zeros.
    case load(MemorySize, Register, MemoryOperand)
    /// `r1 = *(s32 *)(r2 + 4)`: a load that extends the sign (`BPF_MEMSX`).
    case loadSigned(MemorySize, Register, MemoryOperand)
    /// `*(u32 *)(r1 + 4) = r2` or a constant (`BPF_STX`, `BPF_ST`).
    case store(MemorySize, MemoryOperand, Source)
    /// `lock *(u64 *)(r1 + 0) += r2` and its relatives (RFC 9669, section 5.3).
    case atomic(AtomicOperation, MemorySize, MemoryOperand, Register)
    /// `r1 = load_acquire((u32 *)(r2 + 0))`.
    case loadAcquire(MemorySize, Register, MemoryOperand)
    /// `store_release((u32 *)(r1 + 0), r2)`.
    case storeRelease(MemorySize, MemoryOperand, Register)
    /// `r1 = 0x1122334455667788 ll`: a constant, or what stands for an object (two slots).
    case loadImmediate(Register, WideImmediate)
    /// `r0 = *(u32 *)skb[14]`: a load from the packet in network order (RFC 9669, section 5.5).
    case loadPacket(MemorySize, PacketOffset)

    /// How many eight-byte slots the instruction takes: 1 or 2.
    public var slotCount: Int {
        if case .loadImmediate = self { return 2 }
        return 1
    }
}

/// A binary operation that changes its first operand (RFC 9669, table 3).
public enum Arithmetic: UInt8, CaseIterable, Sendable {
    /// Sums and products wrap around.
    case add, subtract, multiply
    /// Unsigned; dividing by zero gives zero.
    case divide
    /// Bitwise.
    case or, and
    /// The distance is taken modulo the width.
    case shiftLeft, shiftRight
    /// Unsigned; the remainder by zero is the dividend.
    case modulo
    /// Bitwise exclusive or.
    case xor
    /// A right shift that keeps the sign.
    case shiftRightSigned
    /// Signed, rounding towards zero; dividing by zero gives zero.
    case divideSigned
    /// Signed, with the sign of the dividend; the remainder by zero is the dividend.
    case moduloSigned
}

/// The condition of a branch (RFC 9669, table 6).
public enum Comparison: UInt8, CaseIterable, Sendable {
    /// `==` and `!=`.
    case equal, notEqual
    /// Unsigned order.
    case greater, greaterOrEqual, less, lessOrEqual
    /// Signed order.
    case greaterSigned, greaterOrEqualSigned, lessSigned, lessOrEqualSigned
    /// `&`: some bit is set in both operands.
    case anyBitSet
}

/// What an atomic instruction does to memory; fetching ones return the old value in the register.
public enum AtomicOperation: Hashable, Sendable {
    /// Adds, or combines bitwise.
    case add(fetch: Bool), or(fetch: Bool), and(fetch: Bool), xor(fetch: Bool)
    /// Writes the register and returns what was there.
    case exchange
    /// Writes the register if r0 equals what was there; returns that in r0.
    case compareExchange
}

/// What a call instruction calls.
public enum Callee: Hashable, Sendable {
    /// A helper of the runtime, by its number in the UAPI.
    case helper(Int32)
    /// A function of the same program, by its distance in slots.
    case local(Int32)
    /// A kernel function, by BTF type id and module BTF index (`BPF_PSEUDO_KFUNC_CALL`).
    case kernelFunction(Int32, module: Int16)
    /// The function whose address is in a register (`callx`).
    case register(Register)
}

/// Where a packet load reads: a constant, or a register and a constant.
public enum PacketOffset: Hashable, Sendable {
    /// `skb[14]` (`BPF_ABS`).
    case absolute(Int32)
    /// `skb[r1 + 14]` (`BPF_IND`).
    case indirect(Register, Int32)
}

/// What a two-slot load puts into a register (RFC 9669, section 5.4).
public enum WideImmediate: Hashable, Sendable {
    /// A 64-bit number.
    case constant(UInt64)
    /// The map with this file descriptor (`BPF_PSEUDO_MAP_FD`); the upper half must be zero.
    case map(descriptor: Int32)
    /// The map at this place of the loader's table (`BPF_PSEUDO_MAP_IDX`).
    case mapIndex(Int32)
    /// The address of byte `offset` of the only value of a map (`BPF_PSEUDO_MAP_VALUE`).
    case mapValue(descriptor: Int32, offset: Int32)
    /// The same by table index (`BPF_PSEUDO_MAP_IDX_VALUE`).
    case mapIndexValue(Int32, offset: Int32)
    /// The address of a kernel variable, by BTF type id and module (`BPF_PSEUDO_BTF_ID`).
    case variable(typeID: Int32, module: Int32)
    /// The address of a function of the same program, by its distance in slots (`BPF_PSEUDO_FUNC`).
    case function(Int32)
}
