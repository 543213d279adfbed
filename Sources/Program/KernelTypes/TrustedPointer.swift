/// A pointer to an object of the kernel that the verifier knows: helpers and kernel functions take
/// it, and its fields can be read as plain memory.
public struct TrustedPointer<Object>: BitwiseCopyable {
    /// The pointer itself.
    public let raw: UnsafeMutableRawPointer

    /// A pointer that the kernel gave.
    @inline(__always)
    public init(_ raw: UnsafeMutableRawPointer) { self.raw = raw }

    /// A field, read as plain memory: `"task_struct.tgid"`.
    @inline(__always)
    public func field<Value: BitwiseCopyable>(
        _ path: StaticString, as _: Value.Type = Value.self
    ) -> Value {
        (raw + KernelTypes.offset(of: path)).assumingMemoryBound(to: Value.self).pointee
    }

    /// The same address, for reads that may fail.
    @inline(__always)
    public var untrusted: KernelPointer<Object> {
        KernelPointer(address: UInt(bitPattern: raw))
    }
}

extension TrustedPointer<Task> {
    /// The thread that runs (`bpf_get_current_task_btf`, Linux 5.11).
    @inline(__always)
    public static var current: Self { Self(Helpers.getCurrentTaskBtf().unsafelyUnwrapped) }
}

/// A socket (`struct bpf_sock`, `struct sock`).
public enum Socket {}

/// A file on disk (`struct inode`).
public enum Inode {}

/// A control group (`struct cgroup`).
public enum Cgroup {}
