import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFMaps
import EBPFTestSupport
import Testing

@testable import EBPFCompilation
@testable import EBPFObjectFile

/// Where one of Swift's checks fails in a closure that the kernel calls back, the program ends.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct ClosureTrapTests {
    private static let packet = [UInt8](repeating: 0, count: 64)

    /// Each program would return 7; `p.byteCount` is 64.
    private static let source = """

        struct Two { var first: UInt64; var second: UInt64 }
        let table = ArrayMap<UInt64>(maxEntries: 4)
        let pairs = HashMap<UInt32, Two>(maxEntries: 4)
        let events = RingBuffer<UInt64>(byteCount: 65536)
        let orders = UserRingBuffer<UInt64>(byteCount: 4096)
        @section("xdp") @used func nothingCaptured(_ p: XDPContext) -> Int32 {
            loop(20) { table.lookup(0)?.pointee = UInt64($0 - 1); return .next }
            return 7
        }
        @section("xdp") @used func number(_ p: XDPContext) -> Int32 {
            let n = UInt8(truncatingIfNeeded: p.byteCount)
            loop(20) { table.lookup(0)?.pointee = UInt64(n * UInt8($0)); return .next }
            return 7
        }
        @section("xdp") @used func variable(_ p: XDPContext) -> Int32 {
            var (sum, turns): (UInt8, Int) = (0, 0)
            let count = loop(200) { turn in
                if turn & 1 == 1 { turns += 1 }
                sum += 50
                return .next
            }
            return turns == 100 && count == 200 ? 7 : 8
        }
        @section("xdp") @used func entries(_ p: XDPContext) -> Int32 {
            pairs[3] = Two(first: 1, second: 2)
            var sum: UInt64 = 0
            pairs.forEach { _, key, value in
                sum += pairs.value(value).pointee.second / UInt64(pairs.key(key) - 3)
                return .next
            }
            return 7
        }
        @section("xdp") @used func nested(_ p: XDPContext) -> Int32 {
            var sum = 0
            loop(5) { outer in
                loop(5) { inner in
                    sum += Int(inner)
                    precondition(sum < 12)
                    return .next
                }
                sum -= Int(outer)
                return .next
            }
            return 7
        }
        @inline(never) func total(_ n: Int) -> Int {
            var sum = 0
            loop(10) { sum += 100 / (n - Int($0)); return .next }
            return sum
        }
        @section("xdp") @used func inFunction(_ p: XDPContext) -> Int32 {
            total(p.byteCount) == 10 && total(p.byteCount - 60) > 10 ? 7 : 8
        }
        @inline(never) func checked(_ n: UInt32) -> UInt64 { UInt64(10 - n) }
        @section("xdp") @used func functionInside(_ p: XDPContext) -> Int32 {
            loop(20) { table.lookup(0)?.pointee = checked($0); return .next }
            return 7
        }
        @section("xdp") @used func holding(_ p: XDPContext) -> Int32 {
            guard let record = events.reserve() else { return 9 }
            record.event = 0
            loop(20) { turn in
                guard let inner = events.reserve() else { return .stop }
                inner.event = UInt64(10 - turn)
                inner.submit()
                return .next
            }
            record.submit()
            return 7
        }
        @section("xdp") @used func either(_ p: XDPContext) -> Int32 {
            var sum: Int8 = 100
            if p.byteCount == 64 {
                loop(20) { _ in sum += 10; return .next }
            } else {
                loop(20) { _ in sum -= 10; return .next }
            }
            return 7
        }
        @section("xdp") @used func messages(_ p: XDPContext) -> Int32 {
            var sum: Int8 = 100
            orders.drain { message in
                sum += Int8(message.read(as: UInt64.self) ?? 0)
                return .next
            }
            return 7
        }
        @section("xdp") @used func working(_ p: XDPContext) -> Int32 {
            var sum: UInt32 = 0
            let count = loop(20) { sum += $0; return sum > 100 ? .stop : .next }
            return sum == 105 && count == 15 && total(p.byteCount) > 0 ? 7 : 8
        }

        """
    /// Programs, their verdicts, and what is counted, by lines.
    private static let rows: [(program: String, verdict: Int, check: String?)] = [
        ("nothingCaptured", 0, "arithmetic overflow, Program.swift:8"),
        ("number", 0, "arithmetic overflow, Program.swift:13"),
        ("variable", 0, "arithmetic overflow, Program.swift:20"),
        ("entries", 0, "division by zero, Program.swift:29"),
        ("nested", 0, "precondition failure, Program.swift:39"),
        ("inFunction", 0, "division by zero, Program.swift:49"),
        ("functionInside", 0, "arithmetic overflow, Program.swift:55"),
        ("holding", 0, "arithmetic overflow, Program.swift:65"),
        ("either", 0, "arithmetic overflow, Program.swift:75"),
        ("messages", 0, "arithmetic overflow, Program.swift:84"),
        ("working", 7, nil),
    ]
    private static let specs = Task { try await KernelSwift.compile(source) }

    private static let verifying = UserSpaceHost.Options(verification: .always)

    /// The checks that are counted when each program has run as often.
    private static func expected(_ times: Int) -> [String] {
        rows.compactMap { row in row.check.map { "\(times) × \($0)" } }.sorted()
    }

    @Test func `a check that fails in a closure ends the program`() async throws {
        let object = try UserSpaceHost(Self.verifying).load(await Self.specs.value)
        let orders = try #require(object.maps["orders"] as? EBPFMaps.UserRingBuffer)
        // What is held is given back: thousands would not fit.
        for _ in 0..<200 {
            try orders.send([100, 0, 0, 0, 0, 0, 0, 0])
            for row in Self.rows {
                let program = try #require(object.programs[row.program])
                #expect(Int(try program.run(packet: Self.packet).returned) == row.verdict, "\(row)")
            }
            _ = (object.maps["events"] as? EBPFMaps.RingBuffer)?.takeRecords()
        }
        #expect(try TrapTests.checks(object).sorted() == Self.expected(200))
    }

    @Test(.liveKernel) func `a check that fails in a closure ends the program in the kernel`()
        async throws
    {
        let object = try KernelHost().load(await Self.specs.value)
        let orders = try EBPFKernel.UserRingBuffer(try #require(object.maps["orders"]))
        for _ in 0..<10 {
            try orders.send([100, 0, 0, 0, 0, 0, 0, 0])
            for row in Self.rows {
                let program = try #require(object.programs[row.program])
                #expect(Int(try program.run(packet: Self.packet).returned) == row.verdict, "\(row)")
            }
        }
        #expect(try TrapTests.checks(object).sorted() == Self.expected(10))
    }

    @Test func `without checks that can fail, loops cost nothing more`() async throws {
        let specs = try await KernelSwift.compile(
            """

            @section("xdp") @used func f(_ p: XDPContext) -> Int32 {
                var sum: UInt32 = 0
                loop(20) { sum &+= $0; return .next }
                return Int32(truncatingIfNeeded: sum)
            }

            """)
        let code = try #require(specs.programs["f"]).instructions
        // Nothing is written to the header of what the closure has captured.
        #expect(!code.contains { $0.opcode == 0x7a })
        let program = try #require(try UserSpaceHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 190)
    }

    /// Such a function has no context when it is called directly: nothing may be kept of it.
    @Test(.liveKernel) func `a function that is called back and directly ends the loop`()
        async throws
    {
        let program = try await KernelSwift.program(
            """

            let table = ArrayMap<UInt64>(maxEntries: 4)
            @inline(never) func step(_ n: UInt32) -> LoopStep {
                table.lookup(0)?.pointee += UInt64(10 - n)
                return .next
            }
            @section("xdp") @used func f(_ p: XDPContext) -> Int32 {
                _ = step(UInt32(truncatingIfNeeded: p.byteCount) & 3)
                return Int32(loop(20, step))
            }

            """)
        #expect(
            program.diagnostics.map(\.message) == [
                "if a check fails here, only the loop ends: this function is called directly, too; "
                    + "leave out @inline(never), or call it from a closure: loop(n) { f($0) }"
            ])
        let object = try KernelHost().load(ObjectFile(program.bytes, name: "Program.swift").specs())
        #expect(try #require(object.programs["f"]).run(packet: Self.packet).returned == 12)
    }
}
