import EBPFBytecode

/// The way from a C function call into machine code of programs and back.
///
/// As a C function: `(r1, r2, r3, r4, r5, state) -> r0`. The five arguments lie where programs have
/// them; ``RunState/Field/target`` says what is entered, ``RunState/Field/frame`` on which frame.
enum X86Gate {
    /// The code, and where in it the code begins that returns r0 from the bank.
    static func code() -> (code: [UInt8], result: Int) {
        var code = X86Assembler(capacity: 256)
        let saved: [X86Register] = [.rbp, .rbx, .r12, .r13, .r14, .r15]
        for register in saved { code.push(register) }
        code.move(.doubleWord, X86Registers.state, .r9)
        code.push(.field(.exitStack))
        // Faults return from the call below, with the stack as it is in the callee's first moment.
        code.loadAddress(.doubleWord, X86Registers.scratch, X86Place(.rsp, -8))
        code.store(.doubleWord, .field(.exitStack), X86Registers.scratch)
        code.load(.doubleWord, .rbp, .field(.frame))
        for register: X86Register in [.rax, .rbx, .r13, .r14, .r15] { code.clear(register) }
        code.call(.field(.target))
        code.pop(.field(.exitStack))
        for register in saved.reversed() { code.pop(register) }
        code.returnToCaller()
        let result = code.offset
        code.load(.doubleWord, .rax, X86Place(X86Registers.state))
        code.returnToCaller()
        return (code.finish() ?? [], result)
    }
}
