import EBPFBytecode
import Synchronization

/// A row of spin locks whose readers need not take them.
///
/// Each lock is one word that is odd while a writer is inside. A reader notes the word, reads
/// what it protects, and reads again if the word has changed meanwhile. So look-ups by programs
/// write to no shared memory, and any number of them run side by side.
@safe
struct SequenceLocks: @unchecked Sendable {
    // SAFETY: points into `slab`, which lives as long as this value; every index is masked.
    private let words: UnsafeMutablePointer<Atomic<UInt32>>
    private let slab: Slab
    private let mask: Int

    /// One lock in each cache line.
    private static let wordsPerLock = 16

    /// `count` locks, a power of two.
    init(count: Int) throws(KernelErrno) {
        slab = try Slab(count: count, stride: SequenceLocks.wordsPerLock &* 4)
        unsafe words = slab.base.assumingMemoryBound(to: Atomic<UInt32>.self)
        mask = count &- 1
    }

    /// How many locks there are.
    var count: Int { mask &+ 1 }

    /// The lock for a bucket or another number.
    @inline(__always)
    func index(of number: Int) -> Int { number & mask }

    /// Enters as the only writer.
    @inline(__always)
    func lock(_ index: Int) {
        let word = unsafe words + (index & mask) &* SequenceLocks.wordsPerLock
        var wait = SpinWait()
        while true {
            let seen = unsafe word.pointee.load(ordering: .relaxed)
            if seen & 1 == 0 {
                let attempt = unsafe word.pointee.weakCompareExchange(
                    expected: seen,
                    desired: seen &+ 1,
                    ordering: .acquiring
                )
                if attempt.exchanged { break }
            }
            wait.pause()
        }
        atomicMemoryFence(ordering: .releasing)
    }

    /// Leaves; what was written becomes visible.
    @inline(__always)
    func unlock(_ index: Int) {
        let word = unsafe words + (index & mask) &* SequenceLocks.wordsPerLock
        let held = unsafe word.pointee.load(ordering: .relaxed)
        unsafe word.pointee.store(held &+ 1, ordering: .releasing)
    }

    /// The word to compare after reading; waits while a writer is inside.
    @inline(__always)
    func beginReading(_ index: Int) -> UInt32 {
        let word = unsafe words + (index & mask) &* SequenceLocks.wordsPerLock
        let seen = unsafe word.pointee.load(ordering: .acquiring)
        if seen & 1 == 0 { return seen }
        return waitForWriter(index)
    }

    /// Whether nothing was written since `beginReading` gave this word.
    @inline(__always)
    func isUnchanged(_ index: Int, since seen: UInt32) -> Bool {
        atomicMemoryFence(ordering: .acquiring)
        let word = unsafe words + (index & mask) &* SequenceLocks.wordsPerLock
        return unsafe word.pointee.load(ordering: .relaxed) == seen
    }

    @inline(never)
    private func waitForWriter(_ index: Int) -> UInt32 {
        let word = unsafe words + (index & mask) &* SequenceLocks.wordsPerLock
        var wait = SpinWait()
        while true {
            let seen = unsafe word.pointee.load(ordering: .acquiring)
            if seen & 1 == 0 { return seen }
            wait.pause()
        }
    }

    /// Runs `body` as the only writer.
    @inline(__always)
    func withLock<Result, Failure: Error>(
        _ index: Int,
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock(index)
        defer { unlock(index) }
        return try body()
    }
}
