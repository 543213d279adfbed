/// A pointer to an object of the kernel. Its fields are read where the running kernel has them.
///
/// ```swift
/// let parent = KernelPointer<Task>.current
///     .field("task_struct.real_parent", as: KernelPointer<Task>.self)
///     .field("task_struct.tgid", as: UInt32.self)
/// ```
public struct KernelPointer<Object>: BitwiseCopyable {
    /// The address.
    public let address: UInt

    /// A pointer to an address of the kernel's memory.
    @inline(__always)
    public init(address: UInt) { self.address = address }

    /// Whether it points to nothing.
    @inline(__always)
    public var isNil: Bool { address == 0 }

    /// Reads a field: `"struct.member"`, or deeper, as a literal. What cannot be read is zero.
    @inline(__always)
    public func field<Value: BitwiseCopyable>(
        _ path: StaticString, as type: Value.Type = Value.self
    ) -> Value {
        read(at: KernelTypes.offset(of: path))
    }

    @inline(__always) @usableFromInline
    func read<Value: BitwiseCopyable>(at offset: Int) -> Value {
        // The kernel fills what it cannot read with zeros.
        withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { room in
            let place = room.baseAddress.unsafelyUnwrapped
            _ = Helpers.probeReadKernel(
                place, UInt32(truncatingIfNeeded: MemoryLayout<Value>.size),
                address &+ UInt(bitPattern: offset))
            return place.pointee
        }
    }
}

/// A thread or process of the kernel (`struct task_struct`).
public enum Task {}

extension KernelPointer<Task> {
    /// The thread that runs.
    @inline(__always)
    public static var current: Self { Self(address: UInt(Helpers.getCurrentTask())) }
}

/// Questions about the types of the running kernel, answered when the program is loaded (CO-RE).
public enum KernelTypes {
    /// Where a field is, in bytes: `"task_struct.tgid"`.
    @inline(__always)
    public static func offset(of path: StaticString) -> Int { coreOffset(path.utf8Start) }

    /// Whether there is such a field.
    @inline(__always)
    public static func exists(_ path: StaticString) -> Bool { coreExists(path.utf8Start) != 0 }

    /// How many bytes a field has.
    @inline(__always)
    public static func size(of path: StaticString) -> Int { coreSize(path.utf8Start) }

    /// The value of an enumerator: `"bpf_map_type.BPF_MAP_TYPE_HASH"`.
    @inline(__always)
    public static func enumerator(_ path: StaticString) -> Int { coreEnumerator(path.utf8Start) }
}
