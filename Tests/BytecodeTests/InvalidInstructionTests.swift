import EBPFBytecode
import Testing

/// Every kind of invalid encoding: which slot has it, and the words that name it.
@Suite struct InvalidInstructionTests {
    struct Fault: Sendable {
        let slots: [EncodedInstruction]
        let reason: InvalidInstruction.Reason
        let message: String

        init(
            _ first: EncodedInstruction,
            then second: EncodedInstruction? = nil,
            _ reason: InvalidInstruction.Reason,
            _ message: String
        ) {
            slots = [first] + (second.map { [$0] } ?? [])
            self.reason = reason
            self.message = message
        }
    }

    static let faults: [Fault] = [
        Fault(
            EncodedInstruction(opcode: 0xff),
            .unknownOpcode(0xff),
            "there is no opcode 0xff"
        ),
        Fault(EncodedInstruction(opcode: 0x00), .unknownOpcode(0), "there is no opcode 0x00"),
        Fault(
            EncodedInstruction(opcode: 0xbf, destination: 1, source: 11),
            .noSuchRegister(11),
            "there is no register r11; the last one is r10"
        ),
        Fault(
            EncodedInstruction(opcode: 0x07, destination: 10, immediate: 8),
            .writesFramePointer,
            "r10 is the frame pointer and cannot be written"
        ),
        Fault(
            EncodedInstruction(opcode: 0x95, destination: 1),
            .unusedField(.destination),
            "the destination field is not used here and must be 0"
        ),
        Fault(
            EncodedInstruction(opcode: 0x95, source: 1),
            .unusedField(.source),
            "the source field is not used here and must be 0"
        ),
        Fault(
            EncodedInstruction(opcode: 0x95, offset: 1),
            .unusedField(.offset),
            "the offset field is not used here and must be 0"
        ),
        Fault(
            EncodedInstruction(opcode: 0x95, immediate: 1),
            .unusedField(.immediate),
            "the immediate field is not used here and must be 0"
        ),
        Fault(
            EncodedInstruction(opcode: 0x37, offset: 2, immediate: 3),
            .unknownVariant(offset: 2),
            "offset 2 names no variant of this operation"
        ),
        Fault(
            EncodedInstruction(opcode: 0xbc, offset: 32),
            .unknownVariant(offset: 32),
            "offset 32 names no variant of this operation"
        ),
        Fault(
            EncodedInstruction(opcode: 0xd4, immediate: 24),
            .unknownSwapWidth(24),
            "bytes can be swapped in 16, 32 or 64 bits, not in 24"
        ),
        Fault(
            EncodedInstruction(opcode: 0xdb, immediate: 0xe0),
            .unknownAtomic(0xe0),
            "immediate 0xe0 names no atomic operation"
        ),
        Fault(
            EncodedInstruction(opcode: 0xd3, immediate: 0),
            .atomicSize(.byte),
            "an atomic operation works on 4 or 8 bytes, not on 1"
        ),
        Fault(
            EncodedInstruction(opcode: 0x85, source: 3),
            .unknownCall(3),
            "source 3 names no kind of call; 0 is a helper, 1 a function of the program, "
                + "2 a kernel function"
        ),
        Fault(
            EncodedInstruction(opcode: 0x18, source: 7),
            then: EncodedInstruction(opcode: 0),
            .unknownWideImmediate(7),
            "source 7 names no kind of 64-bit constant; the last one is 6"
        ),
        Fault(
            EncodedInstruction(opcode: 0x18),
            .truncated,
            "the program ends inside a 64-bit constant, which takes two slots"
        ),
        Fault(
            EncodedInstruction(opcode: 0x18),
            then: EncodedInstruction(opcode: 0x95),
            .malformedSecondSlot,
            "the second slot of a 64-bit constant may hold only an immediate"
        ),
        Fault(
            EncodedInstruction(opcode: 0x18, source: 1),
            then: EncodedInstruction(opcode: 0, immediate: 1),
            .malformedSecondSlot,
            "the second slot of a 64-bit constant may hold only an immediate"
        ),
    ]

    @Test(arguments: faults)
    func `the message names the slot, the fault and the remedy`(fault: Fault) {
        let exit = Instruction.exit.encoded
        do throws(InvalidInstruction) {
            let program = try Instruction.decode(exit + fault.slots)
            Issue.record("\(fault.slots) is accepted: \(program)")
        } catch {
            #expect(error == InvalidInstruction(slot: 1, fault.reason))
            #expect("\(error)" == "slot 1: \(fault.message)")
        }
    }
}
