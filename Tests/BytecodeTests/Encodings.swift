import EBPFBytecode

/// Instructions of every opcode, with fields at their edges.
enum Encodings {
    /// All that are valid, each once.
    static let all: [Instruction] = {
        var found: [Instruction] = []
        var seen: Set<Instruction> = []
        for slots in patterns {
            guard let instruction = try? Instruction(decoding: slots, at: 0),
                instruction.encoded.elementsEqual(slots.prefix(instruction.slotCount)),
                seen.insert(instruction).inserted
            else { continue }
            found.append(instruction)
        }
        return found
    }()

    /// Two slots each: an encoding that may be valid, and an upper half for 64-bit constants.
    static let patterns: [[EncodedInstruction]] = {
        let registers: [UInt8] = [0x00, 0x10, 0x21, 0x43, 0xa0, 0x0a]
        let immediates: [Int32] = [
            0, 1, 16, 32, 64, 0x41, 0x50, 0xa1, 0xe1, 0xf1, 0x100, 0x110, .min, .max,
        ]
        var patterns: [[EncodedInstruction]] = []
        for opcode in UInt8.min...UInt8.max {
            for register in registers {
                for offset: Int16 in [0, 1, 16, .min] {
                    for immediate in immediates {
                        let first = EncodedInstruction(
                            opcode: opcode,
                            destination: register & 0xf,
                            source: register >> 4,
                            offset: offset,
                            immediate: immediate
                        )
                        let half = EncodedInstruction(
                            opcode: 0,
                            immediate: register == 0x21 ? -7 : 0
                        )
                        patterns.append([first, half])
                    }
                }
            }
        }
        return patterns
    }()
}

extension Instruction {
    /// Whether LLVM's notation says all there is to say; it prints all kinds of calls alike.
    var sharesNotation: Bool {
        switch self {
        case .call(.helper), .call(.register): true
        case .call: false
        case .loadImmediate(_, .constant): true
        case .loadImmediate: false
        case .loadPacket(_, .indirect(_, let offset)): offset == 0
        default: true
        }
    }
}
