import Builtin

/// A value that the application sets before the program is loaded; the verifier knows it.
@_rawLayout(like: Value)
public struct Config<Value: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    @inline(__always) @usableFromInline
    var own: UnsafeMutablePointer<Value> {
        UnsafeMutablePointer<Value>(Builtin.unprotectedAddressOfBorrow(self))
    }

    /// The value, unless the application sets another.
    @inline(__always)
    public init(_ value: Value) { own.initialize(to: value) }

    /// The value.
    @inline(__always)
    public var value: Value {
        #if EBPF_KERNEL
        own.pointee
        #else
        NativeWorld.variable(own).pointee
        #endif
    }
}
