import EBPFBytecode

/// Atomic operations and ordered accesses. Addresses that the size does not divide are left to the
/// runtime, which refuses them as the interpreter does.
extension ARM64Emitter {
    mutating func emitAtomic(
        _ operation: AtomicOperation, _ size: MemorySize, _ operand: MemoryOperand,
        _ source: Register, _ step: Step
    ) {
        let detour = Detour(.atomic(operation, size, source), code.label(), step)
        loadAlignedAddress(operand, size, step, isWrite: true, detour)
        emit(operation, size, source)
        finish(detour)
        let width: Width = size == .doubleWord ? .doubleWord : .word
        if operation == .compareExchange { known.write(.r0, width) }
        if operation.isFetching { known.write(source, width) }
    }

    /// The operation on the memory at `scratch`.
    private mutating func emit(
        _ operation: AtomicOperation, _ size: MemorySize, _ source: Register
    ) {
        let (place, value) = (ARM64Registers.scratch, ARM64Registers.value)
        let register = source.arm64
        // r10 cannot be written, so nothing is fetched into it.
        let old = source == .r10 ? ARM64Register.zero : register
        switch operation {
        case .add(fetch: true): code.atomic(.ldadd, size, register, old, at: place)
        case .or(fetch: true): code.atomic(.ldset, size, register, old, at: place)
        case .xor(fetch: true): code.atomic(.ldeor, size, register, old, at: place)
        case .and(fetch: true):
            // The processor clears bits.
            code.mvn(.doubleWord, value, register)
            code.atomic(.ldclr, size, value, old, at: place)
        case .add(fetch: false): code.atomicStore(.ldadd, size, register, at: place)
        case .or(fetch: false): code.atomicStore(.ldset, size, register, at: place)
        case .xor(fetch: false): code.atomicStore(.ldeor, size, register, at: place)
        case .and(fetch: false):
            code.mvn(.doubleWord, value, register)
            code.atomicStore(.ldclr, size, value, at: place)
        case .exchange: code.atomic(.swp, size, register, old, at: place)
        case .compareExchange: code.casal(size, .x0, register, at: place)
        }
    }

    mutating func emitLoadAcquire(
        _ size: MemorySize, _ register: Register, _ operand: MemoryOperand, _ step: Step
    ) {
        let detour = Detour(
            .load(size, register), code.label(), step, isAligned: true)
        loadAlignedAddress(operand, size, step, isWrite: false, detour)
        code.ldar(size, register.arm64, at: ARM64Registers.scratch)
        finish(detour)
        known.write(register, size == .doubleWord ? .doubleWord : .word)
    }

    mutating func emitStoreRelease(
        _ size: MemorySize, _ operand: MemoryOperand, _ source: Register, _ step: Step
    ) {
        let detour = Detour(
            .store(size, .register(source)), code.label(), step, isAligned: true)
        loadAlignedAddress(operand, size, step, isWrite: true, detour)
        code.stlr(size, source.arm64, at: ARM64Registers.scratch)
        finish(detour)
    }

    /// Puts the host's address of an access that must be aligned into `scratch`.
    private mutating func loadAlignedAddress(
        _ operand: MemoryOperand, _ size: MemorySize, _ step: Step, isWrite: Bool,
        _ detour: Detour
    ) {
        let place = place(operand, size, step, isWrite: isWrite, detour)
        if size != .byte, !isAligned(place, size) {
            begin(detour)
            loadAddress(operand)
            code.tst(
                .doubleWord, ARM64Registers.address, .immediate(UInt64(size.byteCount - 1)))
            code.b(if: .ne, detour.label)
        }
        let scratch = ARM64Registers.scratch
        switch place {
        case .offset(let base, let offset):
            code.addConstant(
                .doubleWord, scratch, base, Int64(offset), scratch: ARM64Registers.scratch2)
        case .indexed(let base, let index, _, _):
            code.add(.doubleWord, scratch, base, .register(index))
        case .unscaled, .preIndexed, .postIndexed: break
        }
    }

    /// Whether an address is known to be a multiple of a size: frames are.
    private func isAligned(_ place: ARM64Address, _ size: MemorySize) -> Bool {
        guard case .offset(ARM64Registers.frame, let offset) = place else { return false }
        return offset & (size.byteCount - 1) == 0
    }
}
