import EBPFBytecode

/// The registers of a running program.
@safe
struct RegisterFile {
    private let words: UnsafeMutablePointer<UInt64>

    /// - Precondition: `words` points to at least sixteen initialised words.
    @unsafe
    init(words: UnsafeMutablePointer<UInt64>) { unsafe self.words = words }

    subscript(register: Register) -> UInt64 {
        // SAFETY: a register's number is at most 10; `init` requires sixteen words.
        @inline(__always)
        get { unsafe words[Int(register.rawValue)] }
        @inline(__always)
        nonmutating set { unsafe words[Int(register.rawValue)] = newValue }
    }

    /// A register by its number, which must be one.
    ///
    /// - Precondition: `number` is at most 10: it comes from `Fusion`, which takes it from a register.
    subscript(number number: UInt8) -> UInt64 {
        // SAFETY: the precondition; `& 15` keeps even a broken promise inside the bank's padding.
        @inline(__always)
        get { unsafe words[Int(number & 15)] }
        @inline(__always)
        nonmutating set { unsafe words[Int(number & 15)] = newValue }
    }

    /// The low half of a register. Writing it clears the high half, as the ISA demands.
    subscript(low register: Register) -> UInt32 {
        @inline(__always)
        get { UInt32(truncatingIfNeeded: self[register]) }
        @inline(__always)
        nonmutating set { self[register] = UInt64(newValue) }
    }

    subscript(signed register: Register) -> Int64 {
        @inline(__always)
        get { Int64(bitPattern: self[register]) }
        @inline(__always)
        nonmutating set { self[register] = UInt64(bitPattern: newValue) }
    }

    subscript(lowSigned register: Register) -> Int32 {
        @inline(__always)
        get { Int32(truncatingIfNeeded: self[register]) }
        @inline(__always)
        nonmutating set { self[low: register] = UInt32(bitPattern: newValue) }
    }
}
