import EBPFBytecode
import Testing

/// Text and back: assemble(disassemble(p)) is p for every p, be it a program or not.
@Suite struct RoundTripTests {
    @Test(arguments: [
        Disassembler(), Disassembler(numbers: .hexadecimal, labelsJumps: true),
    ])
    func `every instruction comes back`(disassembler: Disassembler) throws {
        let program = Encodings.all.flatMap(\.encoded)
        #expect(program.count > 5_000)
        let text = disassembler.text(program)
        #expect(try Assembler().assemble(text) == program)
    }

    @Test func `a single instruction comes back`() throws {
        for sample in NotationSamples.all + Self.ownForms.map(\.instruction) {
            #expect(try Instruction("\(sample)") == sample)
        }
    }

    @Test func `any bytes come back, valid or not`() throws {
        var random = SplitMix(state: 9669)
        let program = (0..<4000).map { _ -> EncodedInstruction in
            var slot = EncodedInstruction(word: random.next())
            let shape = random.next()
            // Mostly almost valid: plain fields are rare among random numbers.
            if shape & 3 != 0 { slot.offset = Int16(shape >> 2 & 7) }
            if shape & 12 != 0 { slot.registers &= 0x77 }
            if shape & 48 != 0 { slot.immediate = Int32(shape >> 8 & 1) }
            return slot
        }
        for labelsJumps in [false, true] {
            let disassembler = Disassembler(labelsJumps: labelsJumps)
            #expect(try Assembler().assemble(disassembler.text(program)) == program)
            let faults = disassembler.lines(program).compactMap(\.fault)
            #expect(faults.count > 1000)
        }
    }

    @Test func `a call through the immediate keeps its encoding`() throws {
        let older = EncodedInstruction(opcode: 0x8d, immediate: 3)
        let text = Disassembler().text([older])
        #expect(text == "    .8byte 0x000000030000008d  # callx r3\n")
        #expect(try Assembler().assemble(text) == [older])
    }

    struct Form: Sendable {
        let instruction: Instruction
        let text: String
    }

    /// What LLVM prints alike, or not at all.
    static let ownForms: [Form] = [
        Form(instruction: .call(.local(4)), text: "call pc+4"),
        Form(instruction: .call(.local(-1)), text: "call pc-1"),
        Form(instruction: .call(.kernelFunction(77, module: 0)), text: "call kfunc[id:77]"),
        Form(
            instruction: .call(.kernelFunction(77, module: 2)),
            text: "call kfunc[id:77, module:2]"
        ),
        Form(instruction: .loadImmediate(.r1, .map(descriptor: 5)), text: "r1 = map[fd:5] ll"),
        Form(instruction: .loadImmediate(.r1, .mapIndex(5)), text: "r1 = map[idx:5] ll"),
        Form(
            instruction: .loadImmediate(.r1, .mapValue(descriptor: 5, offset: 8)),
            text: "r1 = map[fd:5][0]+8 ll"
        ),
        Form(
            instruction: .loadImmediate(.r1, .mapIndexValue(5, offset: -8)),
            text: "r1 = map[idx:5][0]-8 ll"
        ),
        Form(
            instruction: .loadImmediate(.r1, .variable(typeID: 12, module: 0)),
            text: "r1 = ksym[id:12] ll"
        ),
        Form(
            instruction: .loadImmediate(.r1, .variable(typeID: 12, module: 3)),
            text: "r1 = ksym[id:12, module:3] ll"
        ),
        Form(instruction: .loadImmediate(.r1, .function(-3)), text: "r1 = subprog[-3] ll"),
        Form(
            instruction: .loadPacket(.halfWord, .indirect(.r6, 14)),
            text: "r0 = *(u16 *)skb[r6 + 14]"
        ),
        Form(
            instruction: .loadPacket(.byte, .indirect(.r6, -14)),
            text: "r0 = *(u8 *)skb[r6 - 14]"
        ),
    ]

    @Test(arguments: ownForms)
    func `what LLVM does not tell apart has a notation of its own`(form: Form) throws {
        #expect(form.instruction.description == form.text)
        #expect(try Assembler().assemble(form.text) == form.instruction.encoded)
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
