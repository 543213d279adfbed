import EBPFBytecode

/// Several descriptors to wait for as one (epoll(7)).
///
/// An epoll descriptor can be waited for itself, so whoever reads from many rings shows only this.
struct PollSet: ~Copyable, Sendable {
    /// The epoll descriptor.
    let descriptor: Descriptor

    /// An empty set.
    init(system: SystemCalls) throws(KernelErrno) {
        let closeOnExec = 0o2000000
        let number = try system.call(.epollCreate, closeOnExec)
        descriptor = Descriptor(owning: number, system: system)
    }

    /// Watches a descriptor.
    ///
    /// - Parameter key: what ``wait(timeout:_:)`` says when it is ready.
    func add(
        _ watched: borrowing Descriptor, key: UInt64 = 0,
        _ events: UInt32 = Interest.readable.rawValue
    ) throws(KernelErrno) {
        try control(1, watched.number, key, events)
    }

    /// Ends watching a descriptor.
    func remove(_ watched: borrowing Descriptor) throws(KernelErrno) {
        try control(2, watched.number, 0, 0)
    }

    /// Watches for something else.
    func change(_ watched: borrowing Descriptor, key: UInt64, _ events: UInt32) throws(KernelErrno)
    {
        try control(3, watched.number, key, events)
    }

    /// Only one report, until the next ``change(_:key:_:)`` (`EPOLLONESHOT`).
    static let once: UInt32 = 1 << 30

    /// Waits until some descriptors are ready (epoll_pwait(2)).
    ///
    /// - Parameters:
    ///   - timeout: rounded up to milliseconds; `nil` waits for ever.
    ///   - limit: the greatest number of answers.
    /// - Returns: the keys of those that are ready; none when the time is over.
    func wait(for timeout: Duration?, limit: Int) throws(KernelErrno) -> [UInt64] {
        let size = MemoryLayout<EpollEvent>.stride
        var memory = CallMemory()
        let buffer = memory.buffer(count: size * limit)
        let count = try descriptor.system.call(
            .epollWait, Int(descriptor.number), Int(buffer), limit, Self.milliseconds(timeout), 0,
            8)
        let answers = memory.contents(of: buffer, count: size * count)
        memory.keep()
        return (0..<count).compactMap {
            answers.value(at: $0 * size + EpollEvent.keyOffset)
        }
    }

    private static func milliseconds(_ duration: Duration?) -> Int {
        guard let duration else { return -1 }
        let (seconds, attoseconds) = duration.components
        let longest: Int64 = 1 << 20
        guard seconds < longest else { return Int(longest) * 1000 }
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    private func control(
        _ operation: Int, _ watched: Int32, _ key: UInt64, _ events: UInt32
    ) throws(KernelErrno) {
        var event = EpollEvent()
        event.events = events
        event.key = key
        try event.withAddress { address throws(KernelErrno) in
            _ = try descriptor.system.call(
                .epollControl, Int(descriptor.number), operation, Int(watched), address)
        }
    }
}

/// `struct epoll_event`, which is packed on x86-64 and aligned elsewhere.
struct EpollEvent: BitwiseCopyable {
    #if arch(x86_64)
    private var words: (UInt32, UInt32, UInt32) = (0, 0, 0)
    static let keyOffset = 4
    #else
    private var words: (UInt64, UInt64) = (0, 0)
    static let keyOffset = 8
    #endif

    /// `EPOLLIN` and so on.
    var events: UInt32 {
        get { unsafe withUnsafeBytes(of: words) { unsafe $0.load(as: UInt32.self) } }
        set {
            unsafe withUnsafeMutableBytes(of: &words) {
                unsafe $0.storeBytes(of: newValue, as: UInt32.self)
            }
        }
    }

    /// `data.u64`.
    var key: UInt64 {
        get {
            unsafe withUnsafeBytes(of: words) {
                unsafe $0.loadUnaligned(fromByteOffset: Self.keyOffset, as: UInt64.self)
            }
        }
        set {
            unsafe withUnsafeMutableBytes(of: &words) {
                unsafe $0.storeBytes(of: newValue, toByteOffset: Self.keyOffset, as: UInt64.self)
            }
        }
    }

    /// Runs a system call on the event's address.
    mutating func withAddress(
        _ body: (Int) throws(KernelErrno) -> Void
    ) throws(KernelErrno) {
        try unsafe withUnsafeMutableBytes(of: &words) { bytes throws(KernelErrno) in
            try body(Int(bitPattern: bytes.baseAddress))
        }
    }
}
