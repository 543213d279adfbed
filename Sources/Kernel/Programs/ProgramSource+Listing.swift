public import EBPFBytecode
public import EBPFObjectFile
import EBPFTypeFormat

extension ProgramSource {
    /// The code as a program of an object file looks, so that what shows those shows this too.
    ///
    /// The kernel shows calls of subprograms with the distance in another field; here they are as a
    /// compiler writes them.
    ///
    /// - Parameters:
    ///   - name: the program's name.
    ///   - type: its kind.
    public func spec(name: String, type: ProgramType) -> ProgramSpec {
        let functions = zip(code.functions, functionNames).compactMap { function, name in
            (function.slot ?? (code.functions.count == 1 ? 0 : nil)).map {
                FunctionInfo(slot: $0, name: name, type: function.type, linkage: .global)
            }
        }
        return ProgramSpec(
            name: name, section: type.name, type: type, instructions: instructions,
            functions: functions, lines: lines)
    }

    /// The instructions with calls as a compiler writes them.
    private var instructions: [EncodedInstruction] {
        var instructions = code.instructions
        var isSecondHalf = false
        for slot in instructions.indices {
            defer { isSecondHalf = !isSecondHalf && instructions[slot].opcode == 0x18 }
            guard !isSecondHalf else { continue }
            switch instructions[slot].reference {
            case .subprogram:
                instructions[slot].immediate = Int32(instructions[slot].offset)
                instructions[slot].offset = 0
            case .callback where instructions.indices.contains(slot + 1):
                instructions[slot + 1].immediate = 0
            default: continue
            }
        }
        return instructions
    }

    /// What instructions refer to outside of the program, by slot.
    public var references: [Int: Reference] {
        var references: [Int: Reference] = [:]
        var isSecondHalf = false
        for (slot, instruction) in code.instructions.enumerated() {
            defer { isSecondHalf = !isSecondHalf && instruction.opcode == 0x18 }
            guard !isSecondHalf else { continue }
            switch instruction.reference {
            case .map: references[slot] = .map(UInt32(bitPattern: instruction.immediate))
            case .mapValue where code.instructions.indices.contains(slot + 1):
                references[slot] = .mapValue(
                    UInt32(bitPattern: instruction.immediate),
                    offset: code.instructions[slot + 1].immediate)
            case .function: references[slot] = .function(instruction.immediate)
            default: continue
            }
        }
        return references
    }

    /// Something outside of the program.
    public enum Reference: Hashable, Sendable {
        /// A map, by its number.
        case map(UInt32)
        /// A place in the value of an array, by the map's number.
        case mapValue(UInt32, offset: Int32)
        /// A function of the kernel, by its distance from `__bpf_call_base`; 0 where the kernel
        /// hides addresses. ``HelperID/tailCall`` keeps its number.
        case function(Int32)
    }
}

/// What the `source` register of an instruction says about its number.
private enum InstructionReference {
    case map, mapValue, callback, subprogram, function
}

extension EncodedInstruction {
    fileprivate var reference: InstructionReference? {
        switch (opcode, source) {
        case (0x18, 1): .map
        case (0x18, 2): .mapValue
        case (0x18, 4): .callback
        case (0x85, 1): .subprogram
        case (0x85, _): .function
        default: nil
        }
    }
}
