/// A value for each thread (`BPF_MAP_TYPE_TASK_STORAGE`).
@_rawLayout(like: MapDefinition)
public struct TaskStorage<Value: BitwiseCopyable>: ~Copyable, ObjectStorage, @unchecked Sendable {
    /// Values that are made when they are first asked for.
    @inline(__always)
    public init(pinned: Bool = false) { defineStorage(29, pinned: pinned) }

    /// The value of a thread; `nil` if it has none (`bpf_task_storage_get`).
    ///
    /// - Parameter creating: make one of zeros then.
    @inline(__always)
    public func lookup(
        _ task: TrustedPointer<Task>, creating: Bool = true
    ) -> UnsafeMutablePointer<Value>? {
        Helpers.taskStorageGet(address, task.raw, nil, creating ? 1 : 0)?
            .assumingMemoryBound(to: Value.self)
    }

    /// Removes the value of a thread; returns whether there was one.
    @inline(__always) @discardableResult
    public func remove(_ task: TrustedPointer<Task>) -> Bool {
        Helpers.taskStorageDelete(address, task.raw) == 0
    }
}
