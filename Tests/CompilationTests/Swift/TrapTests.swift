import EBPFExecution
import EBPFKernel
import EBPFObjectFile
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

    static let failures = [
        "let x = UInt8(truncatingIfNeeded: n) * 4",
        "let x = Int64(n) * (Int64.max / 32)",
        "let x = Int32(truncatingIfNeeded: n) - Int32.min",
        "let x = UInt64(n) + (UInt64.max - 10)",
        "let x = 10 / (n - 64)",
        "let x = Int8(n * 2)",
        "let x = (n > 70 ? n : nil as Int?)!",
        "let a: InlineArray<4, Int> = [1, 2, 3, 4]; let x = a[n]",
        "precondition(n < 10); let x = n",
        "if n == 64 { fatalError() }; let x = n",
    ]

    @Test(arguments: failures) func `a check that fails ends the program with 0`(
        _ statement: String
    ) async throws {
        let specs = try await KernelSwift.compile(Self.source(statement))
        let program = try #require(try UserSpaceHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 0)
    }

    @Test(.liveKernel, arguments: failures)
    func `a check that fails ends the program with 0 in the kernel`(
        _ statement: String
    ) async throws {
        let specs = try await KernelSwift.compile(Self.source(statement))
        let program = try #require(try KernelHost().load(specs).programs["f"])
        #expect(try program.run(packet: Self.packet).returned == 0)
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
        let specs = try await KernelSwift.compile(Self.source(Self.failures[7])) {
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
        let unproved = try await KernelSwift.compile(Self.source(Self.failures[8])) {
            $0.traps = .keep
        }
        #expect(throws: LoadFailure.self) { try KernelHost().load(unproved) }
    }
}
