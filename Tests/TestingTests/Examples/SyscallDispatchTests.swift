import EBPFTestSupport
import EBPFTesting
import Testing

@testable import SyscallDispatchExample

/// The dispatcher of system calls, told of some.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct SyscallDispatchExampleTests {
    private static let source = "Examples/SyscallDispatch/syscall-dispatch.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.numbers["calls"] == [2, 1, 1])
    }

    @Test(.liveKernel) func `the native form leaves the same behind as the kernel`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.kernel(await KernelProgram.specs(Self.source)))))
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        world.map(calls).set(110, onGetParent)
        world.map(calls).set(257, onOpen)
        for call in [110, 257, 1, 110] as [UInt64] {
            world.run(dispatch, arguments: [0, call])
        }
        trace.numbers["calls"] = [
            world.value(of: parentsAsked), world.value(of: filesOpened), world.value(of: others),
        ]
        return trace
    }
}
