import EBPFBytecode
import Testing

@Suite struct AssemblerTests {
    struct Spelling: Sendable {
        let text: String
        let instructions: [Instruction]

        init(_ text: String, _ instructions: Instruction...) {
            self.text = text
            self.instructions = instructions
        }
    }

    static let spellings: [Spelling] = [
        Spelling(""),
        Spelling("  # nothing\n; at all\r\n\t// here"),
        Spelling("r1=r2", .move(.doubleWord, .r1, .register(.r2))),
        Spelling("r1=-r1;negate", .negate(.doubleWord, .r1)),
        Spelling("r1 = - 5 # spaced", .move(.doubleWord, .r1, .immediate(-5))),
        Spelling("r1 = +0X1f // signed", .move(.doubleWord, .r1, .immediate(31))),
        Spelling("w1 = 0xffffffff", .move(.word, .r1, .immediate(-1))),
        Spelling("w1 &= 4294967295", .arithmetic(.and, .word, .r1, .immediate(-1))),
        Spelling("r1 = -1 ll", .loadImmediate(.r1, .constant(.max))),
        Spelling("r1 = 18446744073709551615 ll", .loadImmediate(.r1, .constant(.max))),
        Spelling("r1 = map[fd:5]", .loadImmediate(.r1, .map(descriptor: 5))),
        Spelling("ld_pseudo\tr1, 0x1, 0x5", .loadImmediate(.r1, .map(descriptor: 5))),
        Spelling("ld_pseudo r1, 4, -2", .loadImmediate(.r1, .function(-2))),
        Spelling("r1 = *(u32 *)(r2)", .load(.word, .r1, MemoryOperand(.r2))),
        Spelling("r1 = *(u32*)(r2+0x4)", .load(.word, .r1, MemoryOperand(.r2, 4))),
        Spelling("w1 = *(u8 *)(r2 - 4)", .load(.byte, .r1, MemoryOperand(.r2, -4))),
        Spelling("r1 = load_acquire((u8 *)(r2))", .loadAcquire(.byte, .r1, MemoryOperand(.r2))),
        Spelling(
            "*(u16 *)(r1 + 2) = r3",
            .store(.halfWord, MemoryOperand(.r1, 2), .register(.r3))
        ),
        Spelling(
            "*(u8 *)(r1 + 2) = 255",
            .store(.byte, MemoryOperand(.r1, 2), .immediate(255))
        ),
        Spelling(
            "lock *(u32 *)(r1 + 0) += r2",
            .atomic(.add(fetch: false), .word, MemoryOperand(.r1), .r2)
        ),
        Spelling(
            "r2 = atomic_fetch_add((u32 *)(r1 + 0), r2)",
            .atomic(.add(fetch: true), .word, MemoryOperand(.r1), .r2)
        ),
        Spelling("goto 3", .jump(3, long: false)),
        Spelling("goto -0x1 <main+0x8>", .jump(-1, long: false)),
        Spelling("gotol +0x1 <.text+0x8>", .jump(1, long: true)),
        Spelling(
            "if w1 s> -0x5 goto +0x2 <f>",
            .branch(.greaterSigned, .word, .r1, .immediate(-5), 2)
        ),
        Spelling(
            "top: r0 = 0\nif r0 == 0 goto top",
            .move(.doubleWord, .r0, .immediate(0)),
            .branch(.equal, .doubleWord, .r0, .immediate(0), -2)
        ),
        Spelling(
            "a: b:\nc: goto a\ngotol c\nmay_goto end\nend:",
            .jump(-1, long: false),
            .jump(-2, long: true),
            .mayJump(0)
        ),
        Spelling("call exit\nexit:\nexit", .call(.local(0)), .exit),
        Spelling("call \"a \\\"b\\\"\"\n\"a \\\"b\\\"\":\nexit", .call(.local(0)), .exit),
        Spelling("call bpf_lookup", .call(.helper(1))),
        Spelling("bpf_lookup: call bpf_lookup", .call(.local(-1))),
        Spelling("call -1", .call(.helper(-1))),
        Spelling("f: r1 = f ll", .loadImmediate(.r1, .function(-1))),
        Spelling("r1 = counts ll", .loadImmediate(.r1, .map(descriptor: 9))),
        Spelling("r1 = \"r2\" ll", .loadImmediate(.r1, .mapIndex(2))),
        Spelling(".8byte 0x95, 0x95", .exit, .exit),
    ]

    @Test(arguments: spellings)
    func `the assembler reads what people write`(spelling: Spelling) throws {
        let assembler = Assembler(
            helpers: ["bpf_lookup": 1],
            objects: ["counts": .map(descriptor: 9), "r2": .mapIndex(2)]
        )
        #expect(
            try assembler.assemble(spelling.text) == spelling.instructions.flatMap(\.encoded)
        )
    }

    @Test func `an instruction is one instruction`() {
        for text in ["", "exit\nexit", ".8byte 0", "r1 = nothing ll"] {
            #expect(throws: AssemblyError.self) { try Instruction(text) }
        }
    }

    @Test func `a label may be as far as a jump reaches`() throws {
        let filling = String(repeating: "exit\n", count: 32767)
        let near = try Assembler().assemble("goto end\n" + filling + "end:")
        #expect(near[0].offset == 32767)
        let back = try Assembler().assemble("start: " + filling + "goto start")
        #expect(back[32767].offset == -32768)
        #expect(throws: AssemblyError(line: 1, column: 6, .outOfRange(value: "32768", .distance))) {
            try Assembler().assemble("goto end\nexit\n" + filling + "end:")
        }
        let long = try Assembler().assemble("gotol end\nexit\n" + filling + "end:")
        #expect(long[0].immediate == 32768)
    }
}
