public import EBPFKernel
public import EBPFMaps

/// A map with one value for a key, which applications may set.
public protocol WritableMap: KeyedMap {}

extension WritableMap {
    /// Sets the value of a key (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameter flags: `.noExist` to only insert, `.exist` to only replace, `.lock` to hold the
    ///   value's own spin lock meanwhile.
    /// - Throws: ``KernelError``: `EEXIST` and `ENOENT` as the flags say, `E2BIG` when the map is
    ///   full.
    @inlinable
    public func update(
        _ key: Key, _ value: Value, flags: UpdateFlags = .any
    ) throws(KernelError) {
        try binding.write(key, value, flags)
    }
}

/// A map with a value for each key and CPU, which applications may set.
public protocol PerCPUWritableMap: KeyedMap {}

extension PerCPUWritableMap {
    /// Sets the values of a key for all CPUs (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameter flags: `.noExist` to only insert, `.exist` to only replace.
    /// - Throws: ``KernelError``, also `EINVAL` for another number of CPUs.
    @inlinable
    public func update(
        _ key: Key, _ values: PerCPU<Value>, flags: UpdateFlags = .any
    ) throws(KernelError) {
        try binding.writeAll(key, values, flags)
    }

    /// Sets the same value of a key for all CPUs, for example a counter to zero.
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func update(
        _ key: Key, repeating value: Value, flags: UpdateFlags = .any
    ) throws(KernelError) {
        let values = PerCPU(repeating: value, count: map.valuesPerKey)
        try binding.writeAll(key, values, flags)
    }
}
