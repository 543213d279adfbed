import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import Testing

/// Open-coded iterators, locks that programs share, and pointers in maps.
@Suite struct IteratorTests {
    static let functions = [
        "bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_destroy", "bpf_iter_bits_new",
        "bpf_iter_bits_next", "bpf_iter_bits_destroy", "bpf_rcu_read_lock", "bpf_rcu_read_unlock",
        "bpf_preempt_disable", "bpf_preempt_enable", "bpf_cast_to_kern_ctx", "bpf_rdonly_cast",
    ]

    /// From and to; the sum of ten thousands for each number plus the numbers; what `new` returns.
    static let ranges: [(Int, Int, Int64, Int64)] = [
        (0, 5, 50_010, 0), (3, 4, 10_003, 0), (5, 5, 0, 0), (6, 5, 0, -22),
        (0, 8_388_609, 0, -7), (-2, 1, 29_997, 0), (-2_147_483_648, -2_147_483_647, 0, 0),
    ]

    @Test(arguments: ranges.indices)
    func `bpf_for counts`(index: Int) throws {
        let (start, end, sum, result) = Self.ranges[index]
        let program = try TestProgram(
            """
            r8 = r1
            r1 = r10
            r1 += -8
            r2 = \(start)
            r3 = \(end)
            call bpf_iter_num_new
            *(u64 *)(r8 + 0) = r0
            r7 = 0
            loop:
            r1 = r10
            r1 += -8
            call bpf_iter_num_next
            if r0 == 0 goto done
            r1 = *(s32 *)(r0 + 0)
            r7 += r1
            r7 += 10000
            goto loop
            done:
            r1 = r10
            r1 += -8
            call bpf_iter_num_destroy
            r0 = r7
            exit
            """,
            kernelFunctions: Self.functions
        )
        let outcome = try program.program.run(memory: [UInt8](repeating: 0, count: 8))
        let isSmallest = start == -2_147_483_648
        #expect(
            Int64(bitPattern: outcome.returned) == (isSmallest ? 10_000 - 2_147_483_648 : sum)
        )
        #expect(Int64(bitPattern: word(outcome.context)) == result)
    }

    static let bits: [([UInt64], Int, Int64, Int64)] = [
        ([0b1011], 1, 30_004, 0), ([0, 1], 2, 10_064, 0), ([0], 1, 0, 0), ([1], 0, 0, -22),
        ([1], 512, 0, -7), ([1], 3, 0, -14), ([.max], 1, 640_000 + 2016, 0),
    ]

    @Test(arguments: bits.indices)
    func `bits are visited in order`(index: Int) throws {
        let (words, count, sum, result) = Self.bits[index]
        let program = try TestProgram(
            """
            r8 = r1
            r2 = r1
            r2 += 8
            r1 = r10
            r1 += -16
            r3 = \(count)
            call bpf_iter_bits_new
            *(u64 *)(r8 + 0) = r0
            r7 = 0
            loop:
            r1 = r10
            r1 += -16
            call bpf_iter_bits_next
            if r0 == 0 goto done
            r1 = *(u32 *)(r0 + 0)
            r7 += r1
            r7 += 10000
            goto loop
            done:
            r1 = r10
            r1 += -16
            call bpf_iter_bits_destroy
            r0 = r7
            exit
            """,
            kernelFunctions: Self.functions
        )
        let memory = [UInt8](repeating: 0, count: 8) + words.flatMap { bytes($0) }
        let outcome = try program.program.run(memory: memory)
        #expect(Int64(bitPattern: outcome.returned) == sum)
        #expect(Int64(bitPattern: word(outcome.context)) == result)
    }

    @Test func `locks of preemption and RCU do nothing, and casts give the pointer`() throws {
        let program = try TestProgram(
            """
            r6 = r1
            call bpf_rcu_read_lock
            call bpf_preempt_disable
            call bpf_preempt_enable
            call bpf_rcu_read_unlock
            r1 = r6
            call bpf_cast_to_kern_ctx
            r1 = r0
            r2 = 0
            call bpf_rdonly_cast
            r0 = *(u8 *)(r0 + 0)
            exit
            """,
            kernelFunctions: Self.functions
        )
        #expect(try program.run([42]) == 42)
    }

    @Test func `a spin lock excludes programs on other CPUs, and applications`() async throws {
        let program = try TestProgram(
            """
            r1 = counts ll
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            call bpf_map_lookup_elem
            r6 = r0
            r7 = 500
            loop:
            r1 = r6
            call bpf_spin_lock
            r1 = *(u64 *)(r6 + 8)
            r1 += 1
            *(u64 *)(r6 + 8) = r1
            r1 = r6
            call bpf_spin_unlock
            r7 += -1
            if r7 != 0 goto loop
            r0 = 0
            exit
            """,
            maps: [.array("counts", valueSize: 16)]
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try program.run() } }
            try await group.waitForAll()
        }
        #expect(word(try program.map("counts").lookup([0, 0, 0, 0]), at: 8) == 2000)
    }

    @Test func `a pointer in a map is exchanged`() throws {
        let program = try TestProgram(
            """
            r6 = r1
            r1 = slots ll
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            call bpf_map_lookup_elem
            r1 = r0
            r2 = *(u64 *)(r6 + 0)
            call bpf_kptr_xchg
            exit
            """,
            maps: [.array("slots", valueSize: 8)]
        )
        #expect(try program.run(bytes(UInt64(5))) == 0)
        #expect(try program.run(bytes(UInt64(6))) == 5)
        #expect(try program.run(bytes(UInt64(0))) == 6)
    }
}
