import EBPFBytecode
import EBPFExecution
import EBPFObjectFile
import Testing

/// What a program may not do ends it, and the message says what, where and what to do.
@Suite struct FaultTests {
    private static let lookUp = """
        r1 = counts ll
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        call bpf_map_lookup_elem

        """

    /// A program; what the message says; what the remedy says; the slot, where it matters.
    static let faults: [(String, String, String, Int?)] = [
        (
            "*(u64 *)(r10 - 520) = 0\nexit", "writes 8 bytes",
            "8 bytes below the 512 bytes of a stack frame", 0
        ),
        (
            "r0 = *(u64 *)(r10 + 0)\nexit", "reads 8 bytes",
            "0 bytes above the frame pointer of frame 0", 0
        ),
        ("r0 = *(u64 *)(r10 - 4)\nexit", "reads 8 bytes", "the access reaches out of it", 0),
        ("r1 = 0\nr0 = *(u32 *)(r1 + 8)\nexit", "reads 4 bytes at 0x8", "a null pointer plus 8", 1),
        (
            "r0 = *(u8 *)(r1 + 16)\nexit", "reads 1 byte",
            "the context has 16 bytes; the access begins at byte 16", 0
        ),
        (
            "r1 = 0x123456789abc ll\nr0 = *(u8 *)(r1 + 0)\nexit", "reads 1 byte", "never a pointer",
            2
        ),
        (
            lookUp + "r0 = *(u64 *)(r0 + 12)\nexit", "reads 8 bytes",
            "a value of map counts has 16 bytes; the access is to bytes 12 to 19", 6
        ),
        (lookUp + "*(u8 *)(r0 - 1) = 0\nexit", "writes 1 byte", "", 6),
        ("r1 = counts ll\nr0 = *(u64 *)(r1 + 0)\nexit", "reads 8 bytes", "look a key up", 2),
        (
            "r1 = constants ll\n*(u8 *)(r1 + 0) = 1\nexit", "writes 1 byte",
            "values of map constants can only be read", 2
        ),
        ("f:\nr0 = 0\ncall f\nexit", "more than 8 functions are nested", "inline", 1),
        ("f:\ngoto f\nexit", "too many branches backwards", "loop without an end", nil),
        ("r0 = 0", "runs past the last instruction", "exit", nil),
        ("r3 = 5000\ncallx r3\nexit", "there is no helper 5000", "", 1),
        ("r3 = 0x1234567890 ll\ncallx r3\nexit", "is no function of the program", "", 2),
        (
            "r1 = 5\nr2 = r10\ncall bpf_map_lookup_elem\nexit",
            "argument 1 of the helper is not a map", "", 2
        ),
        (
            "r1 = counts ll\nr2 = 0\ncall bpf_map_lookup_elem\nexit",
            "argument 2 of the helper is not memory that may be read", "", 3
        ),
        ("call 0\nexit", "", "", nil),
        (
            lookUp + "r1 = r0\ncall bpf_spin_lock\nr0 = 0\nexit", "holds a spin lock",
            "bpf_spin_unlock", nil
        ),
        (
            lookUp + "r6 = r0\nr1 = r6\ncall bpf_spin_lock\nr1 = r6\ncall bpf_spin_lock\nexit",
            "taken twice", "", 10
        ),
        (lookUp + "r1 = r0\ncall bpf_spin_unlock\nexit", "unlocked without being held", "", 7),
        (
            "r1 = r10\nr1 += -8\ncall bpf_spin_lock\nexit", "not a spin lock inside a map value",
            "", 2
        ),
        (
            "r1 = 0\nr2 = prog ll\nr3 = 0\ncall bpf_tail_call\nexit",
            "argument 1 of the helper is not the program's context", "", 4
        ),
    ]

    @Test(arguments: faults.indices)
    func `a fault names the instruction and what to do`(index: Int) throws {
        let (text, message, remedy, slot) = Self.faults[index]
        let load = {
            try TestProgram(
                text,
                maps: [
                    .array("counts", valueSize: 16), .constants("constants", [1, 2, 3]),
                    MapSpec(
                        name: "prog",
                        type: .programArray,
                        keySize: 4,
                        valueSize: 4,
                        maxEntries: 1
                    ),
                ],
                budget: 10_000
            )
        }
        // A call of helper 0 is refused when the program is loaded.
        guard !text.hasPrefix("call 0") else {
            #expect(throws: UserSpaceLoadError.self) { _ = try load() }
            return
        }
        let program = try load()
        let error = try #require(throws: ExecutionError.self) {
            try program.run([UInt8](repeating: 0, count: 16))
        }
        #expect(error.message.contains(message))
        #expect(remedy.isEmpty || error.remedy?.contains(remedy) == true, "\(error)")
        if let slot { #expect(error.slot == slot, "\(error)") }
        // A program can be run again after a fault.
        #expect(throws: ExecutionError.self) { try program.run([UInt8](repeating: 0, count: 16)) }
    }

    @Test func `a fault names the source line and the function`() throws {
        let program = try TestProgram(
            """
            r1 = 0
            call inner
            exit
            inner:
            r0 = *(u32 *)(r1 + 4)
            exit
            """,
            lines: [
                LineInfo(slot: 0, file: "drop.c", line: 10, column: 2, text: "int main()"),
                LineInfo(slot: 3, file: "drop.c", line: 20, column: 9, text: "    return p->size;"),
            ],
            functions: [0: "main", 3: "inner"]
        )
        let error = try #require(throws: ExecutionError.self) { try program.run([0]) }
        #expect(
            error.description == """
                program main, function inner, instruction 3 (w0 = *(u32 *)(r1 + 4)): \
                reads 4 bytes at 0x4, which is not the program's memory
                  drop.c:20:9: return p->size;
                  a null pointer plus 4: test the result of the look-up before using it
                """
        )
    }

    @Test func `fields of a packet's context are read-only unless the kernel lets programs write`()
        throws
    {
        let cases: [(ProgramType, String, Bool)] = [
            (.xdp, "*(u32 *)(r1 + 0) = 1", false),
            (.schedulerClassifier, "*(u32 *)(r1 + 8) = 1", true),
            (.schedulerClassifier, "*(u32 *)(r1 + 0) = 1", false),
            (.schedulerClassifier, "*(u32 *)(r1 + 48) = 1", true),
            (.schedulerClassifier, "*(u32 *)(r1 + 76) = 1", false),
        ]
        for (type, text, isAllowed) in cases {
            let program = try TestProgram("\(text)\nr0 = 0\nexit", type: type)
            let packet = [UInt8](repeating: 0, count: 64)
            if isAllowed {
                _ = try program.program.run(packet: packet)
            } else {
                let error = try #require(throws: ExecutionError.self) {
                    try program.program.run(packet: packet)
                }
                #expect(error.remedy?.contains("can only be read") == true)
            }
        }
    }

    @Test func `a packet ends where it ends`() throws {
        let program = try TestProgram(
            """
            r2 = *(u32 *)(r1 + 0)
            r0 = *(u32 *)(r2 + 62)
            exit
            """,
            type: .xdp
        )
        let error = try #require(throws: ExecutionError.self) {
            try program.program.run(packet: [UInt8](repeating: 0, count: 64))
        }
        #expect(
            error.remedy
                == "the packet has 64 bytes; the access is to bytes 62 to 65: compare with data_end first"
        )
    }
}
