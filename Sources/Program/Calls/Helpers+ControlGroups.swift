// Written by Scripts/generate-helper-calls.

/// Control groups and their system controls.
extension Helpers {
    /// `bpf_get_current_cgroup_id`, helper 80.
    @inline(__always)
    public static func getCurrentCgroupId() -> UInt64 {
        helper(80, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_sysctl_get_name`, helper 101.
    @inline(__always) @discardableResult
    public static func sysctlGetName(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ bufLen: UInt, _ flags: UInt64
    ) -> Int {
        helper(
            101,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt, UInt64
            ) -> Int).self
        )(ctx, buf, bufLen, flags)
    }

    /// `bpf_sysctl_get_current_value`, helper 102.
    @inline(__always) @discardableResult
    public static func sysctlGetCurrentValue(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ bufLen: UInt
    ) -> Int {
        helper(
            102,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt
            ) -> Int).self
        )(ctx, buf, bufLen)
    }

    /// `bpf_sysctl_get_new_value`, helper 103.
    @inline(__always) @discardableResult
    public static func sysctlGetNewValue(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ bufLen: UInt
    ) -> Int {
        helper(
            103,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt
            ) -> Int).self
        )(ctx, buf, bufLen)
    }

    /// `bpf_sysctl_set_new_value`, helper 104.
    @inline(__always) @discardableResult
    public static func sysctlSetNewValue(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeRawPointer?, _ bufLen: UInt
    ) -> Int {
        helper(104, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, UInt) -> Int).self)(
            ctx, buf, bufLen)
    }

    /// `bpf_get_current_ancestor_cgroup_id`, helper 123.
    @inline(__always)
    public static func getCurrentAncestorCgroupId(_ ancestorLevel: Int32) -> UInt64 {
        helper(123, as: (@convention(c) (Int32) -> UInt64).self)(ancestorLevel)
    }

    /// `bpf_get_retval`, helper 186.
    @inline(__always) @discardableResult
    public static func getRetval() -> Int32 {
        helper(186, as: (@convention(c) () -> Int32).self)()
    }

    /// `bpf_set_retval`, helper 187.
    @inline(__always) @discardableResult
    public static func setRetval(_ retval: Int32) -> Int32 {
        helper(187, as: (@convention(c) (Int32) -> Int32).self)(retval)
    }
}
