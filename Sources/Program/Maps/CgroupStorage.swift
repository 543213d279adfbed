/// A value for each control group (`BPF_MAP_TYPE_CGRP_STORAGE`, Linux 6.2).
@_rawLayout(like: MapDefinition)
public struct CgroupStorage<Value: BitwiseCopyable>: ~Copyable, ObjectStorage, @unchecked Sendable {
    /// Values that are made when they are first asked for.
    @inline(__always)
    public init(pinned: Bool = false) { defineStorage(32, pinned: pinned) }

    /// The value of a control group; `nil` if it has none (`bpf_cgrp_storage_get`).
    ///
    /// - Parameter creating: make one of zeros then.
    @inline(__always)
    public func lookup(
        _ group: TrustedPointer<Cgroup>, creating: Bool = true
    ) -> UnsafeMutablePointer<Value>? {
        Helpers.cgrpStorageGet(address, group.raw, nil, creating ? 1 : 0)?
            .assumingMemoryBound(to: Value.self)
    }

    /// Removes the value of a control group; returns whether there was one.
    @inline(__always) @discardableResult
    public func remove(_ group: TrustedPointer<Cgroup>) -> Bool {
        Helpers.cgrpStorageDelete(address, group.raw) == 0
    }
}
