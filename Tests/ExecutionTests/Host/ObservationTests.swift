import EBPFBytecode
import EBPFExecution
import EBPFObjectFile
import Synchronization
import Testing

/// A host that shows programs before each instruction.
@Suite struct ObservationTests {
    /// What was shown.
    private final class Seen: Sendable {
        private let steps = Mutex<[Observation]>([])
        func add(_ step: Observation) { steps.withLock { $0.append(step) } }
        var all: [Observation] { steps.withLock { $0 } }
    }

    private static func run(_ assembly: String) throws -> (returned: UInt64, steps: [Observation]) {
        let seen = Seen()
        let host = UserSpaceHost(.init(cpuCount: 1, seed: 1)) { seen.add($0) }
        let program = try host.load(bytecode: Assembler().assemble(assembly))
        let result = try program.run(memory: [5, 0, 0, 0, 0, 0, 0, 0])
        return (result.returned, seen.all)
    }

    @Test func `each instruction is shown with the registers before it`() throws {
        let (returned, steps) = try Self.run(
            """
            r0 = *(u64 *)(r1 + 0)
            r3 = 0x1234567890 ll
            r0 += 1
            if r0 > 5 goto +1
            r0 = 0
            call f
            exit
            f:
            r0 *= 2
            exit
            """)
        #expect(returned == 12)
        #expect(steps.map(\.slot) == [0, 1, 3, 4, 6, 8, 9, 7])
        #expect(steps.map { $0[.r0] }.dropFirst() == [5, 5, 6, 6, 6, 12, 12])
        #expect(steps.map(\.depth) == [0, 0, 0, 0, 0, 1, 1, 0])
        #expect(steps[2][.r3] == 0x12_3456_7890)
        #expect(steps[5][.r10] != steps[4][.r10])
        #expect(Set(steps.map(\.program)) == ["program"])
    }

    @Test func `callbacks and loops run as they do unobserved`() throws {
        let assembly = """
            r6 = 0
            r1 = 3
            r2 = f ll
            r3 = r10
            r4 = 0
            call 181
            r6 += r0
            r6 += 1
            if r6 < 9 goto -2
            r0 = r6
            exit
            f:
            r0 = 0
            exit
            """
        let unobserved = try UserSpaceHost(.init(cpuCount: 1)).load(
            bytecode: Assembler().assemble(assembly))
        let (returned, steps) = try Self.run(assembly)
        #expect(try returned == unobserved.run(memory: [0]).returned)
        #expect(steps.count(where: { $0.depth == 1 }) == 6)
    }

    @Test func `a fault names the slot that it has unobserved`() throws {
        let error = #expect(throws: ExecutionError.self) {
            _ = try Self.run("r0 = 0 \n r0 = 1 \n r0 = *(u64 *)(r1 + 8) \n exit")
        }
        #expect(error?.slot == 2)
    }
}
