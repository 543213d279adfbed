import Builtin

// A member of a struct in a map is counted in place: `flow.pointee.packets.atomicAdd(1)`. It has to
// be in shared memory itself (behind a pointer, in a `Global`); adding to a copy is only adding.

extension UInt64 {
    /// Adds, in place, without losing what others add at the same time.
    @inline(__always)
    public mutating func atomicAdd(_ number: UInt64) {
        _ = Builtin.atomicrmw_add_monotonic_Int64(Builtin.addressof(&self), number._value)
    }
}

extension UInt32 {
    /// Adds, in place, without losing what others add at the same time.
    @inline(__always)
    public mutating func atomicAdd(_ number: UInt32) {
        _ = Builtin.atomicrmw_add_monotonic_Int32(Builtin.addressof(&self), number._value)
    }
}
