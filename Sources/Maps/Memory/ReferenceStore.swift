import EBPFBytecode

/// A row of references to objects, each empty at first.
@safe
final class ReferenceStore<Object: AnyObject>: @unchecked Sendable {
    // SAFETY: points into `slab`; every index is compared with `count`. A place holds one retain.
    private let places: UnsafeMutablePointer<Unmanaged<Object>?>
    private let slab: Slab
    private let lock: SequenceLocks
    private var usedEnd = 0

    /// How many places there are.
    let count: Int

    init(count: Int) throws(KernelErrno) {
        self.count = count
        let stride = unsafe MemoryLayout<Unmanaged<Object>?>.stride
        slab = try Slab(count: count, stride: stride)
        unsafe places = slab.base.assumingMemoryBound(to: Unmanaged<Object>?.self)
        lock = try SequenceLocks(count: 1)
    }

    deinit {
        for index in 0..<usedEnd { unsafe places[index]?.release() }
    }

    /// The object at an index.
    @inline(__always)
    subscript(index: Int) -> Object? {
        guard index >= 0, index < count else { return nil }
        return lock.withLock(0) { unsafe places[index]?.takeUnretainedValue() }
    }

    /// Puts an object or nothing at an index; returns what was there.
    @discardableResult
    func exchange(_ index: Int, _ object: Object?) -> Object? {
        guard index >= 0, index < count else { return nil }
        let new = unsafe object.map { unsafe Unmanaged.passRetained($0) }
        let old = unsafe lock.withLock(0) { () -> Unmanaged<Object>? in
            let old = unsafe places[index]
            unsafe places[index] = new
            usedEnd = max(usedEnd, index &+ 1)
            return unsafe old
        }
        return unsafe old?.takeRetainedValue()
    }
}
