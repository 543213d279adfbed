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
        guard fits(MemoryLayout<Key>.size, MemoryLayout<Value>.size)
        else { throw wrongSizes(MemoryLayout<Key>.size, MemoryLayout<Value>.size) }
        let errno = unsafe withUnsafePointer(to: key) { key in
            unsafe withUnsafeMutablePointer(to: &value) { value in
                unsafe element(.mapLookup, key, value, flags)
            }
        }
        guard errno != 0 else { return true }
        return try failed(lookingUp: errno)
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
        guard fits(MemoryLayout<Key>.size, MemoryLayout<Value>.size)
        else { throw wrongSizes(MemoryLayout<Key>.size, MemoryLayout<Value>.size) }
        let errno = unsafe withUnsafePointer(to: key) { key in
            unsafe withUnsafePointer(to: value) { value in
                // The kernel only reads it.
                unsafe element(.mapUpdate, key, UnsafeMutableRawPointer(mutating: value), flags)
            }
        }
        guard errno == 0 else { throw failed(updating: errno) }
    }

    /// One of the commands on an element, again whenever a signal interrupted it; for those who
    /// keep keys and values in memory of their own.
    ///
    /// - Parameters:
    ///   - command: `BPF_MAP_LOOKUP_ELEM` and its like.
    ///   - key: as many bytes as a key has, or nothing for maps without keys.
    ///   - value: ``valueByteCount`` bytes, which look-ups fill, or nothing to remove a key.
    ///   - flags: as the command has them.
    /// - Returns: 0, or the kernel's error number.
    // SAFETY: the caller has checked the sizes of what is pointed to.
    @unsafe
    public func element(
        _ command: BPFCommand, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int32 {
        if let direct { return unsafe direct(command, key, value, flags) }
        return unsafe substituted(command, key, value, flags)
    }

    // SAFETY: as above.
    @unsafe
    @inline(never)
    private func substituted(
        _ command: BPFCommand, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int32 {
        var attributes = unsafe MapElementAttributes(map: number, key, value, flags)
        do throws(KernelErrno) {
            try system.bpf(command, &attributes)
            return 0
        } catch {
            return error.rawValue
        }
    }

    @inlinable
    @inline(__always)
    func fits(_ key: Int, _ value: Int) -> Bool { key == keyByteCount && value == valueByteCount }

    // MARK: What went wrong

    @usableFromInline
    func failed(lookingUp errno: Int32) throws(KernelError) -> Bool {
        guard errno != KernelErrno.noEntry.rawValue else { return false }
        throw KernelError("looking up a key in \(self)", KernelErrno(rawValue: errno))
    }

    @usableFromInline
    func failed(updating errno: Int32) -> KernelError {
        KernelError("updating \(self)", KernelErrno(rawValue: errno))
    }

    @usableFromInline
    func wrongSizes(_ key: Int, _ value: Int) -> KernelError {
        KernelError(
            "looking at \(self)", .invalidArgument,
            reason: "a key has \(keyByteCount) bytes and a value \(valueByteCount), not "
                + "\(key) and \(value)")
    }
}
