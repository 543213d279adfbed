// One program at the entry of all system calls jumps to another for those that matter (raw
// tracepoint, program array). The application puts the programs into `calls`, at the numbers of
// their system calls: 110 (getppid) and 257 (openat) on x86-64.
import EBPFProgram

/// Only this process, if set before loading; 0 watches all.
let process = Config<UInt32>(0)

let calls = ProgramArray(maxEntries: 512)

let parentsAsked = Global<UInt64>(0)
let filesOpened = Global<UInt64>(0)
let others = Global<UInt64>(0)

@section("raw_tp/sys_enter") @used
func onGetParent(_: RawTracepointContext) -> Int32 {
    parentsAsked.atomicAdd(1)
    return 0
}

@section("raw_tp/sys_enter") @used
func onOpen(_: RawTracepointContext) -> Int32 {
    filesOpened.atomicAdd(1)
    return 0
}

@section("raw_tp/sys_enter") @used
func dispatch(_ context: RawTracepointContext) -> Int32 {
    guard process.value == 0 || Process.id == process.value else { return 0 }
    calls.call(UInt32(truncatingIfNeeded: context.argument(1)), context)
    // Where no program waits the jump falls through.
    others.atomicAdd(1)
    return 0
}
