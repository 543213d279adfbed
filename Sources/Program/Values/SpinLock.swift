/// A lock in the value of a map (`struct bpf_spin_lock`), for changes that belong together.
///
/// ```swift
/// struct Flow { var lock: SpinLock; var padding: UInt32; var packets: UInt64; var bytes: UInt64 }
/// if let flow = flows.lookup(key) {
///     flow.pointee.lock.withLock {
///         flow.pointee.packets &+= 1
///         flow.pointee.bytes &+= size
///     }
/// }
/// ```
/// A value has one lock at most. While it is held, no function of the kernel may be called. Where a
/// check fails (`+` overflows), the lock is given back before the program ends. The value must not
/// be read as a whole.
public struct SpinLock: BitwiseCopyable, Sendable {
    @usableFromInline var state: UInt32

    /// A lock that nobody holds.
    @inline(__always)
    public init() { state = 0 }

    /// Does something while the lock is held (`bpf_spin_lock`, `bpf_spin_unlock`, Linux 5.1).
    @inline(__always)
    public mutating func withLock(_ body: () -> Void) {
        withUnsafeMutablePointer(to: &self) { lock in
            Helpers.spinLock(lock)
            body()
            Helpers.spinUnlock(lock)
        }
    }
}
