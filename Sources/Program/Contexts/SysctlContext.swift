/// A setting of the kernel that a process reads or writes, at a control group
/// (`struct bpf_sysctl`).
public struct SysctlContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// Whether it is written.
    @inline(__always)
    public var isWrite: Bool { load(0, as: UInt32.self) != 0 }

    /// Where in the file.
    @inline(__always)
    public var position: UInt32 {
        get { load(4) }
        nonmutating set { store(newValue, at: 4) }
    }

    /// The name of the setting, as in `net/ipv4/tcp_mem` (`bpf_sysctl_get_name`).
    @inline(__always)
    public func readName<let capacity: Int>(into name: inout FixedString<capacity>) -> Bool {
        withUnsafeMutablePointer(to: &name) {
            Helpers.sysctlGetName(pointer, $0, UInt(capacity), 0)
        } >= 0
    }
}
