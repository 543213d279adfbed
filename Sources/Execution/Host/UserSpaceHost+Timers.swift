import EBPFBytecode
import EBPFMaps

extension UserSpaceHost {
    /// How many callbacks one call of ``fireTimers(until:)`` runs at most; a timer that starts
    /// itself again without a delay would never let it return.
    public static let timerLimit = 1_000_000

    /// When the next timer is due, in nanoseconds of the host's monotonic clock.
    public var nextTimer: UInt64? { timers.nextDeadline }

    /// Runs the callbacks of timers and work queues that are due, in the order of their deadlines.
    ///
    /// A virtual clock stands at each deadline while its callback runs, and at `nanoseconds`
    /// afterwards, but it never goes back. Timers whose map element was deleted do not fire.
    ///
    /// - Parameter nanoseconds: the time, on the monotonic clock, up to which timers fire.
    /// - Returns: how many callbacks ran.
    /// - Throws: ``ExecutionError`` if a callback does what it may not; later ones then wait. ``TimerFlood``
    ///   after ``timerLimit`` callbacks.
    @discardableResult
    public func fireTimers(until nanoseconds: UInt64) throws -> Int {
        try fireTimers(until: nanoseconds, on: nil)
    }

    /// The same, on a CPU that the caller has.
    func fireTimers(until nanoseconds: UInt64, on machine: Machine?) throws -> Int {
        var fired = 0
        while let (address, timer) = timers.takeDue(at: nanoseconds) {
            guard fired < Self.timerLimit else { throw TimerFlood(until: nanoseconds) }
            advance(to: timer.deadline ?? 0)
            let isHere = timer.cpu == nil || timer.cpu == machine?.cpu
            let hasFired =
                if let machine, isHere {
                    try timer.fire(at: address, on: machine)
                } else {
                    try withMachine(cpu: timer.cpu) { try timer.fire(at: address, on: $0) }
                }
            if hasFired { fired += 1 }
        }
        advance(to: nanoseconds)
        return fired
    }

    private func advance(to time: UInt64) {
        if options.clock.monotonic < time { options.clock.set(nanoseconds: time) }
    }
}

/// More timers were due than can be meant.
public struct TimerFlood: Error, Hashable, Sendable, CustomStringConvertible {
    /// The time up to which timers were to fire, in nanoseconds.
    public let until: UInt64

    /// One line: what happened, and what to look for.
    public var description: String {
        "more than \(UserSpaceHost.timerLimit) timer callbacks are due before \(until) ns; "
            + "does a callback start its timer again with hardly any delay?"
    }
}

extension PacketRunner {
    /// Runs the callbacks that are due, on the CPU of this runner; see
    /// ``UserSpaceHost/fireTimers(until:)``.
    @discardableResult
    public borrowing func fireTimers(until nanoseconds: UInt64) throws -> Int {
        try host.fireTimers(until: nanoseconds, on: machine)
    }
}

extension TimerQueue.Timer {
    /// Calls the timer's function with its map, key and value.
    ///
    /// - Returns: whether the element is still there.
    fileprivate func fire(at address: UInt64, on machine: Machine) throws -> Bool {
        guard let callback, TimerField.serial(at: address, on: machine) == serial,
            let stride = map.valueMemory?.stride, stride > 0
        else { return false }
        let offset = Int(address & 0xffff_ffff) / stride * stride
        guard let key = map.key(ofValueAt: offset), let region = machine.takeRegion()
        else { return false }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: key.count, alignment: 8)
        defer { unsafe memory.deallocate() }
        unsafe memory.copyBytes(from: key)
        if let base = memory.baseAddress {
            machine.memory[region] = unsafe .object(
                at: base,
                start: Address.start(ofRegion: region),
                byteCount: key.count,
                isWritable: false
            )
        }
        machine.runningTimer = address
        defer {
            machine.runningTimer = nil
            machine.giveBack(region: region)
        }
        let index = Int(address >> 32)
        let map = Address.handle(ofMap: index)
        let value = Address.start(ofRegion: index) + UInt64(offset)
        switch callback {
        case .function(let function, let program):
            _ = try program.callBack(
                function, on: machine, map, Address.start(ofRegion: region), value)
        case .native(let timer):
            timer.fire(on: machine, map, Address.start(ofRegion: region), value)
        }
        return true
    }
}
