public import EBPFKernel

/// A map whose keys applications may remove.
public protocol RemovableMap: KeyedMap {}

extension RemovableMap {
    /// Removes a key (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``KernelError``.
    @inlinable
    @discardableResult
    public func remove(_ key: Key) throws(KernelError) -> Bool { try binding.erase(key) }
}

/// A map whose values applications may read and remove in one step.
public protocol TakableMap: ReadableMap, RemovableMap {}

extension TakableMap {
    /// Removes a key and returns its value, with nothing in between
    /// (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`, Linux 5.14).
    ///
    /// - Returns: `nil` if the key is not there.
    /// - Throws: ``KernelError``.
    @inlinable
    public func take(_ key: Key) throws(KernelError) -> Value? { try binding.read(.take, key, []) }
}

/// A per-CPU map whose values applications may read and remove in one step.
public protocol PerCPUTakableMap: PerCPUReadableMap, RemovableMap {}

extension PerCPUTakableMap {
    /// Removes a key and returns its values, with nothing in between
    /// (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`, Linux 5.14).
    ///
    /// - Returns: `nil` if the key is not there.
    /// - Throws: ``KernelError``.
    @inlinable
    public func take(_ key: Key) throws(KernelError) -> PerCPU<Value>? {
        try binding.readAll(.take, key)
    }
}
