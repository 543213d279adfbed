import EBPFBytecode

@testable import EBPFMachineCode

extension AssemblyRows {
    /// Branches forwards and backwards, each with its own labels.
    mutating func addBranches() {
        branchRows("b") { $0.b($1) }
        branchRows("bl") { $0.bl($1) }
        branchRows("adr x17,") { $0.adr(.x17, $1) }
        for condition in ARM64Condition.allCases {
            branchRows("b.\(condition)") { $0.b(if: condition, $1) }
        }
        for rt in Self.registers {
            for width in Self.widths {
                branchRows("cbz \(rt.name(width)),") { $0.cbz(width, rt, $1) }
                branchRows("cbnz \(rt.name(width)),") { $0.cbnz(width, rt, $1) }
            }
            for bit in [0, 1, 31, 32, 33, 63] {
                let name = rt.name(bit < 32 ? .word : .doubleWord)
                branchRows("tbz \(name), #\(bit),") { $0.tbz(rt, bit: bit, $1) }
                branchRows("tbnz \(name), #\(bit),") { $0.tbnz(rt, bit: bit, $1) }
            }
            add("br \(rt.name)") { $0.br(rt) }
            add("blr \(rt.name)") { $0.blr(rt) }
            add("ret \(rt.name)") { $0.ret(rt) }
        }
        for pages in [-0x10_0000, -1, 0, 1, 2, 3, 0xf_ffff] {
            add("adrp x6, #\(pages * 4096)") { $0.adrp(.x6, pages: pages) }
        }
        add("nop") { $0.nop() }
        for number in [0, 1, 0xffff] {
            add("brk #\(number)") { $0.brk(number) }
            add("svc #\(number)") { $0.svc(number) }
        }
    }

    private mutating func branchRows(
        _ text: String, _ emit: (inout ARM64Assembler, ARM64Assembler.Label) -> Void
    ) {
        add("1: nop\n\(text) 1b\n\(text) 2f\nnop\n2: nop") { code in
            let (back, on) = (code.label(), code.label())
            code.bind(back)
            code.nop()
            emit(&code, back)
            emit(&code, on)
            code.nop()
            code.bind(on)
            code.nop()
        }
    }
}
