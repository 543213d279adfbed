/// Why eight bytes are not an instruction, and at which slot of the program.
public struct InvalidInstruction: Error, Hashable, Sendable {
    /// The slot that holds the faulty instruction, counted from 0.
    public let slot: Int
    /// What is wrong with it.
    public let reason: Reason

    /// A fault at a slot.
    public init(slot: Int, _ reason: Reason) {
        self.slot = slot
        self.reason = reason
    }

    /// The kinds of invalid encodings.
    public enum Reason: Hashable, Sendable {
        /// No instruction has this opcode.
        case unknownOpcode(UInt8)
        /// A register field holds a number above 10.
        case noSuchRegister(UInt8)
        /// The instruction writes r10, which is read-only.
        case writesFramePointer
        /// A field that the instruction does not use is not zero.
        case unusedField(Field)
        /// The offset does not name a variant of this operation.
        case unknownVariant(offset: Int16)
        /// No byte swap has this width.
        case unknownSwapWidth(Int32)
        /// The immediate does not name an atomic operation.
        case unknownAtomic(Int32)
        /// Atomic operations work on four or eight bytes.
        case atomicSize(MemorySize)
        /// The source field does not name a kind of call.
        case unknownCall(UInt8)
        /// The source field does not name a kind of 64-bit constant.
        case unknownWideImmediate(UInt8)
        /// The program ends inside a two-slot instruction.
        case truncated
        /// The second slot of a two-slot instruction has an opcode, registers or offset.
        case malformedSecondSlot
    }

    /// A field of an instruction.
    public enum Field: String, Sendable {
        /// The parts of a slot.
        case destination, source, offset, immediate
    }
}

extension InvalidInstruction: CustomStringConvertible {
    /// One line: the slot, what is wrong, and what would be right.
    public var description: String { "slot \(slot): \(reason)" }
}

extension InvalidInstruction.Reason: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .unknownOpcode(let opcode):
            "there is no opcode 0x\(hexadecimal(opcode))"
        case .noSuchRegister(let number):
            "there is no register r\(number); the last one is r10"
        case .writesFramePointer:
            "r10 is the frame pointer and cannot be written"
        case .unusedField(let field):
            "the \(field.rawValue) field is not used here and must be 0"
        case .unknownVariant(let offset):
            "offset \(offset) names no variant of this operation"
        case .unknownSwapWidth(let bits):
            "bytes can be swapped in 16, 32 or 64 bits, not in \(bits)"
        case .unknownAtomic(let kind):
            "immediate 0x\(hexadecimal(UInt32(bitPattern: kind))) names no atomic operation"
        case .atomicSize(let size):
            "an atomic operation works on 4 or 8 bytes, not on \(size.byteCount)"
        case .unknownCall(let source):
            "source \(source) names no kind of call; 0 is a helper, 1 a function of the program, "
                + "2 a kernel function"
        case .unknownWideImmediate(let source):
            "source \(source) names no kind of 64-bit constant; the last one is 6"
        case .truncated:
            "the program ends inside a 64-bit constant, which takes two slots"
        case .malformedSecondSlot:
            "the second slot of a 64-bit constant may hold only an immediate"
        }
    }
}

private func hexadecimal(_ value: some BinaryInteger) -> String {
    let digits = String(value, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
}
