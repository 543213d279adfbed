// Written by Scripts/generate-helper-calls.

/// Who and where: tasks, users, CPUs, signals.
extension Helpers {
    /// `bpf_get_smp_processor_id`, helper 8.
    @inline(__always)
    public static func getSmpProcessorId() -> UInt32 {
        helper(8, as: (@convention(c) () -> UInt32).self)()
    }

    /// `bpf_get_current_pid_tgid`, helper 14.
    @inline(__always)
    public static func getCurrentPidTgid() -> UInt64 {
        helper(14, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_get_current_uid_gid`, helper 15.
    @inline(__always)
    public static func getCurrentUidGid() -> UInt64 {
        helper(15, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_get_current_comm`, helper 16.
    @inline(__always) @discardableResult
    public static func getCurrentComm(_ buf: UnsafeMutableRawPointer?, _ sizeOfBuf: UInt32) -> Int {
        helper(16, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32) -> Int).self)(
            buf, sizeOfBuf)
    }

    /// `bpf_get_current_task`, helper 35.
    @inline(__always)
    public static func getCurrentTask() -> UInt64 {
        helper(35, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_get_numa_node_id`, helper 42.
    @inline(__always) @discardableResult
    public static func getNumaNodeId() -> Int {
        helper(42, as: (@convention(c) () -> Int).self)()
    }

    /// `bpf_send_signal`, helper 109.
    @inline(__always) @discardableResult
    public static func sendSignal(_ sig: UInt32) -> Int {
        helper(109, as: (@convention(c) (UInt32) -> Int).self)(sig)
    }

    /// `bpf_send_signal_thread`, helper 117.
    @inline(__always) @discardableResult
    public static func sendSignalThread(_ sig: UInt32) -> Int {
        helper(117, as: (@convention(c) (UInt32) -> Int).self)(sig)
    }

    /// `bpf_get_ns_current_pid_tgid`, helper 120.
    @inline(__always) @discardableResult
    public static func getNsCurrentPidTgid(
        _ dev: UInt64, _ ino: UInt64, _ nsdata: UnsafeMutableRawPointer?, _ size: UInt32
    ) -> Int {
        helper(
            120,
            as: (@convention(c) (
                UInt64, UInt64, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(dev, ino, nsdata, size)
    }

    /// `bpf_get_current_task_btf`, helper 158.
    @inline(__always)
    public static func getCurrentTaskBtf() -> UnsafeMutableRawPointer? {
        helper(158, as: (@convention(c) () -> UnsafeMutableRawPointer?).self)()
    }
}
