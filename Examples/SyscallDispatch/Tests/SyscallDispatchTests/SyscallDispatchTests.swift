import EBPF
import Testing

@Test func `calls go to the program at their number`() throws {
    let calls = try SyscallDispatch.load(on: .userSpace)
    try calls.calls.update(110, calls.onGetParent)
    try calls.calls.update(257, calls.onOpen)
    for number: UInt64 in [110, 257, 257, 1] {
        _ = try calls.dispatch.run(context: (UInt64(0), number))
    }
    #expect(try calls.parentsAsked.value == 1)
    #expect(try calls.filesOpened.value == 2)
    #expect(try calls.others.value == 1)
}
