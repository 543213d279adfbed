import EBPFBytecode

/// What a descriptor is waited for (`POLLIN`, `POLLOUT`; epoll has the same bits).
enum Interest: UInt32, Sendable {
    /// Something can be read.
    case readable = 1
    /// There is room to write.
    case writable = 4
}

extension SystemCalls {
    /// Waits until a descriptor is ready (ppoll(2)).
    ///
    /// - Parameter timeout: `nil` waits for ever; a signal does not end the wait.
    /// - Returns: whether it is ready; `false` when the time is over.
    /// - Throws: the kernel's error number.
    func wait(
        for interest: Interest, _ descriptor: borrowing Descriptor, timeout: Duration?
    ) throws(KernelErrno) -> Bool {
        var memory = CallMemory()
        let polled = UInt32(bitPattern: descriptor.number)
        let record = memory.array([polled, interest.rawValue])
        let (seconds, attoseconds) = (timeout ?? .zero).components
        // The kernel writes the remaining time back, so a repetition after a signal is right.
        let time = timeout.map { _ in
            memory.array([max(seconds, 0), seconds < 0 ? 0 : max(attoseconds, 0) / 1_000_000_000])
        }
        let count = try call(.poll, Int(record), 1, Int(time ?? 0), 0, 8)
        memory.keep()
        return count > 0
    }
}
