import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import Testing

/// Timers with a virtual clock: they fire in the order of their deadlines, when they are told to.
@Suite struct TimerTests {
    /// Values: a timer of 16 bytes, a counter, the time of the last call, the key that it got.
    static let table = MapSpec.hash("table", valueSize: 40)

    /// r6 is the value under the key in the memory, r8 the memory.
    static let lookUp = """
        r8 = r1
        r1 = table ll
        r2 = r8
        call bpf_map_lookup_elem
        r6 = r0
        if r0 == 0 goto missing

        """

    static let callback = """
        missing:
        r0 = 77
        exit
        fired:
        r6 = r3
        r1 = *(u64 *)(r6 + 16)
        r1 += 1
        *(u64 *)(r6 + 16) = r1
        r1 = *(u32 *)(r2 + 0)
        *(u64 *)(r6 + 32) = r1
        call bpf_ktime_get_ns
        *(u64 *)(r6 + 24) = r0
        r0 = 0
        exit

        """

    /// Starts a timer; the memory is key, delay, flags.
    static let start =
        lookUp + """
            r1 = r6
            r2 = table ll
            r3 = 1
            call bpf_timer_init
            r1 = r6
            r2 = fired ll
            call bpf_timer_set_callback
            r1 = r6
            r2 = *(u64 *)(r8 + 8)
            r3 = *(u64 *)(r8 + 16)
            call bpf_timer_start
            exit

            """ + callback

    private static func arm(
        _ program: TestProgram,
        _ key: UInt32,
        after delay: UInt64,
        flags: UInt64 = 0
    ) throws {
        let map = try program.map("table")
        try map.update(bytes(key), [UInt8](repeating: 0, count: 40))
        #expect(try program.run(bytes(UInt64(key)) + bytes(delay) + bytes(flags)) == 0)
    }

    private static func value(_ program: TestProgram, _ key: UInt32) throws -> [UInt64] {
        let value = try program.map("table").lookup(bytes(key))
        return [16, 24, 32].map { word(value, at: $0) }
    }

    @Test func `timers fire once, in order, at their time`() throws {
        let clock = Clock.virtual(nanoseconds: 1000)
        let program = try TestProgram(Self.start, maps: [Self.table], clock: clock)
        try Self.arm(program, 5, after: 300)
        try Self.arm(program, 6, after: 100)
        #expect(program.host.nextTimer == 1100)
        #expect(try program.host.fireTimers(until: 1099) == 0)
        #expect(try program.host.fireTimers(until: 1100) == 1)
        #expect(try Self.value(program, 6) == [1, 1100, 6])
        #expect(try program.host.fireTimers(until: 5000) == 1)
        #expect(try Self.value(program, 5) == [1, 1300, 5])
        #expect(clock.monotonic == 5000)
        #expect(try program.host.fireTimers(until: 10_000) == 0)
    }

    @Test func `an absolute time, a past one and a pinned CPU`() throws {
        let clock = Clock.virtual(nanoseconds: 1000)
        let program = try TestProgram(Self.start, maps: [Self.table], clock: clock)
        try Self.arm(program, 1, after: 4000, flags: 1)
        try Self.arm(program, 2, after: 10, flags: 3)
        #expect(try program.host.fireTimers(until: 1000) == 1)
        #expect(try Self.value(program, 2) == [1, 1000, 2])
        #expect(try program.host.fireTimers(until: 4000) == 1)
        #expect(try Self.value(program, 1) == [1, 4000, 1])
    }

    @Test func `a deleted element's timer does not fire`() throws {
        let program = try TestProgram(Self.start, maps: [Self.table])
        try Self.arm(program, 1, after: 10)
        try program.map("table").delete(bytes(UInt32(1)))
        #expect(try program.host.fireTimers(until: 100) == 0)
        try Self.arm(program, 1, after: 10)
        #expect(try program.host.fireTimers(until: 200) == 1)
    }

    static let errors: [(String, Int64)] = [
        // A clock that timers do not have.
        ("r1 = r6\nr2 = table ll\nr3 = 2\ncall bpf_timer_init\nexit", -22),
        // Without init.
        ("r1 = r6\nr2 = 1\nr3 = 0\ncall bpf_timer_start\nexit", -22),
        ("r1 = r6\nr2 = fired ll\ncall bpf_timer_set_callback\nexit", -22),
        ("r1 = r6\ncall bpf_timer_cancel\nexit", -22),
        // Twice.
        (
            "r1 = r6\nr2 = table ll\nr3 = 1\ncall bpf_timer_init\n"
                + "r1 = r6\nr2 = table ll\nr3 = 1\ncall bpf_timer_init\nexit", -16
        ),
        // Without a callback, and with unknown flags.
        (
            "r1 = r6\nr2 = table ll\nr3 = 1\ncall bpf_timer_init\n"
                + "r1 = r6\nr2 = 1\nr3 = 0\ncall bpf_timer_start\nexit", -22
        ),
        ("r1 = r6\nr2 = 1\nr3 = 4\ncall bpf_timer_start\nexit", -22),
        // Cancelled before it fired; then there is nothing to cancel.
        (
            "r1 = r6\nr2 = table ll\nr3 = 1\ncall bpf_timer_init\n"
                + "r1 = r6\nr2 = fired ll\ncall bpf_timer_set_callback\n"
                + "r1 = r6\nr2 = 5\nr3 = 0\ncall bpf_timer_start\n"
                + "r1 = r6\ncall bpf_timer_cancel\nr7 = r0\nr1 = r6\ncall bpf_timer_cancel\n"
                + "r7 *= 10\nr0 += r7\nexit", 10
        ),
    ]

    @Test(arguments: errors)
    func `timer helpers fail as the kernel's do`(text: String, result: Int64) throws {
        let program = try TestProgram(
            Self.lookUp + text + "\n" + Self.callback,
            maps: [Self.table]
        )
        try program.map("table").update(bytes(UInt32(1)), [UInt8](repeating: 0, count: 40))
        #expect(Int64(bitPattern: try program.run(bytes(UInt64(1)))) == result)
        #expect(try program.host.fireTimers(until: 1000) == 0)
    }

    @Test func `a callback may start its timer again, but not cancel it`() throws {
        let text =
            Self.start.replacing("r0 = 0\nexit", with: "")
                + """
                r1 = r6
                r2 = 10
                r3 = 0
                call bpf_timer_start
                r0 = 0
                exit
                """
        let program = try TestProgram(text, maps: [Self.table])
        try Self.arm(program, 1, after: 10)
        #expect(try program.host.fireTimers(until: 55) == 5)
        #expect(try Self.value(program, 1) == [5, 50, 1])

        let cancelling =
            Self.start.replacing("r0 = 0\nexit", with: "")
            + "r1 = r6\ncall bpf_timer_cancel\n*(u64 *)(r6 + 16) = r0\nr0 = 0\nexit"
        let other = try TestProgram(cancelling, maps: [Self.table])
        try Self.arm(other, 1, after: 10)
        #expect(try other.host.fireTimers(until: 55) == 1)
        #expect(try Self.value(other, 1).first == UInt64(bitPattern: -35))
    }

    @Test func `a callback's fault names its instruction`() throws {
        let text = Self.start.replacing("r6 = r3", with: "r6 = *(u64 *)(r3 + 36)")
        let program = try TestProgram(text, maps: [Self.table])
        try Self.arm(program, 1, after: 10)
        let error = try #require(throws: ExecutionError.self) {
            try program.host.fireTimers(until: 55)
        }
        #expect(error.instruction == "r6 = *(u64 *)(r3 + 36)")
    }

    @Test func `work runs when timers fire`() throws {
        let text = Self.start
            .replacing("call bpf_timer_init", with: "r3 = 0\ncall bpf_wq_init")
            .replacing("call bpf_timer_set_callback", with: "r3 = 0\ncall bpf_wq_set_callback_impl")
            .replacing("r2 = *(u64 *)(r8 + 8)", with: "r2 = 0")
            .replacing("call bpf_timer_start", with: "call bpf_wq_start")
        let program = try TestProgram(
            text,
            maps: [Self.table],
            kernelFunctions: ["bpf_wq_init", "bpf_wq_set_callback_impl", "bpf_wq_start"]
        )
        try Self.arm(program, 9, after: 0)
        #expect(try program.host.fireTimers(until: 0) == 1)
        #expect(try Self.value(program, 9) == [1, 0, 9])
    }
}
