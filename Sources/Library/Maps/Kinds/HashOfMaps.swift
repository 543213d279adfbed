public import EBPFBytecode
public import EBPFKernel
public import EBPFMaps

/// Maps of one shape by key (`BPF_MAP_TYPE_HASH_OF_MAPS`, Linux 4.12).
public struct HashOfMaps<Key: BitwiseCopyable, Inner: TypedMap>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.hashOfMaps] }
    /// ``Key``.
    public static var keyType: (any BitwiseCopyable.Type)? { Key.self }
    /// What values are, the kernel decides.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// The map of a key, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``, also if it is not what `Inner` says.
    public subscript(key: Key) -> Inner? {
        get throws(KernelError) {
            guard let inner = try map.inner(bytes(key)) else { return nil }
            return try map.opened(inner)
        }
    }

    /// Sets the map of a key (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameter flags: `.noExist` to only insert, `.exist` to only replace.
    /// - Throws: ``KernelError``: `EINVAL` for a map of another shape, `E2BIG` when it is full.
    public func update(
        _ key: Key, _ inner: Inner, flags: UpdateFlags = .any
    ) throws(KernelError) {
        try map.setInner(bytes(key), inner.map, flags: flags)
    }

    /// Removes a key (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ key: Key) throws(KernelError) -> Bool { try binding.erase(key) }

    /// The keys that are there.
    ///
    /// - Throws: ``KernelError``.
    public func keys() throws(KernelError) -> [Key] {
        try map.walkedKeys().keys.map { plainValue(copying: $0) }
    }

    /// A new map that fits into this one; it is not in it yet.
    ///
    /// - Throws: ``KernelError``.
    public func makeMap() throws(KernelError) -> Inner { try map.opened(try map.makeInner()) }

    private func bytes(_ key: Key) throws(KernelError) -> [UInt8] {
        try unsafe withStorage(of: key, padding: binding.keyPadding) { place throws(KernelError) in
            unsafe [UInt8](UnsafeRawBufferPointer(start: place, count: map.keySize))
        }
    }
}
