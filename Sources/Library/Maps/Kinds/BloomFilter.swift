public import EBPFBytecode
public import EBPFKernel

/// A set that may say "perhaps" of what was never added, but never "no" of what was
/// (`BPF_MAP_TYPE_BLOOM_FILTER`, Linux 5.16).
public struct BloomFilter<Value: BitwiseCopyable>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.bloomFilter] }
    /// There are no keys.
    public static var keyType: (any BitwiseCopyable.Type)? { nil }
    /// ``Value``.
    public static var valueType: (any BitwiseCopyable.Type)? { Value.self }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// Adds a value (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func insert(_ value: Value) throws(KernelError) {
        _ = try binding.hand(.update, value)
    }

    /// Whether a value may have been added (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    @inlinable
    public func mayContain(_ value: Value) throws(KernelError) -> Bool {
        try binding.hand(.lookup, value)
    }
}
