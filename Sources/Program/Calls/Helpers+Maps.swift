// Written by Scripts/generate-helper-calls.

/// Maps: elements, queues, iteration and the storages of kernel objects.
extension Helpers {
    /// `bpf_map_lookup_elem`, helper 1.
    @inline(__always)
    public static func mapLookupElem(
        _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?
    ) -> UnsafeMutableRawPointer? {
        helper(
            1,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(map, key)
    }

    /// `bpf_map_update_elem`, helper 2.
    @inline(__always) @discardableResult
    public static func mapUpdateElem(
        _ map: UnsafeRawPointer?,
        _ key: UnsafeRawPointer?,
        _ value: UnsafeRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            2,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?, UInt64
            ) -> Int).self
        )(map, key, value, flags)
    }

    /// `bpf_map_delete_elem`, helper 3.
    @inline(__always) @discardableResult
    public static func mapDeleteElem(_ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?) -> Int {
        helper(3, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?) -> Int).self)(map, key)
    }

    /// `bpf_skb_under_cgroup`, helper 33.
    @inline(__always) @discardableResult
    public static func skbUnderCgroup(
        _ skb: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ index: UInt32
    ) -> Int {
        helper(33, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, UInt32) -> Int).self)(
            skb, map, index)
    }

    /// `bpf_current_task_under_cgroup`, helper 37.
    @inline(__always) @discardableResult
    public static func currentTaskUnderCgroup(_ map: UnsafeRawPointer?, _ index: UInt32) -> Int {
        helper(37, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int).self)(map, index)
    }

    /// `bpf_get_local_storage`, helper 81.
    @inline(__always)
    public static func getLocalStorage(
        _ map: UnsafeRawPointer?, _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            81,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(map, flags)
    }

    /// `bpf_map_push_elem`, helper 87.
    @inline(__always) @discardableResult
    public static func mapPushElem(
        _ map: UnsafeRawPointer?, _ value: UnsafeRawPointer?, _ flags: UInt64
    ) -> Int {
        helper(87, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, UInt64) -> Int).self)(
            map, value, flags)
    }

    /// `bpf_map_pop_elem`, helper 88.
    @inline(__always) @discardableResult
    public static func mapPopElem(
        _ map: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?
    ) -> Int {
        helper(88, as: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int).self)(
            map, value)
    }

    /// `bpf_map_peek_elem`, helper 89.
    @inline(__always) @discardableResult
    public static func mapPeekElem(
        _ map: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?
    ) -> Int {
        helper(89, as: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int).self)(
            map, value)
    }

    /// `bpf_sk_storage_get`, helper 107.
    @inline(__always)
    public static func skStorageGet(
        _ map: UnsafeRawPointer?,
        _ sk: UnsafeMutableRawPointer?,
        _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            107,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(map, sk, value, flags)
    }

    /// `bpf_sk_storage_delete`, helper 108.
    @inline(__always) @discardableResult
    public static func skStorageDelete(
        _ map: UnsafeRawPointer?, _ sk: UnsafeMutableRawPointer?
    ) -> Int {
        helper(108, as: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int).self)(
            map, sk)
    }

    /// `bpf_inode_storage_get`, helper 145.
    @inline(__always)
    public static func inodeStorageGet(
        _ map: UnsafeRawPointer?,
        _ inode: UnsafeMutableRawPointer?,
        _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            145,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(map, inode, value, flags)
    }

    /// `bpf_inode_storage_delete`, helper 146.
    @inline(__always) @discardableResult
    public static func inodeStorageDelete(
        _ map: UnsafeRawPointer?, _ inode: UnsafeMutableRawPointer?
    ) -> Int32 {
        helper(
            146,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?
            ) -> Int32).self
        )(map, inode)
    }

    /// `bpf_task_storage_get`, helper 156.
    @inline(__always)
    public static func taskStorageGet(
        _ map: UnsafeRawPointer?,
        _ task: UnsafeMutableRawPointer?,
        _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            156,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(map, task, value, flags)
    }

    /// `bpf_task_storage_delete`, helper 157.
    @inline(__always) @discardableResult
    public static func taskStorageDelete(
        _ map: UnsafeRawPointer?, _ task: UnsafeMutableRawPointer?
    ) -> Int {
        helper(157, as: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int).self)(
            map, task)
    }

    /// `bpf_for_each_map_elem`, helper 164.
    @inline(__always) @discardableResult
    public static func forEachMapElem(
        _ map: UnsafeRawPointer?,
        _ callbackFn: UnsafeMutableRawPointer?,
        _ callbackCtx: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            164,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(map, callbackFn, callbackCtx, flags)
    }

    /// `bpf_map_lookup_percpu_elem`, helper 195.
    @inline(__always)
    public static func mapLookupPercpuElem(
        _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ cpu: UInt32
    ) -> UnsafeMutableRawPointer? {
        helper(
            195,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32
            ) -> UnsafeMutableRawPointer?).self
        )(map, key, cpu)
    }

    /// `bpf_cgrp_storage_get`, helper 210.
    @inline(__always)
    public static func cgrpStorageGet(
        _ map: UnsafeRawPointer?,
        _ cgroup: UnsafeMutableRawPointer?,
        _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            210,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(map, cgroup, value, flags)
    }

    /// `bpf_cgrp_storage_delete`, helper 211.
    @inline(__always) @discardableResult
    public static func cgrpStorageDelete(
        _ map: UnsafeRawPointer?, _ cgroup: UnsafeMutableRawPointer?
    ) -> Int {
        helper(211, as: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int).self)(
            map, cgroup)
    }
}
