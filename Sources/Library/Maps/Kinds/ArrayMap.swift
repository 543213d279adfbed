public import EBPFBytecode
public import EBPFKernel
public import EBPFMaps

/// Values by index, all there from the beginning (`BPF_MAP_TYPE_ARRAY`, Linux 3.19).
///
/// ```swift
/// let settings = try object.map("settings", as: ArrayMap<Settings>.self)
/// try settings.update(0, Settings(port: 53))
/// print(try settings[0])
/// ```
public struct ArrayMap<Value: BitwiseCopyable>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.array] }
    /// An index.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// ``Value``.
    public static var valueType: (any BitwiseCopyable.Type)? { Value.self }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// How many values there are.
    public var count: Int { map.maxEntries }

    /// The value at an index (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``: `E2BIG` past the end.
    @inlinable
    public subscript(index: Int) -> Value {
        get throws(KernelError) { try value(at: index) }
    }

    /// The value at an index, read as the flags say (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Parameter flags: `.lock` to hold the value's own spin lock meanwhile.
    /// - Throws: ``KernelError``: `E2BIG` past the end.
    @inlinable
    public func value(at index: Int, flags: UpdateFlags = .any) throws(KernelError) -> Value {
        let key = try binding.key(index)
        guard let value = try binding.read(.lookup, key, flags) as Value? else {
            throw binding.outOfBounds(index)
        }
        return value
    }

    /// Sets the value at an index (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: ``KernelError``: `E2BIG` past the end.
    @inlinable
    public func update(
        _ index: Int, _ value: Value, flags: UpdateFlags = .any
    ) throws(KernelError) {
        try binding.write(try binding.key(index), value, flags)
    }

    /// All values in their order, read many at a time where the kernel can.
    ///
    /// - Throws: ``KernelError``.
    public func values() throws(KernelError) -> [Value] {
        try map.entries().map { plainValue(copying: $0.value) }
    }
}

extension MapBinding {
    /// An index as the kernel takes it.
    @inlinable
    func key(_ index: Int) throws(KernelError) -> UInt32 {
        guard let key = UInt32(exactly: index), index < map.maxEntries else {
            throw outOfBounds(index)
        }
        return key
    }

    /// What is said about an index past the end.
    @usableFromInline
    func outOfBounds(_ index: Int) -> KernelError {
        KernelError(
            "looking at index \(index) of \(map)", .tooBig,
            reason: "its last index is \(map.maxEntries - 1)")
    }
}
