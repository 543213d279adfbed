import Builtin

extension UnsafeMutablePointer where Pointee == UInt64 {
    /// Adds without losing what others add at the same time.
    @inline(__always)
    public func atomicAdd(_ number: UInt64) {
        _ = Builtin.atomicrmw_add_monotonic_Int64(_rawValue, number._value)
    }
}

extension UnsafeMutablePointer where Pointee == UInt32 {
    /// Adds without losing what others add at the same time.
    @inline(__always)
    public func atomicAdd(_ number: UInt32) {
        _ = Builtin.atomicrmw_add_monotonic_Int32(_rawValue, number._value)
    }
}
