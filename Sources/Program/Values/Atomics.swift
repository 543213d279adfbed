/// Numbers that the kernel's machine changes in one step.
public protocol AtomicNumber: FixedWidthInteger, BitwiseCopyable {
    /// `lock *place += operand`
    static func atomicAdd(_ place: UnsafeMutablePointer<Self>, _ operand: Self)
    /// The old value of `lock *place += operand`.
    static func atomicFetchAdd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    /// The old value of `lock *place &= operand`.
    static func atomicFetchAnd(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    /// The old value of `lock *place |= operand`.
    static func atomicFetchOr(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    /// The old value of `lock *place ^= operand`.
    static func atomicFetchXor(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    /// The old value, after another was put there.
    static func atomicExchange(_ place: UnsafeMutablePointer<Self>, _ operand: Self) -> Self
    /// The old value, after another was put there if it was as expected.
    static func atomicCompareExchange(
        _ place: UnsafeMutablePointer<Self>, _ expected: Self, _ operand: Self
    ) -> Self
}

extension UnsafeMutablePointer where Pointee: AtomicNumber {
    /// Adds without losing what others add at the same time.
    @inline(__always)
    public func atomicAdd(_ number: Pointee) { Pointee.atomicAdd(self, number) }

    /// Adds; returns the value before (Linux 5.12).
    @inline(__always)
    public func atomicFetchAdd(_ number: Pointee) -> Pointee {
        Pointee.atomicFetchAdd(self, number)
    }

    /// Keeps the bits of `number`; returns the value before (Linux 5.12).
    @inline(__always) @discardableResult
    public func atomicAnd(_ number: Pointee) -> Pointee { Pointee.atomicFetchAnd(self, number) }

    /// Sets the bits of `number`; returns the value before (Linux 5.12).
    @inline(__always) @discardableResult
    public func atomicOr(_ number: Pointee) -> Pointee { Pointee.atomicFetchOr(self, number) }

    /// Turns the bits of `number` over; returns the value before (Linux 5.12).
    @inline(__always) @discardableResult
    public func atomicXor(_ number: Pointee) -> Pointee { Pointee.atomicFetchXor(self, number) }

    /// Puts a value there; returns the one before (Linux 5.12).
    @inline(__always) @discardableResult
    public func atomicExchange(_ number: Pointee) -> Pointee {
        Pointee.atomicExchange(self, number)
    }

    /// Puts a value there if the one before is as expected; returns the one before (Linux 5.12).
    @inline(__always) @discardableResult
    public func atomicCompareExchange(expected: Pointee, with number: Pointee) -> Pointee {
        Pointee.atomicCompareExchange(self, expected, number)
    }
}
