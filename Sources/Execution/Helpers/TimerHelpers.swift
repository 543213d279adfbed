import EBPFBytecode
import EBPFMaps

/// Timers and deferred work inside map values (`struct bpf_timer`, `struct bpf_wq`).
///
/// They run when the application calls ``UserSpaceHost/fireTimers(until:)``; work that is started is
/// due at once. Callbacks get the map, the key and the value.
enum TimerHelpers {
    static func install(in table: inout HelperTable) {
        table[.timerInit] = { (call) throws(Fault) in
            guard let clock = TimerClock(rawValue: call.third)
            else { return KernelErrno.invalidArgument.helperResult }
            return try initialize(call, clock)
        }
        table[.timerSetCallback] = setCallback
        table[.timerStart] = start
        table[.timerCancel] = cancel
        table.add(kernelFunction: "bpf_wq_init") { (call) throws(Fault) in
            guard call.third == 0 else { return KernelErrno.invalidArgument.helperResult }
            return try initialize(call, .monotonic)
        }
        table.add(kernelFunction: "bpf_wq_set_callback_impl", setCallback)
        table.add(kernelFunction: "bpf_wq_set_callback", setCallback)
        table.add(kernelFunction: "bpf_wq_start") { (call) throws(Fault) in
            guard call.second == 0 else { return KernelErrno.invalidArgument.helperResult }
            let now = call.machine.host.options.clock.monotonic
            return try start(call, deadline: now, cpu: nil)
        }
    }

    /// The time is absolute (`BPF_F_TIMER_ABS`).
    private static let absolute: UInt64 = 1
    /// The callback runs on the CPU that starts it (`BPF_F_TIMER_CPU_PIN`).
    private static let pinned: UInt64 = 2

    /// `long bpf_timer_init(timer, map, flags)`
    private static func initialize(_ call: HelperCall, _ clock: TimerClock) throws(Fault) -> UInt64
    {
        let field = try unsafe call.mapValue(.first, size: 16, as: .timer)
        let map = try call.map(.second)
        guard Address.mapIndex(call.second) == Int(call.first >> 32)
        else { throw .badArgument(2, .map) }
        let host = call.machine.host
        if try timer(call, { _ in () }) != nil { return KernelErrno.busy.helperResult }
        let serial = host.timers.add(at: call.first, in: map, clock)
        unsafe field.storeBytes(of: TimerField.mark(serial), as: UInt64.self)
        return 0
    }

    /// `long bpf_timer_set_callback(timer, callback_fn)`
    private static func setCallback(_ call: HelperCall) throws(Fault) -> UInt64 {
        let callback = try callback(call)
        let found: Void? = try timer(call) { $0.callback = callback }
        return found == nil ? KernelErrno.invalidArgument.helperResult : 0
    }

    private static func callback(_ call: HelperCall) throws(Fault) -> TimerCallback {
        let machine = call.machine
        if let timer = machine.nativeTimer, call.second == Address.nativeFunction {
            return .native(timer)
        }
        guard let operation = Address.operation(ofFunction: call.second),
            let program = machine.program, program.code.place(ofOperation: operation) != nil
        else { throw .badArgument(2, .function) }
        return .function(call.second, of: program)
    }

    /// `long bpf_timer_start(timer, nsecs, flags)`
    private static func start(_ call: HelperCall) throws(Fault) -> UInt64 {
        guard call.third & ~(absolute | pinned) == 0
        else { return KernelErrno.invalidArgument.helperResult }
        let clock = call.machine.host.options.clock
        let now = clock.monotonic
        var delay = call.second
        if call.third & absolute != 0 {
            guard let own = try timer(call, { $0.clock.now(clock) })
            else { return KernelErrno.invalidArgument.helperResult }
            delay = call.second > own ? call.second - own : 0
        }
        let (deadline, overflow) = now.addingReportingOverflow(delay)
        return try start(
            call,
            deadline: overflow ? .max : deadline,
            cpu: call.third & pinned != 0 ? call.machine.cpu : nil
        )
    }

    private static func start(
        _ call: HelperCall,
        deadline: UInt64,
        cpu: Int?
    ) throws(Fault) -> UInt64 {
        let hasCallback = try timer(call) { timer in
            guard timer.callback != nil else { return false }
            timer.deadline = deadline
            timer.cpu = cpu
            return true
        }
        return hasCallback == true ? 0 : KernelErrno.invalidArgument.helperResult
    }

    /// `long bpf_timer_cancel(timer)`: 1 if it was started.
    private static func cancel(_ call: HelperCall) throws(Fault) -> UInt64 {
        let wasStarted = try timer(call) { timer in
            defer {
                timer.deadline = nil
                timer.callback = nil
            }
            return timer.deadline != nil
        }
        guard let wasStarted else { return KernelErrno.invalidArgument.helperResult }
        guard call.machine.runningTimer != call.first else {
            return KernelErrno.deadlock.helperResult
        }
        return wasStarted ? 1 : 0
    }

    /// Reads or changes the timer that the first argument points to; `nil` if it is not set up.
    private static func timer<Result>(
        _ call: HelperCall,
        _ body: (inout TimerQueue.Timer) -> Result
    ) throws(Fault) -> Result? {
        _ = try unsafe call.mapValue(.first, size: 16, as: .timer)
        guard let serial = TimerField.serial(at: call.first, on: call.machine) else { return nil }
        return call.machine.host.timers.withTimer(call.first, serial: serial, body)
    }
}

/// The 16 bytes of a timer in a map value: a tag that spells "TIME", and a serial number.
enum TimerField {
    private static let tag: UInt64 = 0x5449_4d45

    /// What the field holds while its timer is set up.
    static func mark(_ serial: UInt32) -> UInt64 { tag << 32 | UInt64(serial) }

    /// The serial number in the field at an address, if it is set up.
    static func serial(at address: UInt64, on machine: Machine) -> UInt32? {
        guard let field = unsafe machine.memory.readable(address, size: 16) else { return nil }
        let word = unsafe field.loadUnaligned(as: UInt64.self)
        return word >> 32 == tag ? UInt32(truncatingIfNeeded: word) : nil
    }
}
