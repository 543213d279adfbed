import EBPF
import ExecSnoopProgram
import Testing

@Test func `a start is told`() throws {
    let snoop = try ExecSnoop.load(on: .userSpace)
    _ = try snoop.reportStart.run(context: [UInt8](repeating: 0, count: 64))
    var starts: [StartEvent] = []
    try snoop.starts.withEvents { starts.append($0) }
    #expect(starts.count == 1)
    #expect(try snoop.lost.value == 0)
}
