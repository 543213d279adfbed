import EBPFBytecode
import Testing

@Suite struct DisassemblerTests {
    static let listing = """
        entry:
            r1 = counts ll
            r2 = 3
        again:
            call bpf_lookup
            if r0 == 0 goto L8
            r2 += -1
            if r2 != 0 goto again
            call "sub(x)"
        L8:
            exit
        "sub(x)":
            r0 = L8_2 ll
            callx r0
        L8_2:
            exit

        """

    static let assembler = Assembler(
        helpers: ["bpf_lookup": 1],
        objects: ["counts": .map(descriptor: 4)]
    )

    @Test func `names stand for places, objects and helpers`() throws {
        let program = try Self.assembler.assemble(Self.listing)
        let disassembler = Disassembler(
            symbols: Disassembler.Symbols(
                labels: [0: "entry", 3: "again", 9: "sub(x)", 12: "L8_2"],
                references: [0: "counts"],
                helpers: [1: "bpf_lookup"]
            ),
            labelsJumps: true
        )
        #expect(disassembler.text(program) == Self.listing)
    }

    @Test func `without names the numbers stay`() throws {
        let program = try Self.assembler.assemble(Self.listing)
        #expect(
            Disassembler().lines(program).map(\.text) == [
                "r1 = map[fd:4] ll", "r2 = 3", "call 1", "if r0 == 0 goto +3", "r2 += -1",
                "if r2 != 0 goto -4", "call pc+1", "exit", "r0 = subprog[+2] ll", "callx r0",
                "exit",
            ]
        )
    }

    @Test func `places that have no name of their own get one`() throws {
        let program = try Assembler().assemble("goto +1\nexit\nexit")
        let both = Disassembler(
            symbols: Disassembler.Symbols(labels: [0: "L2", 1: "L2"]),
            labelsJumps: true
        )
        #expect(both.lines(program).map(\.label) == ["L2", "L2_1", "L2_2"])
        #expect(both.lines(program)[0].text == "goto L2_2")
    }

    @Test func `a name that is a label is no helper's`() throws {
        let program = try Assembler().assemble("call 1\nexit")
        let symbols = Disassembler.Symbols(labels: [1: "lookup"], helpers: [1: "lookup"])
        #expect(Disassembler(symbols: symbols).lines(program)[0].text == "call 1")
    }

    @Test func `a target outside, or inside a constant, keeps its distance`() {
        let program = [
            Instruction.jump(1, long: false), .loadImmediate(.r1, .constant(5)),
            .jump(100, long: false), .jump(-100, long: false), .jump(.max, long: true),
        ].flatMap(\.encoded)
        #expect(
            Disassembler(labelsJumps: true).lines(program).map(\.text) == [
                "goto +1", "r1 = 5 ll", "goto +100", "goto -100", "gotol +2147483647",
            ]
        )
    }

    @Test func `what is no instruction says why`() {
        let slots = [
            EncodedInstruction(opcode: 0xff), EncodedInstruction(opcode: 0x18, destination: 1),
        ]
        #expect(
            Disassembler().text(slots) == """
                    .8byte 0x00000000000000ff  # there is no opcode 0xff
                    .8byte 0x0000000000000118  # the program ends inside a 64-bit constant, \
                which takes two slots

                """
        )
        #expect(Disassembler().lines(slots).map { $0.fault?.slot } == [0, 1])
    }
}
