import EBPFExecution
import EBPFProgram
import EBPFTesting
import Testing

@testable import ExecSnoopExample

/// What tells of started programs, told of some.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct ExecSnoopExampleTests {
    private static let source = "Examples/ExecSnoop/exec-snoop.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.numbers["users"] == [1000, 7])
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        let record = SysEnterExecve(
            common: 0, number: 59, filename: 0, arguments: 0, environment: 0)
        world.map(greetings)[1000] = Greeting(message: FixedString())
        for user in [1000, 7] as [UInt32] {
            world.process.user = user
            world.run(reportStart, record: record)
        }
        let starts = world.events(starts)
        trace.numbers["users"] = starts.map { UInt64($0.user) }
        trace.numbers["parents"] = starts.map { UInt64($0.parent) }
        trace.numbers["processes"] = starts.map { UInt64($0.process) }
        return trace
    }
}
