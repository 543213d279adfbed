/// An option that a process sets or reads, at a control group (`struct bpf_sockopt`).
public struct SocketOptionContext: PacketContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// Whose option it is: `SOL_SOCKET` is 1, `IPPROTO_TCP` 6.
    @inline(__always)
    public var level: Int32 {
        get { load(24) }
        nonmutating set { store(newValue, at: 24) }
    }

    /// Which option it is.
    @inline(__always)
    public var name: Int32 {
        get { load(28) }
        nonmutating set { store(newValue, at: 28) }
    }

    /// How long its value is.
    @inline(__always)
    public var byteCount: Int32 {
        get { load(32) }
        nonmutating set { store(newValue, at: 32) }
    }

    /// What the process gets: 0, or an error number below 0.
    @inline(__always)
    public var result: Int32 {
        get { load(36) }
        nonmutating set { store(newValue, at: 36) }
    }

    /// The first byte in reach.
    @inline(__always)
    public var dataStart: UnsafeMutableRawPointer { widePointer(8) }

    /// The byte after the last one in reach.
    @inline(__always)
    public var dataEnd: UnsafeMutableRawPointer { widePointer(16) }
}
