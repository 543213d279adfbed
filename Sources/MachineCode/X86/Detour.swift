import EBPFBytecode

/// What the translation does out of line, because it rarely happens.
struct Detour {
    /// An access outside of the window.
    struct Miss {
        let operand: MemoryOperand
        let isWrite: Bool
    }

    let kind: DetourKind
    let label: X86Assembler.Label
    let step: Step
    /// The access, if it was only compared with the run's window.
    var missed: Miss?
    /// Whether the size must divide the address.
    var isAligned = false
    /// Where to go on.
    var back: X86Assembler.Label?

    init(_ kind: DetourKind, _ label: X86Assembler.Label, _ step: Step) {
        self.kind = kind
        self.label = label
        self.step = step
    }

    /// Whether it is the last of some.
    func isUsed(_ detours: [Detour]) -> Bool { detours.last?.label == label }
}

extension X86Emitter {
    /// Writes what the function's code jumps to out of line.
    mutating func emitDetours() {
        for detour in detours {
            code.place(detour.label)
            switch detour.kind {
            case .leave(let ending): leave(ending, at: detour.step)
            default:
                if let missed = detour.missed { emitAccess(missed, detour) }
                emitAccess(detour)
            }
        }
        detours.removeAll(keepingCapacity: true)
    }

    /// Makes an access by the tables of regions; goes on behind if only the runtime can.
    private mutating func emitAccess(_ missed: Detour.Miss, _ detour: Detour) {
        let size: MemorySize
        switch detour.kind {
        case .load(let bytes, _), .loadSigned(let bytes, _), .store(let bytes, _): size = bytes
        case .atomic, .leave: return emitAddress(missed.operand)
        }
        // The runtime tests alignment, too.
        guard !detour.isAligned, let back = detour.back else { return emitAddress(missed.operand) }
        let fails = code.makeLabel()
        emitCheck(missed.operand, size, isWrite: missed.isWrite, otherwise: fails)
        let place = X86Place(X86Registers.scratch, index: X86Registers.scratch2)
        switch detour.kind {
        case .load(_, let register): code.load(size, register.x86, place)
        case .loadSigned(_, let register): code.loadSigned(size, register.x86, place)
        case .store(_, .immediate(let value)): code.store(size, place, constant: value)
        case .store(_, .register(.r10)):
            code.loadAddress(.doubleWord, X86Registers.scratch, place)
            code.load(.doubleWord, X86Registers.scratch2, frame.frameAddress)
            code.store(size, X86Place(X86Registers.scratch), X86Registers.scratch2)
        case .store(_, .register(let register)): code.store(size, place, register.x86)
        case .atomic, .leave: break
        }
        reloadWindow()
        code.jump(back)
        code.place(fails)
    }

    /// Lets the runtime make an access whose address is in `scratch2`.
    private mutating func emitAccess(_ detour: Detour) {
        let (scratch, count) = (X86Registers.scratch, X86Registers.window)
        code.store(.doubleWord, field(.site), constant: detour.step.slot)
        switch detour.kind {
        case .load(let size, let register), .loadSigned(let size, let register):
            code.move(count, constant: AccessCode(size, isAligned: detour.isAligned).rawValue)
            code.call(stubs.load)
            if case .loadSigned = detour.kind {
                code.extendSign(from: size, to: .doubleWord, register.x86, scratch)
            } else {
                code.move(.doubleWord, register.x86, scratch)
            }
        case .store(let size, let source):
            switch source {
            case .immediate(let value):
                code.move(scratch, constant: UInt64(bitPattern: Int64(value)))
            case .register(.r10): code.load(.doubleWord, scratch, frame.frameAddress)
            case .register(let register): code.move(.doubleWord, scratch, register.x86)
            }
            code.move(count, constant: AccessCode(size, isAligned: detour.isAligned).rawValue)
            code.call(stubs.store)
        case .atomic(let operation, let size, let source):
            if source == .r10 {
                code.load(.doubleWord, scratch, frame.frameAddress)
            } else {
                code.move(.doubleWord, scratch, source.x86)
            }
            code.move(count, constant: AtomicCode(operation, size).rawValue)
            code.call(stubs.atomic)
            if operation == .compareExchange {
                code.move(.doubleWord, .rax, scratch)
            } else if operation.isFetching, source != .r10 {
                code.move(.doubleWord, source.x86, scratch)
            }
        case .leave: break
        }
        reloadWindow()
        if let back = detour.back { code.jump(back) }
    }
}
