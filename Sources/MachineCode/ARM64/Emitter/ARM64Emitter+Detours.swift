import EBPFBytecode

/// What is done out of line, because it rarely happens.
extension ARM64Emitter {
    /// A piece of code behind its function.
    struct Detour {
        let kind: DetourKind
        let label: ARM64Assembler.Label
        let step: Step
        /// Whether the size must divide the address.
        let isAligned: Bool
        /// Where to go on.
        var back: ARM64Assembler.Label?

        init(
            _ kind: DetourKind, _ label: ARM64Assembler.Label, _ step: Step, isAligned: Bool = false
        ) {
            self.kind = kind
            self.label = label
            self.step = step
            self.isAligned = isAligned
        }
    }

    /// Writes what the function's code goes to out of line.
    mutating func emitDetours() {
        for detour in detours {
            code.bind(detour.label)
            switch detour.kind {
            case .leave(let ending): leave(ending, at: detour.step)
            default: emitAccess(detour)
            }
        }
        detours.removeAll(keepingCapacity: true)
    }

    /// Begins a detour, if nothing of the same access has.
    mutating func begin(_ detour: Detour) {
        if detours.last?.label != detour.label { detours.append(detour) }
    }

    /// Places the way back from a detour, if it was begun.
    mutating func finish(_ detour: Detour) {
        guard detours.last?.label == detour.label else { return }
        let back = code.label()
        code.bind(back)
        detours[detours.count - 1].back = back
    }

    /// Lets the runtime make an access; its address is in `address`.
    private mutating func emitAccess(_ detour: Detour) {
        setField(.site, UInt64(UInt32(bitPattern: detour.step.slot)))
        switch detour.kind {
        case .load(let size, let register):
            call(stubs.load, AccessCode(size, isAligned: detour.isAligned).rawValue)
            code.mov(.doubleWord, register.arm64, ARM64Registers.scratch)
        case .loadSigned(let size, let register):
            call(stubs.load, AccessCode(size, isAligned: detour.isAligned).rawValue)
            code.sxt(size, .doubleWord, register.arm64, ARM64Registers.scratch)
        case .store(let size, let source):
            code.mov(
                .doubleWord, ARM64Registers.value,
                operand(source, .doubleWord, ARM64Registers.value))
            call(stubs.store, AccessCode(size, isAligned: detour.isAligned).rawValue)
        case .atomic(let operation, let size, let source):
            code.mov(.doubleWord, ARM64Registers.value, source.arm64)
            call(stubs.atomic, AtomicCode(operation, size).rawValue)
            if operation == .compareExchange {
                code.mov(.doubleWord, .x0, ARM64Registers.scratch)
            } else if operation.isFetching, source != .r10 {
                code.mov(.doubleWord, source.arm64, ARM64Registers.scratch)
            }
        case .leave: break
        }
        loadWindows()
        if let back = detour.back { code.b(back) }
    }

    /// Calls a stub with a size or kind, in functions that did not expect to call anything, too.
    private mutating func call(_ stub: ARM64Assembler.Label, _ kind: UInt64) {
        code.loadConstant(ARM64Registers.scratch, kind)
        if !frame.keepsLink { code.str(.doubleWord, .x30, .preIndexed(.sp, -16)) }
        code.bl(stub)
        if !frame.keepsLink { code.ldr(.doubleWord, .x30, .postIndexed(.sp, 16)) }
    }
}
