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

    private static func checks(_ object: UserSpaceObject) throws -> [String] {
        try checks(try object.maps[FailedCheck.section]?.lookup([0, 0, 0, 0]), object.specs)
    }

    private static func checks(_ object: KernelObject) throws -> [String] {
        try checks(try object.maps[FailedCheck.section]?.value(of: [0, 0, 0, 0]), object.specs)
    }

    @Test(arguments: failures)
    func `a check that fails ends the program with 0 and is counted`(
        _ statement: String, _ reason: String
    ) async throws {
        let object = try UserSpaceHost().load(
            await KernelSwift.compile(Self.source(statement)))
        let program = try #require(object.programs["f"])
        for _ in 0..<3 { #expect(try program.run(packet: Self.packet).returned == 0) }
        #expect(try Self.checks(object) == ["3 × \(reason), Program.swift:5"])
    }

    @Test(.liveKernel, arguments: failures)
    func `a check that fails ends the program with 0 and is counted in the kernel`(
        _ statement: String, _ reason: String
    ) async throws {
        let object = try KernelHost().load(await KernelSwift.compile(Self.source(statement)))
        let program = try #require(object.programs["f"])
        for _ in 0..<3 { #expect(try program.run(packet: Self.packet).returned == 0) }
        #expect(try Self.checks(object) == ["3 × \(reason), Program.swift:5"])
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

    /// A trap in a function that is called returns to where it was called, and one in a callback
    /// ends the loop.
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

        """
    private static let callChecks = [
        "1 × precondition failure, Program.swift:3", "1 × arithmetic overflow, Program.swift:10",
    ]

    @Test func `a check that fails in a function or a callback is counted`() async throws {
        let object = try UserSpaceHost().load(await KernelSwift.compile(Self.calls))
        let programs = try ["called", "looping"].map { try #require(object.programs[$0]) }
        let verdicts = try programs.map { Int(try $0.run(packet: Self.packet).returned) }
        #expect(verdicts == [5, 9])
        #expect(try Self.checks(object) == Self.callChecks)
    }

    @Test(.liveKernel)
    func `a check that fails in a function or a callback is counted in the kernel`() async throws {
        let object = try KernelHost().load(await KernelSwift.compile(Self.calls))
        let programs = try ["called", "looping"].map { try #require(object.programs[$0]) }
        let verdicts = try programs.map { Int(try $0.run(packet: Self.packet).returned) }
        #expect(verdicts == [5, 9])
        #expect(try Self.checks(object) == Self.callChecks)
    }

    private static let verdicts: [(section: String, verdict: Int32)] = [
        ("xdp", 0), ("tc", 0), ("cgroup/connect4", 0), ("cgroup/recvmsg4", 1),
        ("cgroup/recvmsg6", 1), ("cgroup/getpeername4", 1), ("cgroup/getsockname6", 1),
        ("cgroup/sendmsg4", 0), ("cgroup_skb/ingress", 0), ("sockops", 0),
    ]

    /// The kernel takes a program only if every verdict is one that its hook knows.
    @Test(.liveKernel, arguments: verdicts)
    func `the verdict of a failed check is one that the hook takes`(
        _ section: String, _ verdict: Int32
    ) async throws {
        let source = """

            @section("\(section)") @used func f(_ p: UnsafePointer<UInt32>) -> Int32 {
                precondition(p[0] != 77); return 1
            }

            """
        let specs = try await KernelSwift.compile(source)
        let code = try #require(specs.programs["f"]).instructions
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
        #expect(throws: LoadFailure.self) { try KernelHost().load(unproved) }
    }
}
