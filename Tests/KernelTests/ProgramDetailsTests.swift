import EBPFBytecode
@testable import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct ProgramDetailsTests {
    @Test func `a loaded program is found among all, by number, name and tag`() throws {
        let program = try LiveKernel.program(.socketFilter, "r0 = 4711\nexit")
        let tag = try program.tag()
        #expect(try SystemCalls.linux.objectIDs(.program).contains(program.id))
        #expect(try KernelProgram.all().contains { $0.id == program.id })
        #expect(try KernelProgram.all(named: "test").contains { $0.id == program.id })
        #expect(try KernelProgram.all(tagged: tag).contains { $0.id == program.id })
        #expect(try KernelProgram.all(named: "no such program").isEmpty)
        #expect(ProgramTag(tag.description) == tag)
    }

    @Test func `a program is what it was loaded as`() throws {
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        let details = try program.details()
        #expect(details.type == .xdp)
        #expect(details.isGPLCompatible)
        #expect(details.maps.isEmpty)
        #expect(details.translatedSize == 16)
        #expect(details.verifiedInstructions == 2)
        #expect(details.user == 0)
        let age = Clocks.wall - details.loadedAt
        #expect(age > 0 && age < 600_000_000_000)
        let code = try program.code()
        #expect(code.instructions.map(\.opcode) == [0xb7, 0x95])
        #expect(code.machineCode.count == details.machineCodeSize)
        #expect(code.functions.count == 1)
        #expect(code.functions.first?.machineCode == 0..<details.machineCodeSize)
    }

    @Test func `the tag is the one that the kernel prints elsewhere`() throws {
        let program = try LiveKernel.program(.socketFilter, "r0 = 1\nr0 += 1\nexit")
        let text = try SystemCalls.linux.text(of: "/proc/self/fdinfo/\(program.number)")
        #expect(text.contains("prog_tag:\t\(try program.tag())"))
    }

    @Test func `runs are counted while someone asks`() throws {
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        let statistics = try RunStatistics()
        _ = try program.run(packet: [UInt8](repeating: 0, count: 64), repetitions: 10)
        // Test runs are timed by themselves and do not count; the call must simply work.
        #expect(try program.runCounts().recursionMisses == 0)
        _ = consume statistics
    }

    @Test func `an old kernel says how to count`() {
        let old = SystemCalls { _, _ in -22 }
        #expect(throws: KernelError.self) { _ = try RunStatistics(system: old) }
        do { _ = try RunStatistics(system: old) } catch {
            #expect(
                "\(error)"
                    == "letting the kernel count the runs of programs: EINVAL: kernels before Linux "
                    + "5.8 cannot do it for one process; sysctl kernel.bpf_stats_enabled=1 does it "
                    + "for the whole system")
        }
    }

    @Test func `objects that vanish between listing and opening are left out`() throws {
        let calls = SystemCalls { call, arguments in
            guard call == .bpf, let command = BPFCommand(rawValue: arguments.a) else { return 0 }
            return command == .programByID ? -2 : FakeIDs.next(arguments, upTo: 3)
        }
        #expect(try calls.objectIDs(.program) == [1, 2, 3])
        #expect(try KernelProgram.all(system: calls).isEmpty)
    }
}

/// Answers `BPF_PROG_GET_NEXT_ID` as a kernel with so many programs would.
private enum FakeIDs {
    static func next(_ arguments: SystemCallArguments, upTo last: UInt32) -> Int {
        guard let place = unsafe UnsafeMutablePointer<ObjectIDAttributes>(bitPattern: arguments.b)
        else { return -14 }
        guard unsafe place.pointee.id < last else { return -2 }
        unsafe place.pointee.nextID = place.pointee.id + 1
        return 0
    }
}
