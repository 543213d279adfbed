// Written by Scripts/generate-helper-calls.

/// Memory, registers, stacks and counters of what is traced.
extension Helpers {
    /// `bpf_probe_read`, helper 4.
    @inline(__always) @discardableResult
    public static func probeRead(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafePtr: UInt
    ) -> Int {
        helper(4, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, unsafePtr)
    }

    /// `bpf_perf_event_read`, helper 22.
    @inline(__always)
    public static func perfEventRead(_ map: UnsafeRawPointer?, _ flags: UInt64) -> UInt64 {
        helper(22, as: (@convention(c) (UnsafeRawPointer?, UInt64) -> UInt64).self)(map, flags)
    }

    /// `bpf_perf_event_output`, helper 25.
    @inline(__always) @discardableResult
    public static func perfEventOutput(
        _ ctx: UnsafeRawPointer?,
        _ map: UnsafeRawPointer?,
        _ flags: UInt64,
        _ data: UnsafeRawPointer?,
        _ size: UInt64
    ) -> Int {
        helper(
            25,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt64, UnsafeRawPointer?, UInt64
            ) -> Int).self
        )(ctx, map, flags, data, size)
    }

    /// `bpf_get_stackid`, helper 27.
    @inline(__always) @discardableResult
    public static func getStackid(
        _ ctx: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64
    ) -> Int {
        helper(27, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, UInt64) -> Int).self)(
            ctx, map, flags)
    }

    /// `bpf_probe_write_user`, helper 36.
    @inline(__always) @discardableResult
    public static func probeWriteUser(_ dst: UInt, _ src: UnsafeRawPointer?, _ len: UInt32) -> Int {
        helper(36, as: (@convention(c) (UInt, UnsafeRawPointer?, UInt32) -> Int).self)(
            dst, src, len)
    }

    /// `bpf_probe_read_str`, helper 45.
    @inline(__always) @discardableResult
    public static func probeReadStr(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafePtr: UInt
    ) -> Int {
        helper(45, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, unsafePtr)
    }

    /// `bpf_perf_event_read_value`, helper 55.
    @inline(__always) @discardableResult
    public static func perfEventReadValue(
        _ map: UnsafeRawPointer?,
        _ flags: UInt64,
        _ buf: UnsafeMutableRawPointer?,
        _ bufSize: UInt32
    ) -> Int {
        helper(
            55,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt64, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(map, flags, buf, bufSize)
    }

    /// `bpf_perf_prog_read_value`, helper 56.
    @inline(__always) @discardableResult
    public static func perfProgReadValue(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ bufSize: UInt32
    ) -> Int {
        helper(
            56,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(ctx, buf, bufSize)
    }

    /// `bpf_override_return`, helper 58.
    @inline(__always) @discardableResult
    public static func overrideReturn(_ regs: UnsafeRawPointer?, _ rc: UInt64) -> Int {
        helper(58, as: (@convention(c) (UnsafeRawPointer?, UInt64) -> Int).self)(regs, rc)
    }

    /// `bpf_get_stack`, helper 67.
    @inline(__always) @discardableResult
    public static func getStack(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            67,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(ctx, buf, size, flags)
    }

    /// `bpf_skb_output`, helper 111.
    @inline(__always) @discardableResult
    public static func skbOutput(
        _ ctx: UnsafeMutableRawPointer?,
        _ map: UnsafeRawPointer?,
        _ flags: UInt64,
        _ data: UnsafeRawPointer?,
        _ size: UInt64
    ) -> Int {
        helper(
            111,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt64, UnsafeRawPointer?, UInt64
            ) -> Int).self
        )(ctx, map, flags, data, size)
    }

    /// `bpf_probe_read_user`, helper 112.
    @inline(__always) @discardableResult
    public static func probeReadUser(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafePtr: UInt
    ) -> Int {
        helper(112, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, unsafePtr)
    }

    /// `bpf_probe_read_kernel`, helper 113.
    @inline(__always) @discardableResult
    public static func probeReadKernel(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafePtr: UInt
    ) -> Int {
        helper(113, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, unsafePtr)
    }

    /// `bpf_probe_read_user_str`, helper 114.
    @inline(__always) @discardableResult
    public static func probeReadUserStr(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafePtr: UInt
    ) -> Int {
        helper(114, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, unsafePtr)
    }

    /// `bpf_probe_read_kernel_str`, helper 115.
    @inline(__always) @discardableResult
    public static func probeReadKernelStr(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafePtr: UInt
    ) -> Int {
        helper(115, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, unsafePtr)
    }

    /// `bpf_read_branch_records`, helper 119.
    @inline(__always) @discardableResult
    public static func readBranchRecords(
        _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            119,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(ctx, buf, size, flags)
    }

    /// `bpf_xdp_output`, helper 121.
    @inline(__always) @discardableResult
    public static func xdpOutput(
        _ ctx: UnsafeMutableRawPointer?,
        _ map: UnsafeRawPointer?,
        _ flags: UInt64,
        _ data: UnsafeRawPointer?,
        _ size: UInt64
    ) -> Int {
        helper(
            121,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt64, UnsafeRawPointer?, UInt64
            ) -> Int).self
        )(ctx, map, flags, data, size)
    }

    /// `bpf_get_task_stack`, helper 141.
    @inline(__always) @discardableResult
    public static func getTaskStack(
        _ task: UnsafeMutableRawPointer?,
        _ buf: UnsafeMutableRawPointer?,
        _ size: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            141,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(task, buf, size, flags)
    }

    /// `bpf_copy_from_user`, helper 148.
    @inline(__always) @discardableResult
    public static func copyFromUser(
        _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ userPtr: UInt
    ) -> Int {
        helper(148, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt) -> Int).self)(
            dst, size, userPtr)
    }

    /// `bpf_get_func_ip`, helper 173.
    @inline(__always)
    public static func getFuncIp(_ ctx: UnsafeRawPointer?) -> UInt64 {
        helper(173, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(ctx)
    }

    /// `bpf_get_attach_cookie`, helper 174.
    @inline(__always)
    public static func getAttachCookie(_ ctx: UnsafeRawPointer?) -> UInt64 {
        helper(174, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(ctx)
    }

    /// `bpf_task_pt_regs`, helper 175.
    @inline(__always) @discardableResult
    public static func taskPtRegs(_ task: UnsafeMutableRawPointer?) -> Int {
        helper(175, as: (@convention(c) (UnsafeMutableRawPointer?) -> Int).self)(task)
    }

    /// `bpf_get_branch_snapshot`, helper 176.
    @inline(__always) @discardableResult
    public static func getBranchSnapshot(
        _ entries: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
    ) -> Int {
        helper(176, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt64) -> Int).self)(
            entries, size, flags)
    }

    /// `bpf_find_vma`, helper 180.
    @inline(__always) @discardableResult
    public static func findVma(
        _ task: UnsafeMutableRawPointer?,
        _ addr: UInt64,
        _ callbackFn: UnsafeMutableRawPointer?,
        _ callbackCtx: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            180,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UInt64, UnsafeMutableRawPointer?,
                UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(task, addr, callbackFn, callbackCtx, flags)
    }

    /// `bpf_get_func_arg`, helper 183.
    @inline(__always) @discardableResult
    public static func getFuncArg(
        _ ctx: UnsafeRawPointer?, _ n: UInt32, _ value: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            183,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeMutableRawPointer?
            ) -> Int).self
        )(ctx, n, value)
    }

    /// `bpf_get_func_ret`, helper 184.
    @inline(__always) @discardableResult
    public static func getFuncRet(
        _ ctx: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?
    ) -> Int {
        helper(184, as: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int).self)(
            ctx, value)
    }

    /// `bpf_get_func_arg_cnt`, helper 185.
    @inline(__always) @discardableResult
    public static func getFuncArgCnt(_ ctx: UnsafeRawPointer?) -> Int {
        helper(185, as: (@convention(c) (UnsafeRawPointer?) -> Int).self)(ctx)
    }

    /// `bpf_copy_from_user_task`, helper 191.
    @inline(__always) @discardableResult
    public static func copyFromUserTask(
        _ dst: UnsafeMutableRawPointer?,
        _ size: UInt32,
        _ userPtr: UInt,
        _ tsk: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            191,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UInt32, UInt, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(dst, size, userPtr, tsk, flags)
    }
}
