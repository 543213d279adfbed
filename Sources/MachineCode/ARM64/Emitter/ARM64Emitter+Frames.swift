import EBPFBytecode

/// Entering and leaving functions, and the pieces of code that all functions of a unit share.
extension ARM64Emitter {
    /// How far apart the stack frames of nested functions are, in bytes (`MAX_BPF_STACK`).
    static let frameByteCount = 512

    /// Code that many places of a unit go to.
    struct Stubs {
        let fault: ARM64Assembler.Label
        let load: ARM64Assembler.Label
        let store: ARM64Assembler.Label
        let atomic: ARM64Assembler.Label

        init(_ code: inout ARM64Assembler) {
            fault = code.label()
            load = code.label()
            store = code.label()
            atomic = code.label()
        }
    }

    /// A field of the ``RunState``.
    func field(_ field: RunState.Field) -> ARM64Address {
        .offset(ARM64Registers.state, Int(RunState.offset(of: field)))
    }

    // MARK: Functions

    mutating func emitPrologue() {
        saveRegisters()
        if frame.keepsAddress {
            // Frames are 512 bytes apart here, and a region apart for the program.
            let (distance, top) = (ARM64Registers.scratch, ARM64Registers.scratch2)
            code.ldr(.doubleWord, distance, field(.stackTop))
            code.ldr(.doubleWord, top, field(.frameTop))
            code.sub(.doubleWord, distance, ARM64Registers.frame, .register(distance))
            code.add(.doubleWord, distance, distance, .immediate(UInt64(Self.frameByteCount)))
            code.add(
                .doubleWord, ARM64Registers.frameAddress, top,
                .shifted(distance, .lsl, by: 32 - 9))
        }
        loadWindows()
    }

    private mutating func saveRegisters() {
        let (saved, byteCount) = (frame.saved, frame.byteCount)
        for place in stride(from: 0, to: saved.count, by: 2) {
            let address: ARM64Address =
                place == 0 ? .preIndexed(.sp, -byteCount) : .offset(.sp, place * 8)
            if place + 1 < saved.count {
                code.stp(.doubleWord, saved[place], saved[place + 1], address)
            } else {
                code.str(.doubleWord, saved[place], address)
            }
        }
    }

    /// Gives registers back; the stack pointer is last.
    mutating func emitEpilogue() {
        let (saved, byteCount) = (frame.saved, frame.byteCount)
        for place in stride(from: 0, to: saved.count, by: 2).reversed() {
            let address: ARM64Address =
                place == 0 ? .postIndexed(.sp, byteCount) : .offset(.sp, place * 8)
            if place + 1 < saved.count {
                code.ldp(.doubleWord, saved[place], saved[place + 1], address)
            } else {
                code.ldr(.doubleWord, saved[place], address)
            }
        }
    }

    /// Returns to the function's caller.
    mutating func emitReturn() {
        emitEpilogue()
        code.ret()
    }

    /// Fills the window registers, after something else has used them.
    mutating func loadWindows() {
        for (window, plan) in zip(ARM64Registers.windows, frame.windows) {
            loadDifference(window, plan)
        }
    }

    /// Puts what is to be added to a program's address into a register.
    mutating func loadDifference(_ register: ARM64Register, _ plan: AccessPlan) {
        switch plan {
        case .region(let region):
            let offset = 8 * Int(region)
            if offset <= 0xfff * 8 {
                code.ldr(.doubleWord, register, .offset(ARM64Registers.tables, offset))
            } else {
                code.loadConstant(register, UInt64(offset))
                code.ldr(
                    .doubleWord, register,
                    .indexed(ARM64Registers.tables, register, .uxtx, scaled: false))
            }
        case .frame:
            code.sub(
                .doubleWord, register, ARM64Registers.frame,
                .register(ARM64Registers.frameAddress))
            code.add(.doubleWord, register, register, .immediate(UInt64(Self.frameByteCount)))
        case .checked, .proved, .frameByte: break
        }
    }

    // MARK: Leaving the run

    /// Ends the run for a reason.
    mutating func leave(_ ending: RunState.Ending, at step: Step) {
        setField(.site, UInt64(UInt32(bitPattern: step.slot)))
        setField(.ending, ending.rawValue)
        code.b(stubs.fault)
    }

    mutating func setField(_ field: RunState.Field, _ value: UInt64) {
        var register = ARM64Register.zero
        if value != 0 {
            register = ARM64Registers.scratch
            code.loadConstant(register, value)
        }
        code.str(.doubleWord, register, self.field(field))
    }

    // MARK: Shared code

    mutating func emitStubs() {
        // The gate left on the stack where it goes on: back to it, whatever lies between.
        code.bind(stubs.fault)
        code.ldr(.doubleWord, ARM64Registers.scratch, field(.exitStack))
        code.mov(.doubleWord, .sp, ARM64Registers.scratch)
        code.ldr(.doubleWord, .x30, .offset(.sp, ARM64Gate.resumption))
        code.ret()
        emitStub(stubs.load, .load)
        emitStub(stubs.store, .store)
        emitStub(stubs.atomic, .atomic)
    }

    /// Calls the runtime about an access: its address is in `address`, the size or kind in
    /// `scratch`, where the result goes, too, a value in `value`. Registers of the program keep
    /// their values; windows do not.
    private mutating func emitStub(_ label: ARM64Assembler.Label, _ function: RunState.Field) {
        code.bind(label)
        code.str(.doubleWord, .x30, .preIndexed(.sp, -16))
        keepRegisters { $0.stp(.doubleWord, $1, $2, $3) }
        code.mov(.doubleWord, .x0, ARM64Registers.state)
        code.mov(.doubleWord, .x1, ARM64Registers.address)
        code.mov(.doubleWord, .x2, ARM64Registers.scratch)
        code.mov(.doubleWord, .x3, ARM64Registers.value)
        code.ldr(.doubleWord, ARM64Registers.scratch, field(function))
        code.blr(ARM64Registers.scratch)
        code.mov(.doubleWord, ARM64Registers.scratch, .x0)
        code.ldr(.doubleWord, ARM64Registers.address, field(.ending))
        code.cbnz(.doubleWord, ARM64Registers.address, stubs.fault)
        keepRegisters { $0.ldp(.doubleWord, $1, $2, $3) }
        code.ldr(.doubleWord, .x30, .postIndexed(.sp, 16))
        code.ret()
    }

    /// Moves r0 … r5 to or from the bank.
    private mutating func keepRegisters(
        _ move: (inout ARM64Assembler, ARM64Register, ARM64Register, ARM64Address) -> Void
    ) {
        let registers: [(ARM64Register, ARM64Register)] = [(.x0, .x1), (.x2, .x3), (.x4, .x5)]
        for (place, pair) in registers.enumerated() {
            move(&code, pair.0, pair.1, .offset(ARM64Registers.state, 16 * place))
        }
    }
}
