import EBPFBytecode

// Keys and values as the caller has them: nothing is allocated on the way to the kernel.

extension KernelMap {
    /// Looks a key up into memory that the caller has (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Parameters:
    ///   - key: a value of fixed layout with the size of a key.
    ///   - value: what is filled, with the size of a value; unchanged if the key is not there.
    ///   - flags: `BPF_F_LOCK` for values with a spin lock.
    /// - Returns: whether the key is there.
    /// - Throws: ``KernelError``, also for other sizes.
    @inlinable
    public func lookup<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, into value: inout Value, flags: UInt64 = 0
    ) throws(KernelError) -> Bool {
        try checkSizes(MemoryLayout<Key>.size, MemoryLayout<Value>.size)
        return try unsafe withUnsafeBytes(of: key) { key throws(KernelError) in
            try unsafe withUnsafeMutableBytes(of: &value) { value throws(KernelError) in
                try unsafe lookup(key.baseAddress, value.baseAddress, flags)
            }
        }
    }

    /// Sets the value of a key from memory that the caller has (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - key: a value of fixed layout with the size of a key.
    ///   - value: one with the size of a value.
    ///   - flags: `BPF_ANY`, `BPF_NOEXIST`, `BPF_EXIST`, `BPF_F_LOCK`.
    /// - Throws: ``KernelError``, also for other sizes.
    @inlinable
    public func update<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, to value: Value, flags: UInt64 = 0
    ) throws(KernelError) {
        try checkSizes(MemoryLayout<Key>.size, MemoryLayout<Value>.size)
        try unsafe withUnsafeBytes(of: key) { key throws(KernelError) in
            try unsafe withUnsafeBytes(of: value) { value throws(KernelError) in
                try unsafe update(key.baseAddress, value.baseAddress, flags)
            }
        }
    }

    // SAFETY: the caller has checked the sizes of what is pointed to.
    @unsafe
    @usableFromInline
    func lookup(
        _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?, _ flags: UInt64
    ) throws(KernelError) -> Bool {
        do throws(KernelErrno) {
            try unsafe call(.mapLookup, key, value, flags)
            return true
        } catch {
            guard error == .noEntry else { throw KernelError("looking up a key in \(self)", error) }
            return false
        }
    }

    // SAFETY: the caller has checked the sizes of what is pointed to; the kernel only reads it.
    @unsafe
    @usableFromInline
    func update(
        _ key: UnsafeRawPointer?, _ value: UnsafeRawPointer?, _ flags: UInt64
    ) throws(KernelError) {
        do throws(KernelErrno) {
            try unsafe call(.mapUpdate, key, UnsafeMutableRawPointer(mutating: value), flags)
        } catch {
            throw KernelError("updating \(self)", error)
        }
    }

    @usableFromInline
    func checkSizes(_ key: Int, _ value: Int) throws(KernelError) {
        guard key == Int(shape.keySize), value == valueByteCount else {
            throw KernelError(
                "looking at \(self)", .invalidArgument,
                reason: "a key has \(shape.keySize) bytes and a value \(valueByteCount), not "
                    + "\(key) and \(value)")
        }
    }
}
