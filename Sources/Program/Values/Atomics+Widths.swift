import Builtin

// The same for each width: the compiler's own operations are not generic.

extension UInt64: AtomicNumber {
    @inline(__always)
    public static func atomicAdd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) {
        _ = Builtin.atomicrmw_add_monotonic_Int64(place._rawValue, operand._value)
    }

    @inline(__always)
    public static func atomicFetchAdd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_add_seqcst_Int64(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicFetchAnd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_and_seqcst_Int64(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicFetchOr(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self {
        Self(Builtin.atomicrmw_or_seqcst_Int64(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicFetchXor(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_xor_seqcst_Int64(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicExchange(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_xchg_seqcst_Int64(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicCompareExchange(
        _ place: UnsafeMutablePointer<Self>, _ expected: Self, _ operand: Self
    ) -> Self {
        Self(
            Builtin.cmpxchg_seqcst_seqcst_Int64(
                place._rawValue, expected._value, operand._value
            ).0)
    }
}

extension UInt32: AtomicNumber {
    @inline(__always)
    public static func atomicAdd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) {
        _ = Builtin.atomicrmw_add_monotonic_Int32(place._rawValue, operand._value)
    }

    @inline(__always)
    public static func atomicFetchAdd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_add_seqcst_Int32(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicFetchAnd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_and_seqcst_Int32(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicFetchOr(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self {
        Self(Builtin.atomicrmw_or_seqcst_Int32(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicFetchXor(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_xor_seqcst_Int32(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicExchange(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    {
        Self(Builtin.atomicrmw_xchg_seqcst_Int32(place._rawValue, operand._value))
    }

    @inline(__always)
    public static func atomicCompareExchange(
        _ place: UnsafeMutablePointer<Self>, _ expected: Self, _ operand: Self
    ) -> Self {
        Self(
            Builtin.cmpxchg_seqcst_seqcst_Int32(
                place._rawValue, expected._value, operand._value
            ).0)
    }
}
