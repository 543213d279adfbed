import EBPFBytecode

/// Atomic operations. Addresses that the size does not divide are left to the runtime, which refuses
/// them as the interpreter does.
extension X86Emitter {
    mutating func emitAtomic(
        _ operation: AtomicOperation, _ size: MemorySize, _ operand: MemoryOperand,
        _ source: Register, _ step: Step
    ) {
        let width: Width = size == .word ? .word : .doubleWord
        let detour = Detour(.atomic(operation, size, source), code.makeLabel(), step)
        let access = alignedPlace(operand, size, step, isWrite: true, detour)
        var value = source.x86
        if source == .r10 {
            // r10 cannot be written, so nothing is fetched into it.
            code.loadAddress(.doubleWord, X86Registers.scratch, access)
            code.load(.doubleWord, X86Registers.scratch2, frame.frameAddress)
            value = X86Registers.scratch2
            emit(operation, width, X86Place(X86Registers.scratch), value)
        } else {
            emit(operation, width, access, value)
        }
        finish(detour)
        if operation == .compareExchange { known.write(.r0, width) }
        if operation.isFetching { known.write(source, width) }
    }

    private mutating func emit(
        _ operation: AtomicOperation, _ width: Width, _ place: X86Place, _ value: X86Register
    ) {
        switch operation {
        case .add(fetch: true):
            code.lock()
            code.exchangeAndAdd(width, place, value)
        case .add: code.lock(); code.apply(.add, width, place, value)
        case .or(fetch: false): code.lock(); code.apply(.or, width, place, value)
        case .and(fetch: false): code.lock(); code.apply(.and, width, place, value)
        case .xor(fetch: false): code.lock(); code.apply(.xor, width, place, value)
        case .or: emitLoop(.or, width, place, value)
        case .and: emitLoop(.and, width, place, value)
        case .xor: emitLoop(.xor, width, place, value)
        case .exchange: code.exchange(width, place, value)
        case .compareExchange:
            code.lock()
            code.compareAndExchange(width, place, value)
            // On success the processor leaves rax alone, with its upper half.
            if width == .word { code.move(.word, .rax, .rax) }
        }
    }

    /// Fetching operations that the processor lacks: tries until nobody was faster.
    private mutating func emitLoop(
        _ operation: X86Operation, _ width: Width, _ place: X86Place, _ value: X86Register
    ) {
        let (address, kept, result) = (
            X86Registers.scratch, X86Registers.scratch2, X86Registers.window
        )
        code.loadAddress(.doubleWord, address, place)
        code.move(.doubleWord, kept, .rax)
        let size: MemorySize = width == .word ? .word : .doubleWord
        code.load(size, .rax, X86Place(address))
        let again = code.makeLabel()
        code.place(again)
        code.move(width, result, .rax)
        code.apply(operation, width, result, value == .rax ? kept : value)
        code.lock()
        code.compareAndExchange(width, X86Place(address), result)
        code.jump(if: .notEqual, again)
        if value != .rax {
            code.move(width, value, .rax)
            code.move(.doubleWord, .rax, kept)
        }
        reloadWindow()
    }

    mutating func emitLoadAcquire(
        _ size: MemorySize, _ register: Register, _ operand: MemoryOperand, _ step: Step
    ) {
        // Loads and stores of this processor have the order that is asked for.
        var detour = Detour(.load(size, register), code.makeLabel(), step)
        detour.isAligned = true
        let access = alignedPlace(operand, size, step, isWrite: false, detour)
        code.load(size, register.x86, access)
        finish(detour)
        known.write(register, size == .doubleWord ? .doubleWord : .word)
    }

    mutating func emitStoreRelease(
        _ size: MemorySize, _ operand: MemoryOperand, _ source: Register, _ step: Step
    ) {
        var detour = Detour(.store(size, .register(source)), code.makeLabel(), step)
        detour.isAligned = true
        let access = alignedPlace(operand, size, step, isWrite: true, detour)
        if source == .r10 {
            code.loadAddress(.doubleWord, X86Registers.scratch, access)
            code.load(.doubleWord, X86Registers.scratch2, frame.frameAddress)
            code.store(size, X86Place(X86Registers.scratch), X86Registers.scratch2)
        } else {
            code.store(size, access, source.x86)
        }
        finish(detour)
    }

    /// The place of an access whose address its size must divide.
    private mutating func alignedPlace(
        _ operand: MemoryOperand, _ size: MemorySize, _ step: Step, isWrite: Bool,
        _ detour: Detour
    ) -> X86Place {
        let access = place(operand, size, step, isWrite: isWrite, detour)
        if let offset = known.frameOffset(operand.base), access.base == .rbp,
            (offset + Int32(operand.displacement)) % Int32(size.rawValue) == 0
        {
            return access
        }
        guard size != .byte else { return access }
        if !detour.isUsed(detours) { detours.append(detour) }
        emitAddress(operand)
        code.test(.word, X86Registers.scratch2, Int32(size.rawValue) - 1)
        code.jump(if: .notEqual, detour.label)
        return access
    }
}
