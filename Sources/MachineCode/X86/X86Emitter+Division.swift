import EBPFBytecode

/// Division, which never traps in eBPF (RFC 9669, section 4.1): by zero, the quotient is zero and the
/// remainder the dividend; the least number divided by -1 is itself.
extension X86Emitter {
    mutating func emitDivision(
        _ operation: Arithmetic, _ width: Width, _ register: Register, _ source: Source,
        _ step: Step
    ) {
        let live = step.live
        let facts = analysis.divisions[step.slot]
        let isQuotient = operation == .divide || operation == .divideSigned
        let isSigned = operation == .divideSigned || operation == .moduloSigned
        var width = width
        if !isSigned, facts?.isNarrow == true || known.isNarrow(register) && known.isNarrow(source)
        {
            width = .word
        }
        switch source {
        case .immediate(let divisor):
            if emitSimpleDivision(
                by: divisor, isQuotient: isQuotient, isSigned: isSigned, width, register.x86)
            {
                return
            }
            let constant =
                width == .word && !isSigned
                ? UInt64(UInt32(bitPattern: divisor)) : UInt64(bitPattern: Int64(divisor))
            code.move(X86Registers.scratch, constant: constant)
            emitHardwareDivision(
                by: X86Registers.scratch, isQuotient, isSigned, width, register.x86, live: live)
        case .register(let divisor):
            var place = divisor.x86
            if divisor == .r10 {
                place = X86Registers.scratch
                code.load(.doubleWord, place, frame.frameAddress)
            } else if place == .rax || place == .rdx {
                place = X86Registers.scratch
                code.move(width, place, divisor.x86)
            }
            if facts?.hasDivisor == true {
                return emitHardwareDivision(
                    by: place, isQuotient, isSigned, width, register.x86, live: live)
            }
            emitGuardedDivision(by: place, isQuotient, isSigned, width, register.x86, live: live)
        }
    }

    /// Divisors that need no division; `false` if this is none.
    private mutating func emitSimpleDivision(
        by divisor: Int32, isQuotient: Bool, isSigned: Bool, _ width: Width, _ target: X86Register
    ) -> Bool {
        switch (divisor, isQuotient) {
        case (0, true): code.clear(target)
        case (0, false): if width == .word { code.move(.word, target, target) }
        case (1, true): if width == .word { code.move(.word, target, target) }
        case (1, false): code.clear(target)
        case (-1, true) where isSigned: code.negate(width, target)
        case (-1, false) where isSigned: code.clear(target)
        case _ where !isSigned && divisor > 0 && divisor & (divisor - 1) == 0:
            if isQuotient {
                code.shift(.right, width, target, by: UInt8(divisor.trailingZeroBitCount))
            } else {
                code.apply(.and, .word, target, divisor - 1)
            }
        case _ where !isSigned && width == .word:
            return emitReciprocal(UInt32(bitPattern: divisor), isQuotient, target)
        default: return false
        }
        return true
    }

    /// A 32-bit division as a product with 2ᵖ / divisor, rounded up, where that is exact for every
    /// dividend (Granlund and Montgomery, 1994): the error must stay below 2ᵖ⁻³².
    private mutating func emitReciprocal(
        _ divisor: UInt32, _ isQuotient: Bool, _ target: X86Register
    ) -> Bool {
        for power in UInt64(32)..<64 {
            let whole = UInt64(1) << power
            let factor = whole / UInt64(divisor) + 1
            guard factor <= UInt64(UInt32.max) else { return false }
            guard factor * UInt64(divisor) - whole <= UInt64(1) << (power - 32) else { continue }
            let scratch = X86Registers.scratch
            let product = isQuotient ? target : X86Registers.scratch2
            code.move(scratch, constant: factor)
            code.move(.word, product, target)
            code.multiply(.doubleWord, product, scratch)
            code.shift(.right, .doubleWord, product, by: UInt8(power))
            if !isQuotient {
                code.multiply(.word, product, product, Int32(bitPattern: divisor))
                code.apply(.subtract, .word, target, product)
            }
            return true
        }
        return false
    }

    /// Divides by a register other than rax and rdx, whatever it holds.
    private mutating func emitGuardedDivision(
        by divisor: X86Register, _ isQuotient: Bool, _ isSigned: Bool, _ width: Width,
        _ target: X86Register, live: RegisterSet
    ) {
        let done = code.makeLabel()
        let isNotZero = code.makeLabel()
        code.test(width, divisor, divisor)
        code.jump(if: .notEqual, isNotZero)
        if isQuotient {
            code.clear(target)
        } else if width == .word {
            code.move(.word, target, target)
        }
        code.jump(done)
        code.place(isNotZero)
        if isSigned {
            let isOrdinary = code.makeLabel()
            code.apply(.compare, width, divisor, -1)
            code.jump(if: .notEqual, isOrdinary)
            if isQuotient { code.negate(width, target) } else { code.clear(target) }
            code.jump(done)
            code.place(isOrdinary)
        }
        emitHardwareDivision(by: divisor, isQuotient, isSigned, width, target, live: live)
        code.place(done)
    }

    /// Divides by a register other than rax and rdx, which is neither zero nor, if signed, -1.
    ///
    /// Processors divide numbers of 32 bits faster, and most numbers of programs have no more.
    private mutating func emitHardwareDivision(
        by divisor: X86Register, _ isQuotient: Bool, _ isSigned: Bool, _ width: Width,
        _ target: X86Register, live: RegisterSet
    ) {
        guard width == .doubleWord, !isSigned else {
            return emitDivision(by: divisor, isQuotient, isSigned, width, target, live: live)
        }
        let (isNarrow, done) = (code.makeLabel(), code.makeLabel())
        code.move(.doubleWord, X86Registers.scratch2, target)
        code.apply(.or, .doubleWord, X86Registers.scratch2, divisor)
        code.shift(.right, .doubleWord, X86Registers.scratch2, by: 32)
        code.jump(if: .equal, isNarrow)
        emitDivision(by: divisor, isQuotient, isSigned, .doubleWord, target, live: live)
        code.jump(done)
        code.place(isNarrow)
        emitDivision(by: divisor, isQuotient, isSigned, .word, target, live: live)
        code.place(done)
    }

    private mutating func emitDivision(
        by divisor: X86Register, _ isQuotient: Bool, _ isSigned: Bool, _ width: Width,
        _ target: X86Register, live: RegisterSet
    ) {
        // The processor divides rdx:rax only: r0 and r3 step aside, if they are still needed.
        let keepsRAX = target != .rax && live.contains(.r0)
        let keepsRDX = target != .rdx && live.contains(.r3)
        let free = divisor == X86Registers.scratch ? X86Registers.window : X86Registers.scratch
        if keepsRAX { code.move(.doubleWord, X86Registers.scratch2, .rax) }
        if keepsRDX { code.move(.doubleWord, free, .rdx) }
        if target != .rax { code.move(width, .rax, target) }
        if isSigned { code.extendSignIntoRDX(width) } else { code.clear(.rdx) }
        code.divide(width, by: divisor, isSigned: isSigned)
        let result: X86Register = isQuotient ? .rax : .rdx
        if target != result { code.move(width, target, result) }
        if keepsRAX { code.move(.doubleWord, .rax, X86Registers.scratch2) }
        if keepsRDX {
            code.move(.doubleWord, .rdx, free)
            if free == X86Registers.window { reloadWindow() }
        }
        if !keepsRAX, target != .rax { known.forget(.r0) }
        if !keepsRDX, target != .rdx { known.forget(.r3) }
    }
}
