import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import Testing

/// Ring buffers in both directions, as records and as dynptrs; every misuse is a fault.
@Suite struct RingBufferTests {
    static let ring = MapSpec(name: "events", type: .ringBuffer, maxEntries: 4096)

    static func records(_ program: TestProgram) throws -> [[UInt8]] {
        try program.map("events").takeEvents()
    }

    @Test func `a reserved record reaches the application when it is submitted`() throws {
        let program = try TestProgram(
            """
            r1 = events ll
            r2 = 16
            r3 = 0
            call bpf_ringbuf_reserve
            if r0 == 0 goto out
            r1 = 7
            *(u64 *)(r0 + 0) = r1
            *(u64 *)(r0 + 8) = 9
            r1 = r0
            r2 = 0
            call bpf_ringbuf_submit
            out:
            r0 = 0
            exit
            """,
            maps: [Self.ring]
        )
        try program.run()
        try program.run()
        #expect(
            try Self.records(program)
                == Array(repeating: bytes(UInt64(7)) + bytes(UInt64(9)), count: 2)
        )
    }

    @Test func `a discarded record is not seen`() throws {
        let program = try TestProgram(
            """
            r1 = events ll
            r2 = 16
            r3 = 0
            call bpf_ringbuf_reserve
            r1 = r0
            r2 = 0
            call bpf_ringbuf_discard
            r0 = 0
            exit
            """,
            maps: [Self.ring]
        )
        try program.run()
        #expect(try Self.records(program).isEmpty)
    }

    @Test(arguments: [
        // flags, result, records
        (0, 0, 1), (1, 0, 1), (2, 0, 1), (4, -22, 0),
    ])
    func `output copies a record`(flags: Int, result: Int64, count: Int) throws {
        let program = try TestProgram(
            """
            r2 = r1
            r1 = events ll
            r3 = 3
            r4 = \(flags)
            call bpf_ringbuf_output
            exit
            """,
            maps: [Self.ring]
        )
        #expect(Int64(bitPattern: try program.run([1, 2, 3, 4])) == result)
        #expect(try Self.records(program) == Array(repeating: [1, 2, 3], count: count))
    }

    @Test func `a full ring refuses with EAGAIN, and tells its sizes`() throws {
        let program = try TestProgram(
            """
            r6 = r1
            r2 = r1
            r1 = events ll
            r3 = 1000
            r4 = 0
            call bpf_ringbuf_output
            *(u64 *)(r6 + 0) = r0
            r1 = events ll
            r2 = 0
            call bpf_ringbuf_query
            *(u64 *)(r6 + 8) = r0
            r1 = events ll
            r2 = 1
            call bpf_ringbuf_query
            *(u64 *)(r6 + 16) = r0
            r1 = events ll
            r2 = 9
            call bpf_ringbuf_query
            exit
            """,
            maps: [Self.ring]
        )
        let memory = [UInt8](repeating: 0, count: 1000)
        for _ in 0..<4 { try program.run(memory) }
        let result = try program.program.run(memory: memory)
        #expect(result.returned == 0)
        #expect(word(result.context) == UInt64(bitPattern: -11))
        #expect(word(result.context, at: 8) == 4 * 1008)
        #expect(word(result.context, at: 16) == 4096)
    }

    static let reserve = """
        r1 = events ll
        r2 = 16
        r3 = 0
        call bpf_ringbuf_reserve
        r6 = r0
        r7 = 0
        *(u64 *)(r6 + 0) = r7
        *(u64 *)(r6 + 8) = r7

        """

    static let submit = """
        r1 = r6
        r2 = 0
        call bpf_ringbuf_submit

        """

    static let faults: [(String, String)] = [
        (reserve + "r0 = 0\nexit", "holds a ring buffer record"),
        (reserve + submit + submit + "exit", "is not a record that bpf_ringbuf_reserve returned"),
        (reserve + "r6 += 8\n" + submit + "exit", "is not a record"),
        (reserve + submit + "r0 = *(u64 *)(r6 + 0)\nexit", "reads 8 bytes"),
        (reserve + submit + "*(u8 *)(r6 + 0) = 1\nexit", "writes 1 byte"),
        (reserve + "r0 = *(u64 *)(r6 + 9)\nexit", "reads 8 bytes"),
        ("r6 = r1\n" + submit + "exit", "is not a record"),
        ("r1 = counts ll\nr2 = 8\nr3 = 0\ncall bpf_ringbuf_reserve\nexit", "is not a map"),
    ]

    @Test(arguments: faults)
    func `a misused record is a fault`(text: String, message: String) throws {
        let program = try TestProgram(
            text,
            maps: [Self.ring, .array("counts", valueSize: 8)]
        )
        let error = try #require(throws: ExecutionError.self) { try program.run([0]) }
        #expect(error.message.contains(message))
        // What was held is given up, so the ring is not blocked.
        #expect(try program.map("events").takeEvents().count <= 1)
        #expect(throws: ExecutionError.self) { try program.run([0]) }
    }

    @Test func `a record can be a dynptr`() throws {
        let program = try TestProgram(
            """
            r6 = r1
            r1 = events ll
            r2 = 5
            r3 = 0
            r4 = r10
            r4 += -16
            call bpf_ringbuf_reserve_dynptr
            r7 = r0
            r1 = r10
            r1 += -16
            r2 = 1
            r3 = r6
            r4 = 4
            r5 = 0
            call bpf_dynptr_write
            r7 += r0
            r1 = r10
            r1 += -16
            r2 = 0
            call bpf_ringbuf_submit_dynptr
            r0 = r7
            exit
            """,
            maps: [Self.ring]
        )
        #expect(try program.run([1, 2, 3, 4]) == 0)
        #expect(try Self.records(program) == [[0, 1, 2, 3, 4]])
    }

    @Test(
        arguments: [
            // size, flags, result
            (5000, 0, -22), (16, 1, -22), (1 << 24, 0, -7),
        ] as [(Int, Int, Int64)]
    )
    func `a dynptr that gets no record is null, and must still be given up`(
        size: Int,
        flags: Int,
        result: Int64
    ) throws {
        let program = try TestProgram(
            """
            r1 = events ll
            r2 = \(size)
            r3 = \(flags)
            r4 = r10
            r4 += -16
            call bpf_ringbuf_reserve_dynptr
            r6 = r0
            r1 = r10
            r1 += -16
            r2 = 0
            call bpf_ringbuf_discard_dynptr
            r0 = r6
            exit
            """,
            maps: [Self.ring]
        )
        #expect(Int64(bitPattern: try program.run()) == result)
        #expect(try Self.records(program).isEmpty)
    }

    @Test func `the application's records reach a callback as dynptrs that can only be read`()
        throws
    {
        let program = try TestProgram(
            """
            r3 = r1
            r1 = commands ll
            r2 = visit ll
            r4 = 0
            call bpf_user_ringbuf_drain
            exit
            visit:
            r6 = r1
            r7 = r2
            r1 = r7
            r2 = 4
            r3 = r6
            r4 = 0
            r5 = 0
            call bpf_dynptr_read
            r1 = r6
            r2 = 0
            r3 = r7
            r4 = 4
            r5 = 0
            call bpf_dynptr_write
            *(u64 *)(r7 + 8) = r0
            r0 = *(u32 *)(r7 + 0)
            r0 &= 1
            exit
            """,
            maps: [MapSpec(name: "commands", type: .userRingBuffer, maxEntries: 4096)]
        )
        let commands = try #require(try program.map("commands") as? UserRingBuffer)
        for number: UInt32 in [2, 4, 5, 6] { try commands.send(bytes(number)) }
        let result = try program.program.run(memory: [UInt8](repeating: 0, count: 16))
        #expect(result.returned == 3)
        #expect(result.context.prefix(4) == [5, 0, 0, 0])
        #expect(word(result.context, at: 8) == UInt64(bitPattern: -22))
        #expect(try program.run([UInt8](repeating: 0, count: 16)) == 1)
    }

    @Test func `a perf event reaches the buffer of the CPU, or says why not`() throws {
        let program = try TestProgram(
            """
            r4 = r1
            r2 = events ll
            r3 = 0xffffffff ll
            r5 = 3
            call bpf_perf_event_output
            exit
            """,
            maps: [
                MapSpec(
                    name: "events",
                    type: .perfEventArray,
                    keySize: 4,
                    valueSize: 4,
                    maxEntries: 2
                )
            ]
        )
        #expect(Int64(bitPattern: try program.run([1, 2, 3])) == -2)
        let events = try #require(try program.map("events") as? PerfEventArray)
        _ = try events.open()
        #expect(try program.run([1, 2, 3]) == 0)
        #expect(events.takeEvents().map { $0.prefix(3) } == [[1, 2, 3]])
    }
}
