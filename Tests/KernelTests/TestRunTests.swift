import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct TestRunTests {
    private static let packet = [UInt8](repeating: 7, count: 64)

    @Test func `an XDP program runs on a packet and changes it`() throws {
        let program = try LiveKernel.program(
            .xdp,
            """
            r2 = *(u32 *)(r1 + 0)
            r3 = *(u32 *)(r1 + 4)
            r4 = r2
            r4 += 14
            if r4 > r3 goto +1
            *(u8 *)(r2 + 0) = 0x55
            r0 = 3
            exit
            """)
        let result = try program.run(packet: Self.packet)
        #expect(result.returned == 3)
        #expect(result.packet == [0x55] + Self.packet.dropFirst())
    }

    @Test func `repetitions are timed`() throws {
        let program = try LiveKernel.program(.schedulerClassifier, "r0 = 0\nexit")
        let result = try program.run(packet: Self.packet, repetitions: 1000)
        #expect(result.returned == 0)
        #expect(result.packet == Self.packet)
    }

    @Test func `a context goes in and comes out`() throws {
        // skb->mark (8 bytes in) grows by one.
        let program = try LiveKernel.program(
            .schedulerClassifier,
            "r2 = *(u32 *)(r1 + 8)\nr2 += 1\n*(u32 *)(r1 + 8) = r2\nr0 = r2\nexit")
        var context = [UInt8](repeating: 0, count: 192)
        context[8] = 41
        let result = try program.run(packet: Self.packet, context: context)
        #expect(result.returned == 42)
        #expect(result.context[8] == 42)
    }

    @Test func `a system call's program writes into its context`() throws {
        let instructions = try Assembler().assemble(
            "r2 = *(u64 *)(r1 + 0)\nr2 += 1\n*(u64 *)(r1 + 0) = r2\nr0 = 5\nexit")
        var spec = ProgramSpec(name: "test", type: .syscall, instructions: instructions)
        spec.flags = .sleepable
        let object = try KernelHost().load(ObjectSpecs(programs: ["test": spec], license: "GPL"))
        let program = try #require(object.programs["test"])
        let result = try program.run(context: [9, 0, 0, 0, 0, 0, 0, 0])
        #expect(result.returned == 5)
        #expect(result.context == [10, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func `a raw tracepoint runs with arguments on a chosen processor`() throws {
        let program = try LiveKernel.program(
            .rawTracepoint, "r0 = *(u64 *)(r1 + 8)\nexit")
        let arguments: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 77, 0, 0, 0, 0, 0, 0, 0]
        #expect(try program.run(context: arguments).returned == 77)
        #expect(try program.run(context: arguments, cpu: 0).returned == 77)
    }

    @Test(arguments: [
        (
            ProgramType.kprobe, TestRun(packet: [UInt8](repeating: 0, count: 64)),
            "running program test without attaching it: ENOTSUPP: the kernel runs no kprobe programs"
        ),
        (.xdp, TestRun(packet: [1, 2, 3]), "a packet has at least 14 bytes"),
        (.xdp, TestRun(), "xdp programs run on a packet; give one"),
        (
            .schedulerClassifier,
            TestRun(packet: [UInt8](repeating: 0, count: 64), flags: .liveFrames),
            "only xdp programs run on live frames"
        ),
        (
            .rawTracepoint, TestRun(packet: [UInt8](repeating: 0, count: 64)),
            "raw_tracepoint programs run on a context, not on a packet"
        ),
    ])
    func `what cannot be run is explained`(
        _ type: ProgramType, _ test: TestRun, _ message: String
    ) throws {
        let program = try LiveKernel.program(type, "r0 = 0\nexit")
        let error = #expect(throws: KernelError.self) { _ = try program.run(test) }
        #expect(error.map { "\($0)" }?.contains(message) == true, "\(error as Any)")
    }
}
