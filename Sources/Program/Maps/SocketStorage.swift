/// A value for each socket (`BPF_MAP_TYPE_SK_STORAGE`).
@_rawLayout(like: MapDefinition)
public struct SocketStorage<Value: BitwiseCopyable>: ~Copyable, ObjectStorage, @unchecked Sendable {
    /// Values that are made when they are first asked for.
    @inline(__always)
    public init(pinned: Bool = false) { defineStorage(24, pinned: pinned) }

    /// The value of a socket; `nil` if it has none (`bpf_sk_storage_get`).
    ///
    /// - Parameter creating: make one of zeros then.
    @inline(__always)
    public func lookup(
        _ socket: TrustedPointer<Socket>, creating: Bool = true
    ) -> UnsafeMutablePointer<Value>? {
        Helpers.skStorageGet(address, socket.raw, nil, creating ? 1 : 0)?
            .assumingMemoryBound(to: Value.self)
    }

    /// Removes the value of a socket; returns whether there was one.
    @inline(__always) @discardableResult
    public func remove(_ socket: TrustedPointer<Socket>) -> Bool {
        Helpers.skStorageDelete(address, socket.raw) == 0
    }
}
