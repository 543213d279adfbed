import EBPFBytecode

/// Puts the answer of a relocation into an instruction.
struct COREPatch {
    /// The object's own answer.
    let local: COREValue
    /// The kernel's.
    let target: COREValue
    /// Whether a load or store of the field may be one of another size, if it has one.
    let mayResize: Bool

    /// What comes of it.
    enum Effect { case patched, otherSize }

    /// Changes the instruction in a slot.
    func apply(
        to instructions: inout [EncodedInstruction],
        at slot: Int
    ) throws(COREError.Reason) -> Effect {
        guard instructions.indices.contains(slot)
        else { throw .noInstruction(count: instructions.count) }
        let opcode = instructions[slot].opcode
        switch Opcode.classOf(opcode) {
        case Opcode.arithmetic32, Opcode.arithmetic64:
            guard opcode & Opcode.registerSource == 0
            else { throw .unrelocatableInstruction(opcode: opcode) }
            try setImmediate(of: &instructions[slot])
        case Opcode.loadRegister, Opcode.store, Opcode.storeRegister:
            return try setDisplacement(of: &instructions[slot])
        case Opcode.load:
            try setWideImmediate(in: &instructions, at: slot)
        default: throw .unrelocatableInstruction(opcode: opcode)
        }
        return .patched
    }

    // MARK: Forms

    private func setImmediate(of instruction: inout EncodedInstruction) throws(COREError.Reason) {
        let found = Int64(instruction.immediate)
        let expected = Int64(bitPattern: local.number)
        guard
            !local.isChecked || found == expected
                || local.isWord && found == Int64(UInt32(truncatingIfNeeded: expected))
        else { throw .unexpectedValue(found: found, expected: expected) }
        let value = Int64(bitPattern: target.number)
        guard Int32(exactly: value) != nil || UInt32(exactly: value) != nil
        else { throw .valueTooLarge(value, limit: Int64(UInt32.max)) }
        instruction.immediate = Int32(truncatingIfNeeded: value)
    }

    private func setDisplacement(
        of instruction: inout EncodedInstruction
    ) throws(COREError.Reason) -> Effect {
        let expected = Int64(bitPattern: local.number)
        guard !local.isChecked || Int64(instruction.offset) == expected
        else { throw .unexpectedValue(found: Int64(instruction.offset), expected: expected) }
        guard let offset = Int16(exactly: Int64(bitPattern: target.number)) else {
            throw .valueTooLarge(Int64(bitPattern: target.number), limit: Int64(Int16.max))
        }
        guard target.accessSize != local.accessSize else {
            instruction.offset = offset
            return .patched
        }
        guard mayResize else { return .otherSize }
        let moved = Opcode.byteCount(instruction.opcode)
        guard moved == local.accessSize
        else { throw .unexpectedSize(found: moved, expected: local.accessSize) }
        guard let size = Opcode.size(byteCount: target.accessSize)
        else { throw .noSuchSize(target.accessSize) }
        instruction.opcode = instruction.opcode & ~Opcode.sizeMask | size
        instruction.offset = offset
        return .patched
    }

    private func setWideImmediate(
        in instructions: inout [EncodedInstruction],
        at slot: Int
    ) throws(COREError.Reason) {
        let low = instructions[slot]
        guard low.opcode == Opcode.wideImmediate, low.source == 0, low.offset == 0,
            slot + 1 < instructions.count
        else { throw .unrelocatableInstruction(opcode: low.opcode) }
        let high = instructions[slot + 1]
        guard high.opcode == 0, high.registers == 0, high.offset == 0
        else { throw .unrelocatableInstruction(opcode: low.opcode) }
        let found =
            UInt64(UInt32(bitPattern: low.immediate))
            | UInt64(UInt32(bitPattern: high.immediate)) << 32
        var value = target.number
        if local.isChecked, found != local.number {
            // The compiler took the enumeration for unsigned.
            guard local.isWord, found == local.number & 0xffff_ffff else {
                throw .unexpectedValue(
                    found: Int64(bitPattern: found),
                    expected: Int64(bitPattern: local.number)
                )
            }
            if target.isWord { value &= 0xffff_ffff }
        }
        instructions[slot].immediate = Int32(truncatingIfNeeded: value)
        instructions[slot + 1].immediate = Int32(truncatingIfNeeded: value >> 32)
    }
}

extension COREPatch {
    /// The number of the function that a poisoned instruction calls, less the index of its
    /// relocation: "bad relo" in the hexadecimal digits, as libbpf's users know it.
    static let poison: Int32 = 0xbad2310

    /// Replaces an instruction by a call of a function that does not exist.
    static func poison(
        _ instructions: inout [EncodedInstruction],
        at slot: Int,
        relocation: Int
    ) throws(COREError.Reason) {
        guard instructions.indices.contains(slot)
        else { throw .noInstruction(count: instructions.count) }
        let call = EncodedInstruction(
            opcode: 0x85,
            immediate: poison &+ Int32(truncatingIfNeeded: relocation)
        )
        // The second half of a constant is no instruction by itself.
        if instructions[slot].opcode == Opcode.wideImmediate, slot + 1 < instructions.count {
            instructions[slot + 1] = call
        }
        instructions[slot] = call
    }
}

/// Parts of the opcode byte (RFC 9669, sections 3.1 and 5.1).
private enum Opcode {
    static let load: UInt8 = 0
    static let loadRegister: UInt8 = 1
    static let store: UInt8 = 2
    static let storeRegister: UInt8 = 3
    static let arithmetic32: UInt8 = 4
    static let arithmetic64: UInt8 = 7
    static let registerSource: UInt8 = 0x08
    static let wideImmediate: UInt8 = 0x18
    static let sizeMask: UInt8 = 0x18

    static func classOf(_ opcode: UInt8) -> UInt8 { opcode & 7 }

    /// How many bytes a load or store moves.
    static func byteCount(_ opcode: UInt8) -> Int { [4, 2, 1, 8][Int(opcode >> 3 & 3)] }

    /// The size bits of a load or store of so many bytes.
    static func size(byteCount: Int) -> UInt8? {
        [4: 0x00, 2: 0x08, 1: 0x10, 8: 0x18][byteCount]
    }
}
