import EBPFBytecode

/// Entering and leaving functions, and leaving the run.
extension X86Emitter {
    /// A field of the ``RunState``.
    func field(_ field: RunState.Field) -> X86Place { .field(field) }

    /// A register's word of the bank.
    func bank(_ register: Register) -> X86Place { .bank(register) }

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
        if let budget = frame.budget { code.load(.doubleWord, budget, field(.budget)) }
        reloadWindow()
    }

    mutating func emitEpilogue() {
        giveBudgetBack()
        if frame.localByteCount > 0 { code.apply(.add, .doubleWord, .rsp, frame.localByteCount) }
        for register in frame.saved.reversed() { code.pop(register) }
    }

    private mutating func giveBudgetBack() {
        if let budget = frame.budget { code.store(.doubleWord, field(.budget), budget) }
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
        giveBudgetBack()
        code.store(.doubleWord, field(.site), constant: step.slot)
        code.store(.doubleWord, field(.ending), constant: Int32(ending.rawValue))
        code.jump(stubs.fault)
    }
}
