public import EBPFBytecode
public import EBPFKernel
public import EBPFMaps

/// Sockets whose streams and messages programs redirect, by key
/// (`BPF_MAP_TYPE_SOCKHASH`, Linux 4.18).
///
/// The kernel holds the socket itself: the descriptor may be closed afterwards.
public struct SocketHash<Key: BitwiseCopyable>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.socketHash] }
    /// ``Key``.
    public static var keyType: (any BitwiseCopyable.Type)? { Key.self }
    /// What values are, the kernel decides.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// Sets the socket of a key (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Parameters:
    ///   - descriptor: a connected or listening socket of this process.
    ///   - flags: `.noExist` to only insert, `.exist` to only replace.
    /// - Throws: ``KernelError``: `EBADF` if it is not open, `EOPNOTSUPP` for other sockets.
    public func update(
        _ key: Key, descriptor: Int32, flags: UpdateFlags = .any
    ) throws(KernelError) {
        if map.valueSize == 8 {
            try binding.write(key, Int64(descriptor), flags)
        } else {
            try binding.write(key, descriptor, flags)
        }
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
}
