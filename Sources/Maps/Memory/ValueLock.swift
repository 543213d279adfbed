import Synchronization

/// The lock inside a value (`struct bpf_spin_lock`): one word, 0 when free and 1 when held.
///
/// Programs take it with `bpf_spin_lock`, applications with the flag `BPF_F_LOCK`; both must use
/// these functions so that they exclude each other.
@unsafe
public enum ValueLock {
    /// Takes the lock whose word is at `address`, aligned to 4 bytes; waits while it is held.
    public static func acquire(at address: UnsafeMutableRawPointer) {
        var wait = SpinWait()
        while unsafe !tryAcquire(at: address) { wait.pause() }
    }

    /// Takes the lock if it is free; says whether it was.
    public static func tryAcquire(at address: UnsafeMutableRawPointer) -> Bool {
        let word = unsafe address.assumingMemoryBound(to: Atomic<UInt32>.self)
        return unsafe word.pointee.compareExchange(
            expected: 0,
            desired: 1,
            ordering: .acquiring
        ).exchanged
    }

    /// Gives the lock back.
    public static func release(at address: UnsafeMutableRawPointer) {
        let word = unsafe address.assumingMemoryBound(to: Atomic<UInt32>.self)
        unsafe word.pointee.store(0, ordering: .releasing)
    }
}
