// Written by Scripts/generate-helper-calls.

/// Security modules, and programs that call bpf(2).
extension Helpers {
    /// `bpf_rc_repeat`, helper 77.
    @inline(__always) @discardableResult
    public static func rcRepeat(_ ctx: UnsafeRawPointer?) -> Int {
        helper(77, as: (@convention(c) (UnsafeRawPointer?) -> Int).self)(ctx)
    }

    /// `bpf_rc_keydown`, helper 78.
    @inline(__always) @discardableResult
    public static func rcKeydown(
        _ ctx: UnsafeRawPointer?, _ `protocol`: UInt32, _ scancode: UInt64, _ toggle: UInt32
    ) -> Int {
        helper(78, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt64, UInt32) -> Int).self)(
            ctx, `protocol`, scancode, toggle)
    }

    /// `bpf_rc_pointer_rel`, helper 92.
    @inline(__always) @discardableResult
    public static func rcPointerRel(_ ctx: UnsafeRawPointer?, _ relX: Int32, _ relY: Int32) -> Int {
        helper(92, as: (@convention(c) (UnsafeRawPointer?, Int32, Int32) -> Int).self)(
            ctx, relX, relY)
    }

    /// `bpf_bprm_opts_set`, helper 159.
    @inline(__always) @discardableResult
    public static func bprmOptsSet(_ bprm: UnsafeMutableRawPointer?, _ flags: UInt64) -> Int {
        helper(159, as: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> Int).self)(
            bprm, flags)
    }

    /// `bpf_ima_inode_hash`, helper 161.
    @inline(__always) @discardableResult
    public static func imaInodeHash(
        _ inode: UnsafeMutableRawPointer?, _ dst: UnsafeMutableRawPointer?, _ size: UInt32
    ) -> Int {
        helper(
            161,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(inode, dst, size)
    }

    /// `bpf_sys_bpf`, helper 166.
    @inline(__always) @discardableResult
    public static func sysBpf(_ cmd: UInt32, _ attr: UnsafeRawPointer?, _ attrSize: UInt32) -> Int {
        helper(166, as: (@convention(c) (UInt32, UnsafeRawPointer?, UInt32) -> Int).self)(
            cmd, attr, attrSize)
    }

    /// `bpf_btf_find_by_name_kind`, helper 167.
    @inline(__always) @discardableResult
    public static func btfFindByNameKind(
        _ name: UnsafeRawPointer?, _ nameSz: Int32, _ kind: UInt32, _ flags: Int32
    ) -> Int {
        helper(167, as: (@convention(c) (UnsafeRawPointer?, Int32, UInt32, Int32) -> Int).self)(
            name, nameSz, kind, flags)
    }

    /// `bpf_sys_close`, helper 168.
    @inline(__always) @discardableResult
    public static func sysClose(_ fd: UInt32) -> Int {
        helper(168, as: (@convention(c) (UInt32) -> Int).self)(fd)
    }

    /// `bpf_kallsyms_lookup_name`, helper 179.
    @inline(__always) @discardableResult
    public static func kallsymsLookupName(
        _ name: UnsafeRawPointer?, _ nameSz: Int32, _ flags: Int32, _ res: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            179,
            as: (@convention(c) (
                UnsafeRawPointer?, Int32, Int32, UnsafeMutableRawPointer?
            ) -> Int).self
        )(name, nameSz, flags, res)
    }

    /// `bpf_ima_file_hash`, helper 193.
    @inline(__always) @discardableResult
    public static func imaFileHash(
        _ file: UnsafeMutableRawPointer?, _ dst: UnsafeMutableRawPointer?, _ size: UInt32
    ) -> Int {
        helper(
            193,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(file, dst, size)
    }
}
