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
    @inline(__always)
    public func lookup<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, into value: inout Value, flags: UInt64 = 0
    ) throws(KernelError) -> Bool {
        try checkSizes(MemoryLayout<Key>.size, MemoryLayout<Value>.size)
        do throws(KernelErrno) {
            try unsafe withUnsafeBytes(of: key) { key throws(KernelErrno) in
                try unsafe withUnsafeMutableBytes(of: &value) { value throws(KernelErrno) in
                    try unsafe call(.mapLookup, key.baseAddress, value.baseAddress, flags)
                }
            }
            return true
        } catch {
            guard error == .noEntry else { throw KernelError("looking up a key in \(self)", error) }
            return false
        }
    }

    /// Sets the value of a key from memory that the caller has (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - key: a value of fixed layout with the size of a key.
    ///   - value: one with the size of a value.
    ///   - flags: `BPF_ANY`, `BPF_NOEXIST`, `BPF_EXIST`, `BPF_F_LOCK`.
    /// - Throws: ``KernelError``, also for other sizes.
    @inline(__always)
    public func update<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, to value: Value, flags: UInt64 = 0
    ) throws(KernelError) {
        try checkSizes(MemoryLayout<Key>.size, MemoryLayout<Value>.size)
        do throws(KernelErrno) {
            try unsafe withUnsafeBytes(of: key) { key throws(KernelErrno) in
                try unsafe withUnsafeBytes(of: value) { value throws(KernelErrno) in
                    try unsafe call(
                        .mapUpdate, key.baseAddress,
                        UnsafeMutableRawPointer(mutating: value.baseAddress), flags)
                }
            }
        } catch {
            throw KernelError("updating \(self)", error)
        }
    }

    @inline(__always)
    private func checkSizes(_ key: Int, _ value: Int) throws(KernelError) {
        guard key == Int(shape.keySize), value == valueByteCount else {
            throw KernelError(
                "looking at \(self)", .invalidArgument,
                reason: "a key has \(shape.keySize) bytes and a value \(valueByteCount), not "
                    + "\(key) and \(value)")
        }
    }
}
