import EBPFBytecode

/// Entering and leaving functions, and the pieces of code that all functions of a unit share.
extension X86Emitter {
    /// Code that many places of a unit jump to.
    struct Stubs {
        let fault: X86Assembler.Label
        let load: X86Assembler.Label
        let store: X86Assembler.Label
        let atomic: X86Assembler.Label

        init(_ code: inout X86Assembler) {
            fault = code.makeLabel()
            load = code.makeLabel()
            store = code.makeLabel()
            atomic = code.makeLabel()
        }
    }

    /// A field of the ``RunState``.
    func field(_ field: RunState.Field) -> X86Place {
        X86Place(X86Registers.state, RunState.offset(of: field))
    }

    /// A register's word of the bank.
    func bank(_ register: Register) -> X86Place {
        X86Place(X86Registers.state, Int32(register.rawValue) * 8)
    }

    mutating func emitPrologue() {
        for register in frame.saved { code.push(register) }
        if frame.localByteCount > 0 {
            code.apply(.subtract, .doubleWord, .rsp, frame.localByteCount)
        }
        if frame.keepsFrameAddress {
            // Frames are 512 bytes apart here, and a region apart for the program.
            let address = X86Registers.scratch
            code.move(.doubleWord, address, .rbp)
            code.apply(.subtract, .doubleWord, address, field(.stackTop))
            code.shift(.left, .doubleWord, address, by: 32 - 9)
            code.apply(.add, .doubleWord, address, field(.frameTop))
            code.store(.doubleWord, frame.frameAddress, address)
            code.move(.doubleWord, X86Registers.scratch2, .rbp)
            code.apply(.subtract, .doubleWord, X86Registers.scratch2, address)
            code.store(.doubleWord, frame.frameDifference, X86Registers.scratch2)
        }
        reloadWindow()
    }

    mutating func emitEpilogue() {
        if frame.localByteCount > 0 { code.apply(.add, .doubleWord, .rsp, frame.localByteCount) }
        for register in frame.saved.reversed() { code.pop(register) }
    }

    /// Fills the window register, after something else has used it.
    mutating func reloadWindow() {
        switch frame.window {
        case .region(let region):
            code.load(.doubleWord, X86Registers.window, difference(ofRegion: region))
        case .frame: code.load(.doubleWord, X86Registers.window, frame.frameDifference)
        case .checked: code.load(.doubleWord, X86Registers.window, field(.windowDifference))
        default: break
        }
    }

    /// Where the difference of a region is.
    func difference(ofRegion region: UInt16) -> X86Place {
        X86Place(X86Registers.state, Int32(RunState.differences + 8 * Int(region)))
    }

    // MARK: Leaving the run

    /// Ends the run for a reason.
    mutating func leave(_ ending: RunState.Ending, at step: Step) {
        code.store(.doubleWord, field(.site), constant: step.slot)
        code.store(.doubleWord, field(.ending), constant: Int32(ending.rawValue))
        code.jump(stubs.fault)
    }

    // MARK: Shared code

    mutating func emitStubs() {
        // The entry's call left its return address there: back to it, whatever lies between.
        code.place(stubs.fault)
        code.load(.doubleWord, .rsp, field(.exitStack))
        code.returnToCaller()
        emitStub(stubs.load, .load)
        emitStub(stubs.store, .store)
        emitStub(stubs.atomic, .atomic)
    }

    /// Calls the runtime about an access: the address is in `scratch2`, the size or kind in
    /// `window`, a value in `scratch`, where the result goes, too. Other registers keep their values.
    private mutating func emitStub(_ label: X86Assembler.Label, _ function: RunState.Field) {
        let callerSaved: [Register] = [.r0, .r1, .r2, .r3, .r4, .r5]
        code.place(label)
        for register in callerSaved {
            code.store(.doubleWord, bank(register), register.x86)
        }
        code.move(.doubleWord, .rdi, X86Registers.state)
        code.move(.doubleWord, .rsi, X86Registers.scratch2)
        code.move(.doubleWord, .rdx, X86Registers.window)
        code.move(.doubleWord, .rcx, X86Registers.scratch)
        code.apply(.subtract, .doubleWord, .rsp, 8)
        code.call(field(function))
        code.apply(.add, .doubleWord, .rsp, 8)
        code.move(.doubleWord, X86Registers.scratch, .rax)
        code.apply(.compare, .word, field(.ending), 0)
        code.jump(if: .notEqual, stubs.fault)
        for register in callerSaved {
            code.load(.doubleWord, register.x86, bank(register))
        }
        code.returnToCaller()
    }
}
