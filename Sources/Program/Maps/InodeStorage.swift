/// A value for each file on disk (`BPF_MAP_TYPE_INODE_STORAGE`), for programs of security modules.
@_rawLayout(like: MapDefinition)
public struct InodeStorage<Value: BitwiseCopyable>: ~Copyable, ObjectStorage, @unchecked Sendable {
    /// Values that are made when they are first asked for.
    @inline(__always)
    public init(pinned: Bool = false) { defineStorage(28, pinned: pinned) }

    /// The value of a file; `nil` if it has none (`bpf_inode_storage_get`).
    ///
    /// - Parameter creating: make one of zeros then.
    @inline(__always)
    public func lookup(
        _ inode: TrustedPointer<Inode>, creating: Bool = true
    ) -> UnsafeMutablePointer<Value>? {
        Helpers.inodeStorageGet(address, inode.raw, nil, creating ? 1 : 0)?
            .assumingMemoryBound(to: Value.self)
    }

    /// Removes the value of a file; returns whether there was one.
    @inline(__always) @discardableResult
    public func remove(_ inode: TrustedPointer<Inode>) -> Bool {
        Helpers.inodeStorageDelete(address, inode.raw) == 0
    }
}
