public import EBPFBytecode
public import EBPFKernel
public import EBPFMaps

/// A value for each index and CPU, which programs change without locks
/// (`BPF_MAP_TYPE_PERCPU_ARRAY`, Linux 4.6).
///
/// ```swift
/// let drops = try object.map("drops", as: PerCPUArray<UInt64>.self)
/// print(try drops[17].sum)
/// ```
public struct PerCPUArray<Value: BitwiseCopyable>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.perCPUArray] }
    /// An index.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// ``Value``.
    public static var valueType: (any BitwiseCopyable.Type)? { Value.self }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// How many indices there are.
    public var count: Int { map.maxEntries }

    /// The values at an index for all CPUs (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``: `E2BIG` past the end.
    @inlinable
    public subscript(index: Int) -> PerCPU<Value> {
        get throws(KernelError) {
            let key = try binding.key(index)
            guard let values = try binding.readAll(.lookup, key) as PerCPU<Value>? else {
                throw binding.outOfBounds(index)
            }
            return values
        }
    }

    /// Sets the values at an index for all CPUs (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: ``KernelError``: `E2BIG` past the end, `EINVAL` for another number of CPUs.
    @inlinable
    public func update(_ index: Int, _ values: PerCPU<Value>) throws(KernelError) {
        try binding.writeAll(try binding.key(index), values, .any)
    }

    /// Sets the same value at an index for all CPUs, for example a counter to zero.
    ///
    /// - Throws: ``KernelError``: `E2BIG` past the end.
    @inlinable
    public func update(_ index: Int, repeating value: Value) throws(KernelError) {
        try update(index, PerCPU(repeating: value, count: map.valuesPerKey))
    }

    /// The values of all indices in their order, read many at a time where the kernel can.
    ///
    /// - Throws: ``KernelError``.
    public func values() throws(KernelError) -> [PerCPU<Value>] {
        try map.entries().map { entry in
            unsafe entry.value.withUnsafeBytes { unsafe PerCPU(decoding: $0) }
        }
    }
}
