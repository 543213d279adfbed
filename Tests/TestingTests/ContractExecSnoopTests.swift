import EBPFExecution
import EBPFProgram
import EBPFTesting
import Testing

@testable import ContractExecSnoop

/// The exec snoop of the contract: the kernel runs no tracepoints without an event, so that it has
/// two forms.
@Suite struct ContractExecSnoopTests {
    private static let source = "Tests/KernelPrograms/ContractExecSnoop/ContractExecSnoop.swift"

    @Test(arguments: Form.all)
    func `it tells of a program that starts`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        world.process = ProcessIdentity(process: 77, command: "make")
        let file = world.userString("/usr/bin/cc")
        let record = SysEnterExecve(
            common: 0, number: 59, filename: file, arguments: 0, environment: 0)
        #expect(world.run(onExecve, record: record) == 0)
        let told = world.events(events)
        #expect(told.map(\.pid) == [77])
        #expect(told.map { "\($0.command)" } == ["make"])
        #expect(told.map { "\($0.file)" } == ["/usr/bin/cc"])
        #expect(world.value(of: dropped) == 0)
    }

    @Test(arguments: Form.all)
    func `it tells only of children if it is asked to`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        world.set(onlyChildrenOf, to: 4711)
        let record = SysEnterExecve(
            common: 0, number: 59, filename: 0, arguments: 0, environment: 0)
        world.run(onExecve, record: record)
        #expect(world.events(events).isEmpty)
    }
}
