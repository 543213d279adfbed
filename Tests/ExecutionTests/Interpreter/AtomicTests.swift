import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import Testing

/// Atomic operations: what they compute, what they fetch, and that no update is lost.
@Suite struct AtomicTests {
    struct Case: Sendable {
        let text: String
        let size: Int
        let old: UInt64
        let r0: UInt64
        let r2: UInt64
        let memory: UInt64
        let r0After: UInt64
        let r2After: UInt64

        /// Old memory, r0 and r2; then the same after the instruction.
        init(
            _ text: String,
            _ size: Int,
            _ old: UInt64,
            _ r0: UInt64,
            _ r2: UInt64,
            _ memory: UInt64,
            _ r0After: UInt64,
            _ r2After: UInt64
        ) {
            self.text = text
            self.size = size
            self.old = old
            self.r0 = r0
            self.r2 = r2
            self.memory = memory
            self.r0After = r0After
            self.r2After = r2After
        }
    }

    private static let high: UInt64 = 0xffff_ffff_0000_0000
    static let cases: [Case] = [
        Case("lock *(u64 *)(r1 + 0) += r2", 8, .max, 5, 2, 1, 5, 2),
        Case("lock *(u64 *)(r1 + 0) |= r2", 8, 0xf0, 5, 0x0f, 0xff, 5, 0x0f),
        Case("lock *(u64 *)(r1 + 0) &= r2", 8, 0xff, 5, 0x3c, 0x3c, 5, 0x3c),
        Case("lock *(u64 *)(r1 + 0) ^= r2", 8, 0xff, 5, 0x3c, 0xc3, 5, 0x3c),
        Case("lock *(u32 *)(r1 + 0) += r2", 4, 0xffff_ffff, 5, 2, 1, 5, 2),
        Case("lock *(u32 *)(r1 + 0) += r2", 4, high | 1, 5, high | 2, high | 3, 5, high | 2),
        Case("r2 = atomic_fetch_add((u64 *)(r1 + 0), r2)", 8, 40, 5, 2, 42, 5, 40),
        Case("r2 = atomic_fetch_or((u64 *)(r1 + 0), r2)", 8, 0xf0, 5, 1, 0xf1, 5, 0xf0),
        Case("r2 = atomic_fetch_and((u64 *)(r1 + 0), r2)", 8, 0xf1, 5, 1, 1, 5, 0xf1),
        Case("r2 = atomic_fetch_xor((u64 *)(r1 + 0), r2)", 8, 0xf1, 5, 1, 0xf0, 5, 0xf1),
        Case(
            "w2 = atomic_fetch_add((u32 *)(r1 + 0), w2)",
            4,
            high | 40,
            5,
            high | 2,
            high | 42,
            5,
            40
        ),
        Case("w2 = atomic_fetch_xor((u32 *)(r1 + 0), w2)", 4, .max, 5, .max, high, 5, 0xffff_ffff),
        Case("r2 = xchg_64(r1 + 0, r2)", 8, 7, 5, 9, 9, 5, 7),
        Case("w2 = xchg32_32(r1 + 0, w2)", 4, high | 7, 5, high | 9, high | 9, 5, 7),
        Case("r0 = cmpxchg_64(r1 + 0, r0, r2)", 8, 7, 7, 9, 9, 7, 9),
        Case("r0 = cmpxchg_64(r1 + 0, r0, r2)", 8, 7, 6, 9, 7, 7, 9),
        Case("w0 = cmpxchg32_32(r1 + 0, w0, w2)", 4, high | 7, high | 7, 9, high | 9, 7, 9),
        Case("w0 = cmpxchg32_32(r1 + 0, w0, w2)", 4, high | 7, high | 6, 9, high | 7, 7, 9),
    ]

    @Test(arguments: cases)
    func `an atomic operation changes memory and fetches the old value`(test: Case) throws {
        let program = try TestProgram(
            """
            r0 = *(u64 *)(r1 + 8)
            r2 = *(u64 *)(r1 + 16)
            \(test.text)
            *(u64 *)(r1 + 8) = r0
            *(u64 *)(r1 + 16) = r2
            exit
            """
        )
        let after = try program.memory(after: bytes(test.old) + bytes(test.r0) + bytes(test.r2))
        #expect(word(after) == test.memory)
        #expect(word(after, at: 8) == test.r0After)
        #expect(word(after, at: 16) == test.r2After)
    }

    @Test(arguments: [1, 2, 4, 8])
    func `loads that acquire and stores that release have all sizes`(size: Int) throws {
        let type = "u\(size * 8)"
        let program = try TestProgram(
            """
            r2 = 0x1122334455667788 ll
            store_release((\(type) *)(r1 + 8), r2)
            r0 = load_acquire((\(type) *)(r1 + 8))
            exit
            """
        )
        let mask = size == 8 ? UInt64.max : 1 << UInt64(size * 8) - 1
        let result = try program.program.run(memory: [UInt8](repeating: 0, count: 16))
        #expect(result.returned == 0x1122_3344_5566_7788 & mask)
        #expect(word(result.context, at: 8) == 0x1122_3344_5566_7788 & mask)
    }

    static let faults: [(String, String)] = [
        ("lock *(u64 *)(r1 + 4) += r2", "which 8 does not divide"),
        ("lock *(u32 *)(r1 + 2) += r2", "which 4 does not divide"),
        ("lock *(u64 *)(r1 + 16) += r2", "writes 8 bytes"),
        ("r0 = load_acquire((u32 *)(r1 + 1))", "which 4 does not divide"),
        ("r0 = load_acquire((u8 *)(r1 + 16))", "reads 1 byte"),
        ("store_release((u64 *)(r1 + 16), r2)", "writes 8 bytes"),
    ]

    @Test(arguments: faults)
    func `a wrong address is a fault`(text: String, message: String) throws {
        let program = try TestProgram("\(text)\nexit")
        let error = try #require(throws: ExecutionError.self) {
            try program.run([UInt8](repeating: 0, count: 16))
        }
        #expect(error.message.contains(message))
        #expect(error.slot == 0)
    }

    @Test func `no update is lost when programs run at once`() async throws {
        let program = try TestProgram(
            """
            r1 = counts ll
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r6 = 1000
            loop:
            r1 = 1
            lock *(u64 *)(r0 + 0) += r1
            r2 = 2
            r2 = atomic_fetch_add((u64 *)(r0 + 8), r2)
            again:
            r1 = r0
            r0 = *(u64 *)(r1 + 16)
            r3 = r0
            r3 += 3
            r4 = r0
            r0 = cmpxchg_64(r1 + 16, r0, r3)
            if r0 == r4 goto done
            r0 = r1
            goto again
            done:
            r0 = r1
            r6 += -1
            if r6 != 0 goto loop
            out:
            r0 = 0
            exit
            """,
            maps: [.array("counts", valueSize: 24)]
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try program.run() } }
            try await group.waitForAll()
        }
        let value = try program.map("counts").lookup([0, 0, 0, 0])
        #expect(word(value) == 8000)
        #expect(word(value, at: 8) == 16000)
        #expect(word(value, at: 16) == 24000)
    }
}
