import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFMaps
@testable import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFCompilation

/// Where Swift's checks fail, the program ends, goes on, or must be proved right.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct TrapTests {
    private static let packet = [UInt8](repeating: 0, count: 64)

    /// A program that would return 7 after a statement; `n` is 64.
    private static func source(_ statement: String) -> String {
        """

        let table = ArrayMap<UInt64>(maxEntries: 1)
        @section("xdp") @used func f(_ p: XDPContext) -> Int32 {
            let n = p.byteCount
            \(statement)
            table.lookup(0)?.pointee = UInt64(truncatingIfNeeded: x)
            return 7
        }

        """
    }

    /// A statement whose check fails, and what the compiler says about it.
    static let failures = [
        ("let x = UInt8(truncatingIfNeeded: n) * 4", "arithmetic overflow"),
        ("let x = Int64(n) * (Int64.max / 32)", "arithmetic overflow"),
        ("let x = Int32(truncatingIfNeeded: n) - Int32.min", "arithmetic overflow"),
        ("let x = UInt64(n) + (UInt64.max - 10)", "arithmetic overflow"),
        ("let x = 10 / (n - 64)", "division by zero"),
        ("let x = Int8(n * 2)", "not enough bits to represent the passed value"),
        (
            "let x = (n > 70 ? n : nil as Int?)!",
            "unexpectedly found nil while unwrapping an Optional value"
        ),
        ("let a: InlineArray<4, Int> = [1, 2, 3, 4]; let x = a[n]", "index out of bounds"),
        ("precondition(n < 10); let x = n", "precondition failure"),
        ("if n == 64 { fatalError() }; let x = n", "fatal error"),
    ]

    /// The failed checks of an object whose counters hold these bytes.
    private static func checks(_ bytes: [UInt8]?, _ specs: ObjectSpecs) throws -> [String] {
        try FailedCheck.counts(try #require(bytes), try #require(specs.types))
            .filter { $0.count > 0 }.map { "\($0)" }
    }

    static func checks(_ object: UserSpaceObject) throws -> [String] {
        try checks(try object.maps[FailedCheck.section]?.lookup([0, 0, 0, 0]), object.specs)
    }

    static func checks(_ object: KernelObject) throws -> [String] {
        try checks(try object.maps[FailedCheck.section]?.value(of: [0, 0, 0, 0]), object.specs)
    }

    /// All of them in one source, each in a program of six lines.
    private static let failing = Task {
        let programs = failures.enumerated().map { number, failure in
            """
            @section("xdp") @used func f\(number)(_ p: XDPContext) -> Int32 {
                let n = p.byteCount
                \(failure.0)
                table.lookup(0)?.pointee = UInt64(truncatingIfNeeded: x)
                return 7
            }

            """
        }
        return try await KernelSwift.compile(
            "\nlet table = ArrayMap<UInt64>(maxEntries: 1)\n" + programs.joined())
    }

    /// The object with one of the programs, and what is to be counted when it runs three times.
    private static func failing(_ number: Int) async throws -> (ObjectSpecs, String) {
        var specs = try await failing.value
        specs.programs = specs.programs.filter { $0.key == "f\(number)" }
        return (specs, "3 × \(failures[number].1), Program.swift:\(5 + 6 * number)")
    }

    @Test(arguments: failures.indices)
    func `a check that fails ends the program with 0 and is counted`(_ number: Int) async throws {
        let (specs, expected) = try await Self.failing(number)
        let object = try UserSpaceHost().load(specs)
        let program = try #require(object.programs["f\(number)"])
        for _ in 0..<3 { #expect(try program.run(packet: Self.packet).returned == 0) }
        #expect(try Self.checks(object) == [expected])
    }

    @Test(.liveKernel, arguments: failures.indices)
    func `a check that fails ends the program with 0 and is counted in the kernel`(
        _ number: Int
    ) async throws {
        let (specs, expected) = try await Self.failing(number)
        let object = try KernelHost().load(specs)
        let program = try #require(object.programs["f\(number)"])
        for _ in 0..<3 { #expect(try program.run(packet: Self.packet).returned == 0) }
        #expect(try Self.checks(object) == [expected])
    }

    @Test(arguments: [SwiftCompilerOptions.Traps.exit, .count])
    func `what does not fail goes on, whatever becomes of failed checks`(
        _ traps: SwiftCompilerOptions.Traps
    ) async throws {
        let statement = "let x = UInt8(truncatingIfNeeded: n) * 3"
        let specs = try await KernelSwift.compile(Self.source(statement)) { $0.traps = traps }
        #expect((specs.maps[FailedCheck.section] != nil) == (traps == .count))
        let program = try #require(try UserSpaceHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 7)
    }

    @Test func `without counting, a check that fails ends the program, too`() async throws {
        let specs = try await KernelSwift.compile(Self.source(Self.failures[0].0)) {
            $0.traps = .exit
        }
        let program = try #require(try UserSpaceHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 0)
    }

    /// A check that fails in a function that is called, or in a closure of a loop, ends the program.
    private static let calls = """

        let turns = Global<UInt64>(0)
        @inline(never) func half(_ n: Int) -> Int { precondition(n < 10); return n / 2 }
        @section("xdp") @used func called(_ p: XDPContext) -> Int32 {
            Int32(truncatingIfNeeded: half(p.byteCount)) &+ 5
        }
        @section("xdp") @used func looping(_ p: XDPContext) -> Int32 {
            let n = UInt8(truncatingIfNeeded: p.byteCount)
            loop(20) { turn in
                turns.value &+= UInt64(n + 64 * UInt8(truncatingIfNeeded: turn))
                return .next
            }
            return 9
        }
        let events = RingBuffer<UInt64>(byteCount: 65536)
        let table = ArrayMap<UInt64>(maxEntries: 4)
        @inline(never) func quarter(_ n: Int) -> UInt32 { UInt32(half(n) &+ half(n)) }
        @section("xdp") @used func holding(_ p: XDPContext) -> Int32 {
            guard let record = events.reserve() else { return 1 }
            record.event = UInt64(quarter(p.byteCount))
            record.submit()
            return 2
        }
        @inline(never) func count(_ n: Int) { table.lookup(UInt32(n - 66))?.pointee += 1 }
        @inline(never) func entry(_ n: Int) -> UnsafeMutablePointer<UInt64>? { table.lookup(UInt32(n - 66)) }
        @section("xdp") @used func nothing(_ p: XDPContext) -> Int32 { count(p.byteCount); return 3 }
        @section("xdp") @used func pointer(_ p: XDPContext) -> Int32 {
            entry(p.byteCount)?.pointee = 3
            return 4
        }
        @section("xdp") @used func working(_ p: XDPContext) -> Int32 {
            count(p.byteCount &+ 2)
            entry(p.byteCount &+ 3)?.pointee = 3
            return Int32(truncatingIfNeeded: quarter(p.byteCount &- 60)) &+ 5
        }

        """
    private static let callVerdicts = [
        ("called", 0), ("looping", 0), ("holding", 0), ("nothing", 0), ("pointer", 0),
        ("working", 9),
    ]
    private static let callChecks = [
        "2 × precondition failure, Program.swift:3", "1 × arithmetic overflow, Program.swift:10",
        "1 × negative value is not representable, Program.swift:24",
        "1 × negative value is not representable, Program.swift:25",
    ]

    @Test func `a check that fails in a function or a closure ends the program`() async throws {
        let object = try UserSpaceHost().load(await KernelSwift.compile(Self.calls))
        for (name, verdict) in Self.callVerdicts {
            let program = try #require(object.programs[name])
            #expect(Int(try program.run(packet: Self.packet).returned) == verdict, "\(name)")
        }
        #expect(try Self.checks(object).sorted() == Self.callChecks.sorted())
    }

    @Test(.liveKernel)
    func `a check that fails in a function ends the program in the kernel, too`() async throws {
        let object = try KernelHost().load(await KernelSwift.compile(Self.calls))
        for (name, verdict) in Self.callVerdicts {
            let program = try #require(object.programs[name])
            #expect(Int(try program.run(packet: Self.packet).returned) == verdict, "\(name)")
        }
        #expect(try Self.checks(object).sorted() == Self.callChecks.sorted())
    }

    /// The kernel takes no program that ends while it holds a record, a lock or a socket.
    private static let holding = """

        struct Event { var length: UInt64; var share: UInt64 }
        struct Flow { var lock: SpinLock; var unused: UInt32; var packets: UInt8 }
        let events = RingBuffer<Event>(byteCount: 65536)
        let flows = ArrayMap<Flow>(maxEntries: 4)
        @section("xdp") @used func reserved(_ p: XDPContext) -> Int32 {
            guard let record = events.reserve() else { return 1 }
            let n = p.byteCount
            record.event.length = UInt64(n)
            record.event.share = UInt64(100 / (n - 64))
            record.submit()
            return 2
        }
        @section("xdp") @used func twice(_ p: XDPContext) -> Int32 {
            guard let first = events.reserve() else { return 1 }
            first.event.length = UInt64(p.byteCount)
            guard let second = events.reserve() else { return 1 }
            second.event.share = UInt64(100 / (p.byteCount - 64))
            second.submit()
            first.submit()
            return 2
        }
        @section("xdp") @used func locked(_ p: XDPContext) -> Int32 {
            let n = UInt8(truncatingIfNeeded: p.byteCount) &+ 190
            guard let flow = flows.lookup(1) else { return 1 }
            flow.pointee.lock.withLock { flow.pointee.packets += n }
            return 2
        }

        """
    /// Each program runs 300 times; records that are given back keep their room until a reader
    /// passes over them.
    private static let heldChecks = [
        "300 × division by zero, Program.swift:10", "300 × division by zero, Program.swift:18",
        "299 × arithmetic overflow, Program.swift:26",
    ]

    @Test func `what is held where a check fails is given back`() async throws {
        let compiled = try await KernelSwift.program(Self.holding)
        #expect(compiled.diagnostics.isEmpty, "\(compiled.output)")
        let object = try UserSpaceHost().load(
            try ObjectFile(compiled.bytes, name: "Program.swift").specs())
        for name in ["reserved", "twice", "locked"] {
            let program = try #require(object.programs[name])
            for _ in 0..<300 { _ = try program.run(packet: Self.packet) }
        }
        let failed = try Self.checks(object)
        #expect(failed == Self.heldChecks)
    }

    @Test(.liveKernel) func `what is held where a check fails is given back in the kernel`()
        async throws
    {
        let object = try KernelHost().load(await KernelSwift.compile(Self.holding))
        for name in ["reserved", "twice", "locked"] {
            let program = try #require(object.programs[name])
            for _ in 0..<300 { _ = try program.run(packet: Self.packet) }
        }
        let failed = try Self.checks(object)
        #expect(failed == Self.heldChecks)
    }

    private static let verdicts: [(section: String, verdict: Int32)] = [
        ("xdp", 0), ("tc", 0), ("cgroup/connect4", 0), ("cgroup/recvmsg4", 1),
        ("cgroup/recvmsg6", 1), ("cgroup/getpeername4", 1), ("cgroup/getsockname6", 1),
        ("cgroup/sendmsg4", 0), ("cgroup_skb/ingress", 0), ("sockops", 0),
    ]

    private static let judging = Task {
        let programs = verdicts.enumerated().map { number, row in
            """
            @section("\(row.section)") @used func f\(number)(_ p: UnsafePointer<UInt32>) -> Int32 {
                precondition(p[0] != 77); return 1
            }

            """
        }
        return try await KernelSwift.compile("\n" + programs.joined())
    }

    /// The kernel takes a program only if every verdict is one that its hook knows.
    @Test(.liveKernel, arguments: verdicts.indices)
    func `the verdict of a failed check is one that the hook takes`(_ number: Int) async throws {
        var specs = try await Self.judging.value
        specs.programs = specs.programs.filter { $0.key == "f\(number)" }
        let code = try #require(specs.programs["f\(number)"]).instructions
        let verdict = Self.verdicts[number].verdict
        #expect(code.suffix(2).first == EncodedInstruction(opcode: 0xb7, immediate: verdict))
        _ = try KernelHost().load(specs)
    }

    @Test func `an object without notes names the lines`() throws {
        let checks = ["line_26_index_out_of_bounds", "mine"].map {
            "\(FailedCheck(variableName: $0))"
        }
        #expect(checks == ["index out of bounds, line 26", "mine"])
        let note = FailedCheck(note: "/a: b/Fire.swift:26: division by zero")
        #expect(note == FailedCheck(reason: "division by zero", file: "/a: b/Fire.swift", line: 26))
        #expect(FailedCheck(note: "something else") == nil)
    }

    @Test func `arithmetic wraps around where the compiler is told so`() async throws {
        let statement = """
            let a = UInt8(truncatingIfNeeded: n) * 5
                let b = Int8(truncatingIfNeeded: n) + 64
                guard a == 64, b == Int8.min else { return 3 }
                let x = n
            """
        let specs = try await KernelSwift.compile(Self.source(statement)) {
            $0.ignoresOverflow = true
        }
        let program = try #require(try UserSpaceHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 7)
    }

    @Test func `an index out of bounds ends the program even where arithmetic wraps`() async throws
    {
        let specs = try await KernelSwift.compile(Self.source(Self.failures[7].0)) {
            $0.ignoresOverflow = true
        }
        let program = try #require(try UserSpaceHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 0)
    }

    /// The verifier knows `__bpf_trap` since Linux 6.17 and refuses what may reach it.
    @Test(.liveKernel) func `kept checks must be proved by the verifier`() async throws {
        let proved = try await KernelSwift.compile(
            Self.source("let x = (n & 3) + 4")
        ) { $0.traps = .keep }
        let program = try #require(try KernelHost().load(proved).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 7)
        let unproved = try await KernelSwift.compile(Self.source(Self.failures[8].0)) {
            $0.traps = .keep
        }
        let refusal = #expect(throws: LoadFailure.self) { try KernelHost().load(unproved) }
        let text = "\(try #require(refusal))"
        #expect(text.contains("Program.swift:5:"), "\(text)")
        #expect(text.contains("it is not proved that this check of Swift's holds"), "\(text)")
        #expect(text.contains("count failed checks when they happen, with --traps count"))
    }
}
