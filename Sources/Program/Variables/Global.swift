import Builtin

/// A variable that programs and the application share.
@_rawLayout(like: Value)
public struct Global<Value: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    @inline(__always) @usableFromInline
    var own: UnsafeMutablePointer<Value> {
        UnsafeMutablePointer<Value>(Builtin.unprotectedAddressOfBorrow(self))
    }

    @inline(__always) @usableFromInline
    var address: UnsafeMutablePointer<Value> {
        #if EBPF_KERNEL
        own
        #else
        NativeWorld.variable(own)
        #endif
    }

    /// A variable with a value to begin with.
    @inline(__always)
    public init(_ value: Value) { own.initialize(to: value) }

    /// The value. Programs run at the same time: count with ``atomicAdd(_:)``.
    @inline(__always)
    public var value: Value {
        get { address.pointee }
        nonmutating _modify { yield &address.pointee }
    }
}

extension Global where Value: AtomicNumber {
    /// Adds without losing what others add at the same time.
    @inline(__always)
    public func atomicAdd(_ number: Value) { address.atomicAdd(number) }

    /// The variable in memory, for all atomic operations.
    @inline(__always)
    public var atomic: UnsafeMutablePointer<Value> { address }
}
