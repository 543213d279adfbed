public import EBPFKernel
public import EBPFMaps

/// A map of values without keys that come out in an order: a queue or a stack.
public protocol ValueSequenceMap: TypedMap {
    /// What is in it.
    associatedtype Value: BitwiseCopyable
}

extension ValueSequenceMap {
    /// There are no keys.
    public static var keyType: (any BitwiseCopyable.Type)? { nil }
    /// ``Value``.
    public static var valueType: (any BitwiseCopyable.Type)? { Value.self }

    /// Adds a value (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameter overwritingOldest: whether the oldest makes room in a full map (`BPF_EXIST`).
    /// - Throws: ``KernelError``: `E2BIG` when it is full.
    @inlinable
    public func push(_ value: Value, overwritingOldest: Bool = false) throws(KernelError) {
        _ = try binding.hand(.update, value, overwritingOldest ? .exist : .any)
    }

    /// Takes the next value out; `nil` when there is none (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func pop() throws(KernelError) -> Value? { try binding.read(.take) }

    /// The next value, which stays; `nil` when there is none (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func peek() throws(KernelError) -> Value? { try binding.read(.lookup) }
}
