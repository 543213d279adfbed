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

    /// A pointer to a field that is an object itself: `"task_struct.thread_info"`.
    @inline(__always)
    public func inner<Part>(
        _ path: StaticString, as _: Part.Type = Part.self
    ) -> KernelPointer<Part> {
        KernelPointer<Part>(address: address &+ UInt(bitPattern: KernelTypes.offset(of: path)))
    }

    /// Reads a field that is text, such as `"task_struct.comm"`; returns whether it could be read.
    @inline(__always) @discardableResult
    public func read<let capacity: Int>(
        _ path: StaticString, into text: inout FixedString<capacity>
    ) -> Bool {
        text.readKernelString(at: address &+ UInt(bitPattern: KernelTypes.offset(of: path)))
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
