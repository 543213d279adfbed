/// The process that runs when a program is called.
public enum Process {
    /// Its number (`tgid`, what applications call pid).
    @inline(__always)
    public static var id: UInt32 {
        UInt32(truncatingIfNeeded: Helpers.getCurrentPidTgid() >> 32)
    }

    /// The number of its thread (`pid` in the kernel's words).
    @inline(__always)
    public static var thread: UInt32 { UInt32(truncatingIfNeeded: Helpers.getCurrentPidTgid()) }

    /// The number of its user.
    @inline(__always)
    public static var user: UInt32 { UInt32(truncatingIfNeeded: Helpers.getCurrentUidGid()) }

    /// The number of its group.
    @inline(__always)
    public static var group: UInt32 {
        UInt32(truncatingIfNeeded: Helpers.getCurrentUidGid() >> 32)
    }

    /// The number of its control group (`bpf_get_current_cgroup_id`, Linux 4.18).
    @inline(__always)
    public static var controlGroup: UInt64 { Helpers.getCurrentCgroupId() }

    /// The name of the program that its thread runs (`bpf_get_current_comm`).
    @inline(__always)
    public static var command: FixedString<16> {
        var command = FixedString<16>()
        command.readCurrentCommand()
        return command
    }

    /// Sends it a signal (`bpf_send_signal`, Linux 5.3); returns whether that was possible.
    @inline(__always) @discardableResult
    public static func signal(_ number: UInt32) -> Bool { Helpers.sendSignal(number) == 0 }
}
