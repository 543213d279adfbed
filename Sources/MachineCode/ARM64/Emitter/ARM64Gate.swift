import EBPFBytecode

/// The way from a C function call into machine code of programs and back.
///
/// As a C function: `(r1, r2, r3, r4, r5, state) -> r0`. ``RunState/Field/target`` says what is
/// entered, ``RunState/Field/frame`` on which frame.
///
/// ```
///  [sp + 104]  where faults go on                      } found by ``RunState/Field/exitStack``,
///  [sp + 96]   the exit stack of the run around this   } which is the stack pointer
///  [sp]        x29, x30, x19 … x28 of the caller
/// ```
enum ARM64Gate {
    /// Where on the stack faults find the address to go on at.
    static let resumption = 104
    private static let byteCount = 112

    /// The code, and where in it the code begins that returns r0 from the bank.
    static func code() -> (code: [UInt8], result: Int) {
        var code = ARM64Assembler()
        let state = ARM64Registers.state
        func field(_ field: RunState.Field) -> ARM64Address {
            .offset(state, Int(RunState.offset(of: field)))
        }
        let saved: [(ARM64Register, ARM64Register)] = [
            (.x19, .x20), (.x21, .x22), (.x23, .x24), (.x25, .x26), (.x27, .x28),
        ]
        let back = code.label()

        code.stp(.doubleWord, .x29, .x30, .preIndexed(.sp, -byteCount))
        for (place, pair) in saved.enumerated() {
            code.stp(.doubleWord, pair.0, pair.1, .offset(.sp, 16 + 16 * place))
        }
        code.mov(.doubleWord, state, .x5)
        code.ldr(.doubleWord, .x16, field(.exitStack))
        code.adr(.x17, back)
        code.stp(.doubleWord, .x16, .x17, .offset(.sp, resumption - 8))
        code.mov(.doubleWord, .x16, .sp)
        code.str(.doubleWord, .x16, field(.exitStack))
        code.ldr(.doubleWord, ARM64Registers.frame, field(.frame))
        code.sub(
            .doubleWord, ARM64Registers.frame, ARM64Registers.frame,
            .immediate(UInt64(ARM64Emitter.frameByteCount)))
        code.add(
            .doubleWord, ARM64Registers.tables, state, .immediate(UInt64(RunState.differences)))
        code.ldr(.doubleWord, ARM64Registers.budget, field(.budget))
        code.ldr(.doubleWord, .x16, field(.target))
        // From where C passes arguments to where programs have them.
        for (register, argument) in [
            (.x5, .x4), (.x4, .x3), (.x3, .x2), (.x2, .x1), (.x1, .x0),
        ] as [(ARM64Register, ARM64Register)] {
            code.mov(.doubleWord, register, argument)
        }
        for register: ARM64Register in [.x0, .x19, .x20, .x21, .x22] {
            code.mov(.doubleWord, register, .zero)
        }
        code.blr(.x16)

        code.bind(back)
        code.str(.doubleWord, ARM64Registers.budget, field(.budget))
        code.ldr(.doubleWord, .x16, .offset(.sp, resumption - 8))
        code.str(.doubleWord, .x16, field(.exitStack))
        for (place, pair) in saved.enumerated() {
            code.ldp(.doubleWord, pair.0, pair.1, .offset(.sp, 16 + 16 * place))
        }
        code.ldp(.doubleWord, .x29, .x30, .postIndexed(.sp, byteCount))
        code.ret()
        let result = code.byteCount
        code.ldr(.doubleWord, .x0, .base(state))
        code.ret()
        return (((try? code.finish()) ?? []).littleEndianBytes, result)
    }
}
