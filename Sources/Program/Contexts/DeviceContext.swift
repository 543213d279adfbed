/// A device file that a process opens, at a control group (`struct bpf_cgroup_dev_ctx`).
public struct DeviceContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// What is asked: the kind of device in the lower half (1 block, 2 character), in the upper one
    /// the rights (1 make, 2 read, 4 write).
    @inline(__always)
    public var accessType: UInt32 { load(0) }

    /// The major number.
    @inline(__always)
    public var major: UInt32 { load(4) }

    /// The minor number.
    @inline(__always)
    public var minor: UInt32 { load(8) }
}
