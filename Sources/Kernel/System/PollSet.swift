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
    private static let keyOffset = 4
    #else
    private var words: (UInt64, UInt64) = (0, 0)
    private static let keyOffset = 8
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
