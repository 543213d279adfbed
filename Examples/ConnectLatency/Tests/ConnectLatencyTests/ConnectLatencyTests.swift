import EBPF
import Testing

/// What the tracepoint `sock:inet_sock_set_state` records of a TCP socket.
private struct Change {
    var common: UInt64 = 0
    var socket: UInt64
    var old: Int32
    var new: Int32
    var ports: UInt32 = 0
    var family: UInt16 = 2
    var `protocol`: UInt16 = 6
    var addresses = InlineArray<5, UInt64>(repeating: 0)
}

@Test func `connections are counted by the time they take`() throws {
    let (established, synSent, closed): (Int32, Int32, Int32) = (1, 2, 7)
    let host = UserSpaceHost(UserSpaceHost.Options(clock: .virtual()))
    let latency = try ConnectLatency.load(on: .userSpace(host))
    var time: UInt64 = 1_000_000
    for (microseconds, end) in [
        (5, established), (7, established), (300, established), (9, closed),
    ] {
        time += 1_000_000
        host.options.clock.set(nanoseconds: time)
        _ = try latency.onStateChange.run(context: Change(socket: time, old: closed, new: synSent))
        host.options.clock.set(nanoseconds: time + UInt64(microseconds) * 1000)
        _ = try latency.onStateChange.run(context: Change(socket: time, old: synSent, new: end))
    }
    #expect(try latency.histogram[2] == 2)
    #expect(try latency.histogram[8] == 1)
    #expect(try latency.failed.value == 1)
}
