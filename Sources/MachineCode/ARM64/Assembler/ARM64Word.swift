import EBPFBytecode

/// One instruction being put together, from the bits that its form fixes and the fields that the
/// Arm ARM draws for it (DDI 0487, chapter C6.2).
///
/// A field that cannot hold what it is given makes the word invalid; the assembler reports it.
struct ARM64Word {
    /// The instruction as far as it is known.
    private(set) var bits: UInt32
    /// What does not fit, if anything.
    private(set) var problem: ARM64AssemblyError.Reason?

    /// The fixed bits of a form.
    @inline(__always)
    init(_ bits: UInt32) {
        self.bits = bits
    }

    /// The fixed bits of a form, and the width in bit 31, `sf`.
    @inline(__always)
    init(_ bits: UInt32, _ width: Width) {
        self.bits = width == .doubleWord ? bits | 1 << 31 : bits
    }

    /// A word that cannot be completed.
    static func invalid(_ reason: ARM64AssemblyError.Reason) -> ARM64Word {
        var word = ARM64Word(0)
        word.problem = reason
        return word
    }

    // MARK: Registers

    /// The destination, `Rd`.
    func rd(_ register: ARM64Register) -> ARM64Word { general(register, at: 0) }
    /// The first source, `Rn`.
    func rn(_ register: ARM64Register) -> ARM64Word { general(register, at: 5) }
    /// The second source, `Rm`.
    func rm(_ register: ARM64Register) -> ARM64Word { general(register, at: 16) }
    /// The third source, `Ra`, or the second transferred register, `Rt2`.
    func ra(_ register: ARM64Register) -> ARM64Word { general(register, at: 10) }
    /// The transferred register, `Rt`.
    func rt(_ register: ARM64Register) -> ARM64Word { general(register, at: 0) }
    /// The operand of an atomic operation, `Rs`.
    func rs(_ register: ARM64Register) -> ARM64Word { general(register, at: 16) }

    /// A destination that may be the stack pointer and not the zero register.
    func rdOrSP(_ register: ARM64Register) -> ARM64Word { address(register, at: 0) }
    /// A source, or a base address, that may be the stack pointer and not the zero register.
    func rnOrSP(_ register: ARM64Register) -> ARM64Word { address(register, at: 5) }

    @inline(__always)
    private func general(_ register: ARM64Register, at position: UInt32) -> ARM64Word {
        var word = self
        word.bits |= register.number << position
        if register == .sp { word.reject(.register(register)) }
        return word
    }

    @inline(__always)
    private func address(_ register: ARM64Register, at position: UInt32) -> ARM64Word {
        var word = self
        word.bits |= register.number << position
        if register == .zero { word.reject(.register(register)) }
        return word
    }

    // MARK: Numbers

    /// A field of so many bits, from bit `position` upwards.
    @inline(__always)
    func unsigned(_ value: Int, _ bitCount: Int, at position: UInt32) -> ARM64Word {
        var word = self
        word.bits |= UInt32(truncatingIfNeeded: value) << position
        guard value >= 0, value < 1 << bitCount else {
            word.bits = bits
            word.reject(.number(Int64(value)))
            return word
        }
        return word
    }

    /// A two's complement field of so many bits.
    @inline(__always)
    func signed(_ value: Int, _ bitCount: Int, at position: UInt32) -> ARM64Word {
        let limit = 1 << (bitCount - 1)
        guard value >= -limit, value < limit else {
            var word = self
            word.reject(.number(Int64(value)))
            return word
        }
        return unsigned(value & (limit << 1 - 1), bitCount, at: position)
    }

    /// Further fixed bits, for instance those of an enumeration's case.
    @inline(__always)
    func with(_ more: UInt32) -> ARM64Word {
        var word = self
        word.bits |= more
        return word
    }

    private mutating func reject(_ reason: ARM64AssemblyError.Reason) {
        if problem == nil { problem = reason }
    }
}
