import EBPFExecution
import EBPFTesting
import Testing

@testable import ExecCounterExample

/// The counter of started programs, told of some.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct ExecCounterExampleTests {
    private static let source = "Examples/ExecCounter/exec-counter.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.maps["starts"]?.count == 2)
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        let record = SysEnterExecve(
            common: 0, number: 59, filename: 0, arguments: 0, environment: 0)
        for user in [1000, 0, 1000] as [UInt32] {
            world.process.user = user
            world.run(countStart, record: record)
        }
        trace.add("starts", world.map(startsByUser))
        return trace
    }
}
