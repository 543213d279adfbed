import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import Testing

/// Calls of every kind: subprograms, callbacks, through registers, tail calls.
@Suite struct CallTests {
    static let programs = MapSpec(
        name: "programs",
        type: .programArray,
        keySize: 4,
        valueSize: 4,
        maxEntries: 4,
        initialValues: [.init(index: 1, content: .program("other"))]
    )

    static let cases: [(String, UInt64)] = [
        // Frames are separate, and r6 to r9 come back.
        (
            """
            r6 = 1
            *(u64 *)(r10 - 8) = 5
            call f
            r0 += r6
            r1 = *(u64 *)(r10 - 8)
            r0 += r1
            exit
            f:
            r6 = 100
            *(u64 *)(r10 - 8) = 50
            r0 = 10
            exit
            """, 16
        ),
        // Eight frames are allowed.
        (
            """
            r1 = 7
            call f
            exit
            f:
            if r1 == 1 goto end
            r1 += -1
            call f
            end:
            r0 = 3
            exit
            """, 3
        ),
        // The address of a function is a value.
        (
            """
            r3 = f ll
            r1 = 4
            callx r3
            exit
            f:
            r0 = r1
            r0 += 1
            exit
            """, 5
        ),
        // A helper's number in a register.
        ("r3 = 8\ncallx r3\nexit", 0),
        // bpf_loop counts, stops at 1, and passes its context.
        (
            """
            *(u64 *)(r10 - 8) = 0
            r1 = 10
            r2 = f ll
            r3 = r10
            r3 += -8
            r4 = 0
            call bpf_loop
            r1 = *(u64 *)(r10 - 8)
            r1 *= 100
            r0 += r1
            exit
            f:
            r3 = *(u64 *)(r2 + 0)
            r3 += r1
            *(u64 *)(r2 + 0) = r3
            r0 = 0
            if r1 != 4 goto end
            r0 = 1
            end:
            exit
            """, 1005
        ),
        // may_goto leaves after 8388608 rounds at most; a short loop ends by itself.
        (
            """
            r0 = 0
            loop:
            may_goto end
            r0 += 1
            if r0 < 5 goto loop
            end:
            exit
            """, 5
        ),
        (
            "r1 = 1\nr2 = f ll\nr3 = 0\nr4 = 1\ncall bpf_loop\nexit\nf:\nr0 = 0\nexit",
            UInt64(bitPattern: -22)
        ),
        (
            "r1 = 8388609\nr2 = f ll\nr3 = 0\nr4 = 0\ncall bpf_loop\nexit\nf:\nr0 = 0\nexit",
            UInt64(bitPattern: -7)
        ),
    ]

    @Test(arguments: cases)
    func `a call does what it should`(text: String, result: UInt64) throws {
        #expect(try TestProgram(text).run([0]) == result)
    }

    @Test func `an exception ends the program with its cookie`() throws {
        let program = try TestProgram(
            "call f\nr0 = 1\nexit\nf:\nr1 = 5\ncall bpf_throw\nexit",
            kernelFunctions: ["bpf_throw"])
        #expect(try program.run() == 5)
    }

    @Test func `may_goto ends a loop without an end`() throws {
        let program = try TestProgram(
            "r0 = 0\nloop:\nmay_goto end\nr0 += 1\ngoto loop\nend:\nexit",
            budget: 1 << 26
        )
        #expect(try program.run() == 8_388_608)
    }

    static let tailCalls: [(String, String, UInt64)] = [
        // The other program's result is the result.
        (
            "r2 = programs ll\nr3 = 1\ncall bpf_tail_call\nr0 = 1\nexit",
            "r0 = 42\nexit", 42
        ),
        // A missing entry, and an index past the end: the caller goes on.
        ("r2 = programs ll\nr3 = 0\ncall bpf_tail_call\nr0 = 1\nexit", "r0 = 42\nexit", 1),
        ("r2 = programs ll\nr3 = 4\ncall bpf_tail_call\nr0 = 1\nexit", "r0 = 42\nexit", 1),
        // From a subprogram: only the subprogram is replaced.
        (
            """
            call f
            r0 += 1
            r3 = g ll
            r6 = r0
            callx r3
            r0 += r6
            exit
            f:
            r2 = programs ll
            r3 = 1
            call bpf_tail_call
            r0 = 7
            exit
            g:
            r0 = 100
            exit
            """,
            "r0 = 42\nexit", 143
        ),
        // A program that calls itself again and again is stopped after 33 times.
        (
            "r2 = programs ll\nr3 = 1\ncall bpf_tail_call\nr0 = 1\nexit",
            """
            r2 = *(u64 *)(r1 + 0)
            r2 += 1
            *(u64 *)(r1 + 0) = r2
            r2 = programs ll
            r3 = 1
            call bpf_tail_call
            r1 = 0x200000000 ll
            r0 = *(u64 *)(r1 + 0)
            exit
            """, 33
        ),
    ]

    @Test(arguments: tailCalls)
    func `a tail call replaces the program`(text: String, other: String, result: UInt64) throws {
        let program = try TestProgram(text, maps: [Self.programs], others: ["other": other])
        #expect(try program.run([UInt8](repeating: 0, count: 8)) == result)
    }

    @Test func `a fault after a tail call names the program that ran`() throws {
        let program = try TestProgram(
            "r2 = programs ll\nr3 = 1\ncall bpf_tail_call\nr0 = 1\nexit",
            maps: [Self.programs],
            others: ["other": "r1 = 0\nr0 = *(u8 *)(r1 + 0)\nexit"]
        )
        let error = try #require(throws: ExecutionError.self) { try program.run([0]) }
        #expect(error.program == "other" && error.slot == 1)
    }

    @Test func `legacy loads read the packet in network order, or end the program with 0`() throws {
        let packet = [UInt8](0..<64)
        let cases: [(String, UInt32)] = [
            ("r0 = *(u8 *)skb[14]", 14), ("r0 = *(u16 *)skb[12]", 0x0c0d),
            ("r0 = *(u32 *)skb[60]", 0x3c3d_3e3f), ("r0 = *(u32 *)skb[61]", 0),
            ("r2 = 10\nr0 = *(u16 *)skb[r2 + 2]", 0x0c0d), ("r2 = 62\nr0 = *(u32 *)skb[r2 + 0]", 0),
            ("r0 = *(u8 *)skb[-0x100000]", 14), ("r0 = *(u8 *)skb[-0x200000]", 0),
        ]
        for (text, result) in cases {
            let program = try TestProgram(
                "r6 = r1\nr0 = 99\n\(text)\nexit",
                type: .socketFilter
            )
            #expect(try program.program.run(packet: packet).returned == result, "\(text)")
        }
        // In a subprogram, it is the subprogram that ends.
        let program = try TestProgram(
            "call f\nr0 += 7\nexit\nf:\nr6 = r1\nr0 = *(u8 *)skb[99]\nr0 += 3\nexit",
            type: .schedulerClassifier)
        #expect(try program.program.run(packet: packet).returned == 7)
    }

    @Test func `for_each visits a map, and may delete from it`() throws {
        let program = try TestProgram(
            """
            r3 = r1
            r1 = table ll
            r2 = visit ll
            r4 = 0
            call bpf_for_each_map_elem
            exit
            visit:
            r6 = *(u64 *)(r3 + 0)
            r7 = *(u64 *)(r4 + 0)
            r7 += r6
            *(u64 *)(r4 + 0) = r7
            call bpf_map_delete_elem
            r0 = 0
            exit
            """,
            maps: [.hash("table", valueSize: 8)]
        )
        let map = try program.map("table")
        for key in UInt32(1)...10 { try map.update(bytes(key), bytes(UInt64(key))) }
        let result = try program.program.run(memory: [UInt8](repeating: 0, count: 8))
        #expect(result.returned == 10)
        #expect(word(result.context) == 55)
        #expect(try map.entries().isEmpty)
    }

    @Test func `a walk over one map may walk over another`() throws {
        let program = try TestProgram(
            """
            r3 = r1
            r1 = table ll
            r2 = outer ll
            r4 = 0
            call bpf_for_each_map_elem
            exit
            outer:
            r6 = r2
            r3 = r4
            r1 = table ll
            r2 = inner ll
            r4 = 0
            call bpf_for_each_map_elem
            r0 = *(u32 *)(r6 + 0)
            r0 = 0
            exit
            inner:
            r5 = *(u32 *)(r2 + 0)
            r6 = *(u64 *)(r4 + 0)
            r6 += r5
            *(u64 *)(r4 + 0) = r6
            r0 = 0
            exit
            """,
            maps: [.hash("table", valueSize: 8)]
        )
        let map = try program.map("table")
        for key in UInt32(1)...3 { try map.update(bytes(key), bytes(UInt64(key))) }
        #expect(word(try program.memory(after: [UInt8](repeating: 0, count: 8))) == 18)
    }
}
