import EBPFBytecode

/// Loads and stores.
extension X86Emitter {
    mutating func emitLoad(
        _ size: MemorySize, _ register: Register, _ operand: MemoryOperand, _ step: Step,
        isSigned: Bool
    ) {
        let detour = Detour(
            isSigned ? .loadSigned(size, register) : .load(size, register), code.makeLabel(), step)
        let access = place(operand, size, step, isWrite: false, detour)
        if isSigned, size != .doubleWord {
            code.loadSigned(size, register.x86, access)
        } else {
            code.load(size, register.x86, access)
        }
        finish(detour)
        known.write(register, isSigned || size == .doubleWord ? .doubleWord : .word)
    }

    mutating func emitStore(
        _ size: MemorySize, _ operand: MemoryOperand, _ source: Source, _ step: Step
    ) {
        let detour = Detour(.store(size, source), code.makeLabel(), step)
        let access = place(operand, size, step, isWrite: true, detour)
        switch source {
        case .immediate(let value): code.store(size, access, constant: value)
        case .register(.r10):
            code.loadAddress(.doubleWord, X86Registers.scratch, access)
            code.load(.doubleWord, X86Registers.scratch2, frame.frameAddress)
            code.store(size, X86Place(X86Registers.scratch), X86Registers.scratch2)
        case .register(let register): code.store(size, access, register.x86)
        }
        finish(detour)
    }

    /// Places the way back from a detour, if one was begun.
    mutating func finish(_ detour: Detour) {
        guard detour.isUsed(detours) else { return }
        let back = code.makeLabel()
        code.place(back)
        detours[detours.count - 1].back = back
    }

    // MARK: Places

    /// Whether an access was proved, or can be judged here.
    func needsNoTest(_ operand: MemoryOperand, _ size: MemorySize, _ step: Step) -> Bool {
        if let offset = known.frameOffset(operand.base) {
            let whole = Int(offset) + Int(operand.displacement)
            return whole >= -512 && whole + size.byteCount <= 0
        }
        return analysis.plan(step) != .checked
    }

    /// The host's place of an access, after the tests that it needs.
    ///
    /// The place may use both scratch registers. If machine code cannot judge the access, `detour`
    /// is appended to ``detours`` and does it instead; `scratch2` then holds the program's address.
    mutating func place(
        _ operand: MemoryOperand, _ size: MemorySize, _ step: Step, isWrite: Bool,
        _ detour: Detour
    ) -> X86Place {
        let displacement = Int32(operand.displacement)
        if let offset = known.frameOffset(operand.base) {
            // The frame itself: no address to compute, and a constant to judge.
            let whole = offset + displacement
            if whole >= -512, whole + Int32(size.rawValue) <= 0 { return X86Place(.rbp, whole) }
        }
        let scratch = X86Registers.scratch
        let base = operand.base.x86
        var plan = analysis.plan(step)
        if operand.base == .r10 { plan = .checked }
        if operand.base != .r10, frame.windowServes(plan) {
            if plan == .checked { emitWindowCheck(operand, isWrite: isWrite, detour) }
            return X86Place(X86Registers.window, displacement, index: base)
        }
        switch plan {
        case .region(let region):
            code.load(.doubleWord, scratch, difference(ofRegion: region))
        case .frame: code.load(.doubleWord, scratch, frame.frameDifference)
        case .frameByte(let offset): return X86Place(.rbp, Int32(offset))
        case .proved:
            code.move(.doubleWord, scratch, base)
            code.shift(.right, .doubleWord, scratch, by: 32)
            code.load(.doubleWord, scratch, entry(of: RunState.differences))
        case .checked:
            detours.append(detour)
            emitCheck(operand, size, isWrite: isWrite, otherwise: detour.label)
            reloadWindow()
            return X86Place(scratch, 0, index: X86Registers.scratch2)
        }
        return X86Place(scratch, displacement, index: base)
    }

    /// An entry of a table, for the region whose number is in `scratch`.
    private func entry(of table: Int, _ displacement: Int32 = 0) -> X86Place {
        X86Place(
            X86Registers.state, Int32(table) + displacement, index: X86Registers.scratch, scale: 3)
    }

    /// Tests whether an access lies in the run's window.
    private mutating func emitWindowCheck(
        _ operand: MemoryOperand, isWrite: Bool, _ detour: Detour
    ) {
        var detour = detour
        detour.missed = Detour.Miss(operand: operand, isWrite: isWrite)
        detours.append(detour)
        emitAddress(operand)
        code.apply(.subtract, .doubleWord, X86Registers.scratch2, field(.windowStart))
        code.apply(
            .compare, .doubleWord, X86Registers.scratch2,
            field(isWrite ? .windowWritable : .windowReadable))
        code.jump(if: .aboveOrEqual, detour.label)
    }

    /// Puts the program's address of an access into `scratch2`.
    mutating func emitAddress(_ operand: MemoryOperand) {
        let address = X86Registers.scratch2
        if operand.base == .r10 {
            code.load(.doubleWord, address, frame.frameAddress)
            code.apply(.add, .doubleWord, address, Int32(operand.displacement))
        } else if operand.displacement == 0 {
            code.move(.doubleWord, address, operand.base.x86)
        } else {
            code.loadAddress(
                .doubleWord, address, X86Place(operand.base.x86, Int32(operand.displacement)))
        }
    }

    /// Tests an access by the tables: afterwards `scratch2` holds the program's address and
    /// `scratch` the difference of its region; `window` holds neither.
    mutating func emitCheck(
        _ operand: MemoryOperand, _ size: MemorySize, isWrite: Bool,
        otherwise failure: X86Assembler.Label
    ) {
        let (scratch, address, offset) = (
            X86Registers.scratch, X86Registers.scratch2, X86Registers.window
        )
        emitAddress(operand)
        code.move(.doubleWord, scratch, address)
        code.shift(.right, .doubleWord, scratch, by: 32)
        code.apply(.compare, .word, scratch, Int32(RunState.regionCount))
        code.jump(if: .aboveOrEqual, failure)
        code.move(.word, offset, address)
        code.apply(.subtract, .word, offset, entry(of: RunState.starts))
        code.jump(if: .below, failure)
        code.apply(.add, .word, offset, Int32(size.rawValue))
        code.jump(if: .below, failure)
        code.apply(
            .compare, .word, offset,
            isWrite ? entry(of: RunState.limits) : entry(of: RunState.starts, 4))
        code.jump(if: .above, failure)
        code.load(.doubleWord, scratch, entry(of: RunState.differences))
    }
}
