import EBPFBytecode
import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import MapOperations

/// Each kind of map with its operations gives the same natively, in the machine and in the kernel.
@Suite struct MapOperationTests {
    private static let source = "Tests/KernelPrograms/MapOperations/MapOperations.swift"

    /// A program, what a test puts into maps before it runs, and what it must note.
    struct Operation: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let program: @Sendable (XDPContext) -> XDPAction
        let noted: [UInt64]
        var before: @Sendable (TestWorld) -> Void = { _ in }
        var verdict: XDPAction { testDescription == "send" ? .redirect : .pass }
    }

    static let operations = [
        Operation(
            testDescription: "useHash", program: useHash,
            noted: [1, 0, 0, 10, 15, 4, 1, 0, 0, 999, 133]),
        Operation(testDescription: "useRecent", program: useRecent, noted: [2, 999, 1]),
        Operation(testDescription: "useArray", program: useArray, noted: [8, 0, 999, 0, 1]),
        Operation(testDescription: "usePerProcessor", program: usePerProcessor, noted: [3, 3, 1]),
        Operation(testDescription: "useNetworks", program: useNetworks, noted: [24, 8, 999, 1, 8]),
        Operation(
            testDescription: "useQueues", program: useQueues,
            noted: [1, 1, 0, 1, 2, 2, 6, 5, 5, 999]),
        Operation(testDescription: "useFilter", program: useFilter, noted: [0, 1, 1]),
        Operation(testDescription: "sendEvents", program: sendEvents, noted: [1, 1]),
        Operation(
            testDescription: "visit", program: visit, noted: [320, 2, 55, 11],
            before: { world in
                world.map(numbers)[2] = 10
                world.map(numbers)[3] = 100
            }),
        Operation(
            testDescription: "send", program: send, noted: [1, 2],
            before: { $0.map(interfaces)[1] = 1 }),
    ]

    @Test(arguments: Form.all, operations)
    func `a kind of map works`(_ form: Form, _ operation: Operation) async throws {
        Self.check(try await form.world(Self.source), operation)
    }

    @Test(
        .liveKernel, .enabled("a Swift toolchain is here") { KernelProgram.isCompilable },
        arguments: operations)
    func `a kind of map works in the kernel`(_ operation: Operation) async throws {
        Self.check(.kernel(try await KernelProgram.specs(Self.source)), operation)
    }

    private static func check(_ form: TestWorld.Form, _ operation: Operation) {
        var world = TestWorld(form)
        operation.before(world)
        // Functions in a table are not found by their names.
        let verdict = world.run(
            operation.program, packet: .tcpSYN(port: 80), named: operation.testDescription)
        #expect(verdict == operation.verdict)
        let noted = world.map(results).entries.map(\.value).prefix(operation.noted.count)
        #expect(Array(noted) == operation.noted)
    }

    // MARK: What tests see of maps

    @Test(arguments: Form.all)
    func `events come out in order, and those that were discarded do not`(_ form: Form)
        async throws
    {
        var world = TestWorld(try await form.world(Self.source))
        world.run(sendEvents, packet: .tcpSYN(port: 80))
        #expect(world.events(events).map(\.first) == [1, 3])
        #expect(world.events(events).isEmpty)
        #expect(world.events(reports).map(\.second) == [7])
    }

    @Test(arguments: Form.all)
    func `each processor has its value`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source), processors: 3)
        for processor in [0, 2, 2] {
            world.processor = processor
            world.run(usePerProcessor, packet: .tcpSYN(port: 80))
        }
        #expect(world.map(perProcessor)[0] == [3, 0, 6])
        #expect(world.map(perProcessor).sum(0) == 9)
        #expect(world.map(perProcessorHash)[4] == [2, 0, 4])
        #expect(world.map(perProcessorHash)[5] == nil)
        world.map(perProcessor)[1] = [7, 8, 9]
        #expect(world.map(perProcessor).sum(1) == 24)
    }

    @Test(arguments: Form.all)
    func `queues are filled and emptied by tests`(_ form: Form) async throws {
        let world = TestWorld(try await form.world(Self.source))
        world.map(queue).push(1)
        world.map(queue).push(2)
        world.map(stack).push(1)
        world.map(stack).push(2)
        #expect(world.map(queue).takeAll() == [1, 2])
        #expect(world.map(stack).takeAll() == [2, 1])
    }

    @Test(arguments: Form.all)
    func `helper calls are counted`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        world.run(useNetworks, packet: .tcpSYN(port: 80))
        #expect(world.calls(of: .mapDeleteElem) == 1)
        #expect(world.calls(of: .mapUpdateElem) == 2)
        // Four prefixes are looked for, and five results noted.
        #expect(world.calls(of: .mapLookupElem) == 9)
    }
}
