import EBPFBytecode

/// What the translation does out of line, because it rarely happens.
struct Detour {
    /// What is to be done.
    enum Kind {
        /// An access that machine code could not judge: the runtime makes it.
        case load(MemorySize, Register), loadSigned(MemorySize, Register)
        case store(MemorySize, Source)
        case atomic(AtomicOperation, MemorySize, Register)
        /// The end of the run.
        case leave(RunState.Ending)
    }

    let kind: Kind
    let label: X86Assembler.Label
    let step: Step
    /// Whether the size must divide the address.
    var isAligned = false
    /// Where to go on.
    var back: X86Assembler.Label?

    init(_ kind: Kind, _ label: X86Assembler.Label, _ step: Step) {
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
            default: emitAccess(detour)
            }
        }
        detours.removeAll(keepingCapacity: true)
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

extension AtomicOperation {
    /// Whether the operand's register gets what was in memory.
    var isFetching: Bool {
        switch self {
        case .add(let fetch), .or(let fetch), .and(let fetch), .xor(let fetch): fetch
        case .exchange: true
        case .compareExchange: false
        }
    }
}
