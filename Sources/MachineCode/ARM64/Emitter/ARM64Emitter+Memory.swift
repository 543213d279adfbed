import EBPFBytecode

/// Loads and stores.
extension ARM64Emitter {
    mutating func emitLoad(
        _ size: MemorySize, _ register: Register, _ operand: MemoryOperand, _ step: Step,
        isSigned: Bool
    ) {
        let detour = Detour(
            isSigned ? .loadSigned(size, register) : .load(size, register), code.label(), step)
        let place = place(operand, size, step, isWrite: false, detour)
        if isSigned {
            code.ldrs(size, .doubleWord, register.arm64, place)
        } else {
            code.ldr(size, register.arm64, place)
        }
        finish(detour)
        known.write(register, isSigned || size == .doubleWord ? .doubleWord : .word)
    }

    mutating func emitStore(
        _ size: MemorySize, _ operand: MemoryOperand, _ source: Source, _ step: Step
    ) {
        let detour = Detour(.store(size, source), code.label(), step)
        let width: Width = size == .doubleWord ? .doubleWord : .word
        let value = self.operand(source, width, ARM64Registers.value)
        code.str(size, value, place(operand, size, step, isWrite: true, detour))
        finish(detour)
    }

    // MARK: Places

    /// The host's place of an access, after the tests that it needs.
    ///
    /// The place may use `scratch` and `address`. If machine code cannot judge the access, `detour`
    /// is begun and does it instead; `address` then holds the program's address.
    mutating func place(
        _ operand: MemoryOperand, _ size: MemorySize, _ step: Step, isWrite: Bool,
        _ detour: Detour
    ) -> ARM64Address {
        let displacement = Int(operand.displacement)
        if let offset = known.frameOffset(operand.base) {
            // The frame itself: no address to compute, and a constant to judge.
            let whole = Int(offset) + displacement + Self.frameByteCount
            if whole >= 0, whole + size.byteCount <= Self.frameByteCount {
                return reachable(ARM64Registers.frame, whole, size)
            }
        }
        let (scratch, base) = (ARM64Registers.scratch, operand.base.arm64)
        let plan = operand.base == .r10 ? .checked : analysis.plan(step)
        if let window = frame.window(plan) {
            return sum(window, base, displacement, size)
        }
        switch plan {
        case .region, .frame: loadDifference(scratch, plan)
        case .frameByte(let offset):
            return reachable(ARM64Registers.frame, Int(offset) + Self.frameByteCount, size)
        case .proved:
            code.lsr(.doubleWord, scratch, base, by: 32)
            code.ldr(
                .doubleWord, scratch,
                .indexed(ARM64Registers.tables, scratch, .uxtx, scaled: true))
        case .checked:
            emitCheck(operand, size, isWrite: isWrite, detour)
            return .indexed(scratch, ARM64Registers.address, .uxtx, scaled: false)
        }
        return sum(scratch, base, displacement, size)
    }

    /// The place at the sum of two registers and a displacement.
    private mutating func sum(
        _ difference: ARM64Register, _ base: ARM64Register, _ displacement: Int,
        _ size: MemorySize
    ) -> ARM64Address {
        if displacement == 0 { return .indexed(difference, base, .uxtx, scaled: false) }
        code.add(.doubleWord, ARM64Registers.scratch, difference, .register(base))
        return reachable(ARM64Registers.scratch, displacement, size)
    }

    /// A place some bytes from a register, in whichever way an instruction can say it.
    private mutating func reachable(
        _ base: ARM64Register, _ offset: Int, _ size: MemorySize
    ) -> ARM64Address {
        let isScaled = offset >= 0 && offset & (size.byteCount - 1) == 0
        if isScaled ? offset / size.byteCount < 0x1000 : (-256..<256).contains(offset) {
            return .offset(base, offset)
        }
        let scratch = ARM64Registers.scratch
        code.addConstant(
            .doubleWord, scratch, base, Int64(offset), scratch: ARM64Registers.scratch2)
        return .base(scratch)
    }

    /// The program's address of an access, in `address`.
    mutating func loadAddress(_ operand: MemoryOperand) {
        code.addConstant(
            .doubleWord, ARM64Registers.address, operand.base.arm64, Int64(operand.displacement),
            scratch: ARM64Registers.scratch2)
    }

    /// Tests an access: afterwards `address` holds the program's address and `scratch` the
    /// difference of its region.
    private mutating func emitCheck(
        _ operand: MemoryOperand, _ size: MemorySize, isWrite: Bool, _ detour: Detour
    ) {
        let (scratch, address) = (ARM64Registers.scratch, ARM64Registers.address)
        let (offset, limit) = (ARM64Registers.scratch2, ARM64Registers.scratch3)
        begin(detour)
        loadAddress(operand)
        // There are 65536 regions.
        code.lsr(.doubleWord, scratch, address, by: 48)
        code.cbnz(.doubleWord, scratch, detour.label)
        code.lsr(.doubleWord, scratch, address, by: 32)
        code.add(
            .doubleWord, scratch, ARM64Registers.tables, .shifted(scratch, .lsl, by: 3))
        code.add(
            .doubleWord, limit, scratch,
            .immediate(UInt64(RunState.starts - RunState.differences)))
        code.ldp(.word, offset, limit, .base(limit))
        if isWrite {
            code.add(
                .doubleWord, limit, scratch,
                .immediate(UInt64(RunState.limits - RunState.differences)))
            code.ldr(.word, limit, .base(limit))
        }
        // Below the start, the offset is nearly 2³²: beyond every limit.
        code.sub(.word, offset, address, .register(offset))
        code.add(.doubleWord, offset, offset, .immediate(UInt64(size.byteCount)))
        code.cmp(.doubleWord, offset, .register(limit))
        code.b(if: .hi, detour.label)
        code.ldr(.doubleWord, scratch, .base(scratch))
    }
}
