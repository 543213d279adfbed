public import EBPFKernel
public import EBPFMaps

/// A typed map whose values are found by keys.
public protocol KeyedMap: TypedMap {
    /// What values are found by.
    associatedtype Key: BitwiseCopyable
    /// What is found; of per-CPU maps, what one CPU has.
    associatedtype Value: BitwiseCopyable
}

extension KeyedMap {
    /// ``Key``.
    public static var keyType: (any BitwiseCopyable.Type)? { Key.self }
    /// ``Value``.
    public static var valueType: (any BitwiseCopyable.Type)? { Value.self }
}

/// A map with one value for a key, which applications may read.
public protocol ReadableMap: KeyedMap {}

extension ReadableMap {
    /// The value of a key, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``, not for a key that is not there.
    @inlinable
    public subscript(key: Key) -> Value? {
        get throws(KernelError) { try binding.read(.lookup, key, []) }
    }

    /// The value of a key, or `nil`, read as the flags say (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Parameter flags: `.lock` to hold the value's own spin lock meanwhile.
    /// - Throws: ``KernelError``, not for a key that is not there.
    @inlinable
    public func value(
        of key: Key, flags: UpdateFlags = .any
    ) throws(KernelError) -> Value? {
        try binding.read(.lookup, key, flags)
    }

    /// Whether a key is there.
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func contains(_ key: Key) throws(KernelError) -> Bool {
        try binding.read(.lookup, key, []) as Value? != nil
    }
}

/// A map with a value for each key and CPU, which applications may read.
public protocol PerCPUReadableMap: KeyedMap {}

extension PerCPUReadableMap {
    /// The values of a key for all CPUs, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``, not for a key that is not there.
    @inlinable
    public subscript(key: Key) -> PerCPU<Value>? {
        get throws(KernelError) { try binding.readAll(.lookup, key) }
    }

    /// Whether a key is there.
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func contains(_ key: Key) throws(KernelError) -> Bool {
        try binding.readAll(.lookup, key) as PerCPU<Value>? != nil
    }
}
