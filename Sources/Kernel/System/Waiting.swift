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
        // `struct pollfd`, and `struct timespec`, into which the kernel writes the remaining time,
        // so a repetition after a signal is right.
        var record = (UInt32(bitPattern: descriptor.number), interest.rawValue)
        let (seconds, attoseconds) = (timeout ?? .zero).components
        var time = (max(seconds, 0), seconds < 0 ? 0 : max(attoseconds, 0) / 1_000_000_000)
        let count = try unsafe withUnsafeMutableBytes(of: &record) { record throws(KernelErrno) in
            try unsafe withUnsafeMutableBytes(of: &time) { time throws(KernelErrno) in
                let limit = timeout == nil ? 0 : Int(bitPattern: time.baseAddress)
                return try call(.poll, Int(bitPattern: record.baseAddress), 1, limit, 0, 8)
            }
        }
        return count > 0
    }
}
