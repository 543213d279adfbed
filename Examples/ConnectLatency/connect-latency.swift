// Measures how long TCP connections take to be made: a histogram by powers of two (tracepoint).
import EBPFProgram

/// Only connections of this process, if set before loading; 0 watches all.
let process = Config<UInt32>(0)

/// What the tracepoint records (`ebpf generate tracepoint sock:inet_sock_set_state`).
struct StateChange {
    var common: UInt64
    var socket: UInt64
    var old: Int32
    var new: Int32
    var ports: UInt32
    var family: UInt16
    var `protocol`: UInt16
}

/// The states of a TCP socket that matter here (`net/tcp_states.h`).
enum State {
    static var established: Int32 { 1 }
    static var synSent: Int32 { 2 }
}

/// When each connection that is not made yet was begun, by its socket.
let begun = LRUHashMap<UInt64, UInt64>(maxEntries: 16384)

/// How many connections took from 2ⁿ to 2ⁿ⁺¹ microseconds, by n; those below 1 µs count as 1.
let histogram = ArrayMap<UInt64>(maxEntries: 32)

/// Connections that were refused, or given up.
let failed = Global<UInt64>(0)

@section("tracepoint/sock/inet_sock_set_state") @used
func onStateChange(_ context: TracepointContext<StateChange>) -> Int32 {
    let change = context.fields
    guard change.protocol == UInt16(IPProtocol.tcp.value) else { return 0 }
    if change.new == State.synSent {
        guard process.value == 0 || Process.id == process.value else { return 0 }
        begun.update(change.socket, KernelTime.now)
    } else if change.old == State.synSent {
        end(change.socket, isMade: change.new == State.established)
    }
    return 0
}

/// A connection has been made, or will never be.
func end(_ socket: UInt64, isMade: Bool) {
    guard let start = begun[socket] else { return }
    begun.remove(socket)
    guard isMade else { return failed.atomicAdd(1) }
    let microseconds = (KernelTime.now &- start) / 1000 | 1
    let place = UInt32(truncatingIfNeeded: 63 &- microseconds.leadingZeroBitCount)
    histogram.lookup(place < 31 ? place : 31)?.atomicAdd(1)
}
