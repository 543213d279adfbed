import EBPFBytecode

/// Loops that copy are one `rep movsb`, where they copy enough and forwards is all the same.
extension X86Emitter {
    /// The number of bytes from which on it pays.
    private static let leastByteCount: Int32 = 96
    /// A number of elements above which the loop stays one: nothing overflows below.
    private static let greatestCount: Int32 = 1 << 24

    /// Writes, before a loop that copies, what does all of its rounds at once and goes on behind it. The
    /// loop itself follows, for when the places overlap or little is left.
    ///
    /// - Returns: where the loop itself begins; `nil` if this is another loop.
    mutating func emitCopyLoop(_ head: Int) -> X86Assembler.Label? {
        guard !analysis.countsBudget, let loop = analysis.copyLoop(at: head),
            loop.end < functionEnd, serves(loop.source, loop, loop.load),
            serves(loop.target, loop, loop.store)
        else { return nil }
        let scalar = code.makeLabel()
        emitByteCount(loop, otherwise: scalar)
        emitOverlapTest(loop, otherwise: scalar)
        emitCopy(loop)
        emitSteps(loop)
        code.jump(label(loop.end))
        code.place(scalar)
        return scalar
    }

    /// Whether an access was proved to lie in the region whose difference the window register holds.
    private func serves(_ operand: MemoryOperand, _ loop: CopyLoop, _ index: Int) -> Bool {
        let plan = analysis.plan(analysis.steps[index])
        return operand.base != .r10 && plan != .checked && frame.windowServes(plan)
    }

    /// `scratch` = how many bytes the loop copies from here on.
    private mutating func emitByteCount(
        _ loop: CopyLoop, otherwise scalar: X86Assembler.Label
    ) {
        let (scratch, counter) = (X86Registers.scratch, loop.counter.x86)
        if loop.endsAbove {
            compare(.less, .doubleWord, loop.counter, loop.limit)
            code.jump(if: .aboveOrEqual, scalar)
        }
        switch loop.limit {
        case .immediate(let value): code.move(scratch, constant: UInt64(bitPattern: Int64(value)))
        case .register(let register): code.move(.doubleWord, scratch, register.x86)
        }
        code.apply(.subtract, .doubleWord, scratch, counter)
        if loop.stride > 1 {
            code.test(.word, scratch, loop.stride - 1)
            code.jump(if: .notEqual, scalar)
            code.shift(
                .right, .doubleWord, scratch, by: UInt8(loop.stride.trailingZeroBitCount))
        }
        code.apply(.compare, .doubleWord, scratch, Self.greatestCount)
        code.jump(if: .above, scalar)
        let logarithm = loop.size.byteCount.trailingZeroBitCount
        if logarithm > 0 { code.shift(.left, .doubleWord, scratch, by: UInt8(logarithm)) }
        code.apply(.compare, .word, scratch, Self.leastByteCount)
        code.jump(if: .below, scalar)
    }

    /// What is copied must not be read again: the target lies before the source, or behind all of it.
    private mutating func emitOverlapTest(
        _ loop: CopyLoop, otherwise scalar: X86Assembler.Label
    ) {
        let distance = X86Registers.scratch2
        code.move(.doubleWord, distance, loop.target.base.x86)
        code.apply(.subtract, .doubleWord, distance, loop.source.base.x86)
        let displacement = Int32(loop.target.displacement) - Int32(loop.source.displacement)
        if displacement != 0 { code.apply(.add, .doubleWord, distance, displacement) }
        code.apply(.compare, .doubleWord, distance, X86Registers.scratch)
        code.jump(if: .below, scalar)
    }

    private mutating func emitCopy(_ loop: CopyLoop) {
        let taken: [X86Register] = [.rcx, .rsi, .rdi]
        for register in taken { code.push(register) }
        code.loadAddress(
            .doubleWord, X86Registers.scratch2,
            X86Place(
                X86Registers.window, Int32(loop.target.displacement), index: loop.target.base.x86))
        code.loadAddress(
            .doubleWord, .rsi,
            X86Place(
                X86Registers.window, Int32(loop.source.displacement), index: loop.source.base.x86))
        code.move(.doubleWord, .rdi, X86Registers.scratch2)
        code.move(.doubleWord, .rcx, X86Registers.scratch)
        code.copyBytes()
        for register in taken.reversed() { code.pop(register) }
    }

    /// Moves all registers on as the rounds would have.
    private mutating func emitSteps(_ loop: CopyLoop) {
        let (count, product) = (X86Registers.scratch, X86Registers.scratch2)
        let logarithm = loop.size.byteCount.trailingZeroBitCount
        if logarithm > 0 { code.shift(.right, .doubleWord, count, by: UInt8(logarithm)) }
        for step in loop.steps {
            code.multiply(.doubleWord, product, count, step.by)
            code.apply(.add, .doubleWord, step.register.x86, product)
        }
    }
}
