public import EBPFBytecode
public import EBPFKernel

/// Maps of one shape by index (`BPF_MAP_TYPE_ARRAY_OF_MAPS`, Linux 4.12).
///
/// ```swift
/// let tenants = try object.map("tenants", as: ArrayOfMaps<HashMap<FlowKey, UInt64>>.self)
/// let flows = try tenants.makeMap()
/// try tenants.update(3, flows)
/// ```
public struct ArrayOfMaps<Inner: TypedMap>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.arrayOfMaps] }
    /// An index.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// What values are, the kernel decides.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// How many places there are.
    public var count: Int { map.maxEntries }

    /// The map at an index, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``, also if it is not what `Inner` says.
    public subscript(index: Int) -> Inner? {
        get throws(KernelError) {
            let key = AnyMap.bytes(try binding.key(index))
            guard let inner = try map.inner(key) else { return nil }
            return try map.opened(inner)
        }
    }

    /// Puts a map at an index (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: ``KernelError``: `EINVAL` for a map of another shape.
    public func update(_ index: Int, _ inner: Inner) throws(KernelError) {
        try map.setInner(AnyMap.bytes(try binding.key(index)), inner.map, flags: .any)
    }

    /// Takes the map at an index out (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether there was one.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ index: Int) throws(KernelError) -> Bool {
        try binding.erase(try binding.key(index))
    }

    /// A new map that fits into this one; it is not in it yet.
    ///
    /// - Throws: ``KernelError``.
    public func makeMap() throws(KernelError) -> Inner { try map.opened(try map.makeInner()) }
}
