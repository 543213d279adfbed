import EBPFBytecode

// The operations on one entry, as bpf(2) has them. Sizes are checked here: the kernel reads and
// writes as many bytes as the map says, whatever was given.

extension KernelMap {
    /// The value of a key; of a per-CPU map all values (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Parameter flags: `BPF_F_LOCK` for values with a spin lock.
    /// - Returns: ``valueByteCount`` bytes, or `nil` if the key is not there.
    /// - Throws: ``KernelError``, also for a key of another size.
    public func value(of key: [UInt8], flags: UInt64 = 0) throws(KernelError) -> [UInt8]? {
        try read(.mapLookup, key, flags, "looking up a key in")
    }

    /// The value of a key, which is removed (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`); also pops.
    ///
    /// - Returns: `nil` if the key is not there, or the queue is empty.
    public func takeValue(of key: [UInt8], flags: UInt64 = 0) throws(KernelError) -> [UInt8]? {
        try read(.mapLookupAndDelete, key, flags, "taking a key out of")
    }

    /// Sets the value of a key (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - value: ``valueByteCount`` bytes.
    ///   - flags: `BPF_ANY`, `BPF_NOEXIST`, `BPF_EXIST`, `BPF_F_LOCK`, `BPF_F_CPU` …
    /// - Throws: ``KernelError``: `EEXIST`, `ENOENT`, `E2BIG` when the map is full …
    public func update(
        _ key: [UInt8], _ value: [UInt8], flags: UInt64 = 0
    ) throws(KernelError) {
        try checkKey(key)
        guard value.count == valueByteCount else {
            throw KernelError(
                "updating \(self)", .invalidArgument,
                reason: "a value has \(valueByteCount) bytes, not \(value.count)")
        }
        try element(.mapUpdate, "updating", key, value, flags)
    }

    /// Sets a value of one CPU, which is shorter than others of the map.
    func updateOneCPU(
        _ key: [UInt8], _ value: [UInt8], flags: UInt64
    ) throws(KernelError) {
        try checkKey(key)
        try element(.mapUpdate, "updating", key, value, flags)
    }

    /// Whether a bloom filter may have seen a value; what it denies it has not.
    ///
    /// - Parameter value: `shape.valueSize` bytes.
    /// - Throws: ``KernelError``, also for other kinds of maps.
    public func mayContain(_ value: [UInt8]) throws(KernelError) -> Bool {
        try require(.bloomFilter, "looking for a value in")
        guard value.count == valueByteCount else {
            throw KernelError(
                "looking for a value in \(self)", .invalidArgument,
                reason: "a value has \(valueByteCount) bytes, not \(value.count)")
        }
        do throws(KernelError) {
            try element(.mapLookup, "looking for a value in", [], value, 0)
            return true
        } catch {
            guard error.errno == .noEntry else { throw error }
            return false
        }
    }

    /// Removes a key (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether it was there.
    @discardableResult
    public func remove(_ key: [UInt8]) throws(KernelError) -> Bool {
        try checkKey(key)
        do throws(KernelError) {
            try element(.mapDelete, "removing a key from", key, [], 0)
            return true
        } catch {
            guard error.errno == .noEntry else { throw error }
            return false
        }
    }

    /// The key after a key, or the first; `nil` at the end (`BPF_MAP_GET_NEXT_KEY`).
    ///
    /// A hash map starts again from the front when the given key was removed meanwhile.
    public func key(after key: [UInt8]?) throws(KernelError) -> [UInt8]? {
        if let key { try checkKey(key) }
        do throws(KernelErrno) {
            return try nextKey(after: key)
        } catch {
            throw KernelError("walking \(self)", error)
        }
    }

    /// The key after a key of the right size, or the first; `nil` at the end.
    func nextKey(after key: [UInt8]?) throws(KernelErrno) -> [UInt8]? {
        let size = Int(shape.keySize)
        var failure: KernelErrno?
        let next = unsafe [UInt8](unsafeUninitializedCapacity: size) { room, count in
            count = size
            do throws(KernelErrno) {
                try unsafe withBytes(of: key ?? []) { key throws(KernelErrno) in
                    unsafe try call(.mapNextKey, key, UnsafeMutableRawPointer(room.baseAddress), 0)
                }
            } catch {
                failure = error
                count = 0
            }
        }
        guard let failure else { return next }
        guard failure != .noEntry else { return nil }
        throw failure
    }

    /// Makes the map read-only for applications (`BPF_MAP_FREEZE`).
    public func freeze() throws(KernelError) {
        var attributes = MapElementAttributes()
        attributes.map = number
        _ = try attempting("freezing \(self)") { () throws(KernelErrno) in
            try system.bpf(.mapFreeze, &attributes)
        }
    }

    // MARK: The calls

    private func read(
        _ command: BPFCommand, _ key: [UInt8], _ flags: UInt64, _ action: String
    ) throws(KernelError) -> [UInt8]? {
        try checkKey(key)
        var failure: KernelErrno?
        let size = valueByteCount
        let value = unsafe [UInt8](unsafeUninitializedCapacity: size) { room, count in
            count = size
            do throws(KernelErrno) {
                try unsafe withBytes(of: key) { key throws(KernelErrno) in
                    unsafe try call(
                        command, key, UnsafeMutableRawPointer(room.baseAddress), flags)
                }
            } catch {
                failure = error
                count = 0
            }
        }
        guard let failure else { return value }
        guard failure != .noEntry else { return nil }
        throw KernelError("\(action) \(self)", failure)
    }

    private func element(
        _ command: BPFCommand, _ action: String, _ key: [UInt8], _ value: [UInt8], _ flags: UInt64
    ) throws(KernelError) {
        do throws(KernelErrno) {
            try unsafe withBytes(of: key) { key throws(KernelErrno) in
                try unsafe withBytes(of: value) { value throws(KernelErrno) in
                    unsafe try call(
                        command, key,
                        UnsafeMutableRawPointer(mutating: value), flags)
                }
            }
        } catch {
            throw KernelError("\(action) \(self)", error)
        }
    }

    // SAFETY: callers give `shape.keySize` readable bytes or none, and `valueByteCount` bytes, or
    // for `mapNextKey` a key's size, which the kernel may fill.
    @unsafe
    @inline(__always)
    func call(
        _ command: BPFCommand, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) throws(KernelErrno) {
        let errno = unsafe element(command, key, value, flags)
        guard errno == 0 else { throw KernelErrno(rawValue: errno) }
    }

    private func checkKey(_ key: [UInt8]) throws(KernelError) {
        guard key.count == Int(shape.keySize) else {
            throw KernelError(
                "looking at \(self)", .invalidArgument,
                reason: "a key has \(shape.keySize) bytes, not \(key.count)")
        }
    }
}

extension KernelMap: CustomStringConvertible {
    /// The map as messages name it.
    public var description: String { shape.name.isEmpty ? "map \(shape.id)" : "map \(shape.name)" }
}
