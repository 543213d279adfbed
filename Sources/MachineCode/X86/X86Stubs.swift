import EBPFBytecode

/// Code that many places of a unit jump to.
struct X86Stubs {
    /// Ends the run.
    let fault: X86Assembler.Label
    /// Calls the runtime about an access; see ``SharedCode``.
    let load, store, atomic: X86Assembler.Label

    init(_ code: inout X86Assembler) {
        fault = code.makeLabel()
        load = code.makeLabel()
        store = code.makeLabel()
        atomic = code.makeLabel()
    }

    /// Writes the code.
    func emit(_ code: inout X86Assembler) {
        let shared = SharedCode.shared
        code.place(fault)
        code.place(load, ahead: shared.load)
        code.place(store, ahead: shared.store)
        code.place(atomic, ahead: shared.atomic)
        code.append(shared.bytes)
    }

    /// The code, which is the same in all units, and assembled once.
    private struct SharedCode {
        private(set) var bytes: [UInt8] = []
        let load, store, atomic: Int

        static let shared = SharedCode()

        private init() {
            var code = X86Assembler(capacity: 512)
            let fault = code.makeLabel()
            // The entry's call left its return address there: back to it, whatever lies between.
            code.place(fault)
            code.load(.doubleWord, .rsp, .field(.exitStack))
            code.returnToCaller()
            load = Self.emitCall(of: .load, fault, &code)
            store = Self.emitCall(of: .store, fault, &code)
            atomic = Self.emitCall(of: .atomic, fault, &code)
            bytes = code.finish() ?? []
        }

        /// Calls the runtime about an access: the address is in `scratch2`, the size or kind in
        /// `window`, a value in `scratch`, where the result goes, too. Other registers keep their
        /// values.
        ///
        /// - Returns: where it is.
        private static func emitCall(
            of function: RunState.Field, _ fault: X86Assembler.Label, _ code: inout X86Assembler
        ) -> Int {
            let callerSaved: [Register] = [.r0, .r1, .r2, .r3, .r4, .r5]
            let start = code.offset
            for register in callerSaved { code.store(.doubleWord, .bank(register), register.x86) }
            code.move(.doubleWord, .rdi, X86Registers.state)
            code.move(.doubleWord, .rsi, X86Registers.scratch2)
            code.move(.doubleWord, .rdx, X86Registers.window)
            code.move(.doubleWord, .rcx, X86Registers.scratch)
            code.apply(.subtract, .doubleWord, .rsp, 8)
            code.call(.field(function))
            code.apply(.add, .doubleWord, .rsp, 8)
            code.move(.doubleWord, X86Registers.scratch, .rax)
            code.apply(.compare, .word, .field(.ending), 0)
            code.jump(if: .notEqual, fault)
            for register in callerSaved { code.load(.doubleWord, register.x86, .bank(register)) }
            code.returnToCaller()
            return start
        }
    }
}
