import EBPFBytecode

@testable import EBPFMachineCode

extension AssemblyRows {
    /// Sums in all forms of the second operand.
    mutating func addSums() {
        for sum in ARM64Sum.allCases {
            for width in Self.widths {
                for (rd, rn) in Self.pairs(Self.registers) {
                    for rm in [ARM64Register.x0, .x30, .zero] {
                        sumRow(sum, width, rd, rn, rm.name(width), .register(rm))
                    }
                }
                for shift in [ARM64Shift.lsl, .lsr, .asr] {
                    for distance in [0, 1, width.bitCount / 2, width.bitCount - 1] {
                        sumRow(
                            sum, width, .x1, .x2,
                            "\(ARM64Register.x3.name(width)), \(shift) #\(distance)",
                            .shifted(.x3, shift, by: distance))
                    }
                }
                addExtendedSums(sum, width)
                addImmediateSums(sum, width)
            }
        }
    }

    private mutating func addExtendedSums(_ sum: ARM64Sum, _ width: Width) {
        for kind in ARM64Extension.allCases {
            let isWhole = kind == .uxtx || kind == .sxtx
            if isWhole, width == .word { continue }
            for distance in 0...4 {
                for rn in [ARM64Register.x5, .sp] {
                    let rd: ARM64Register = sum.setsFlags ? .zero : .sp
                    let rm = ARM64Register.x9.name(isWhole ? .doubleWord : .word)
                    sumRow(
                        sum, width, rd, rn, "\(rm), \(kind) #\(distance)",
                        .extended(.x9, kind, by: distance))
                }
            }
        }
        if !sum.setsFlags {
            sumRow(sum, width, .sp, .sp, ARM64Register.x16.name(width), .register(.x16))
        }
        sumRow(sum, width, .x1, .sp, ARM64Register.x16.name(width), .register(.x16))
    }

    private mutating func addImmediateSums(_ sum: ARM64Sum, _ width: Width) {
        for value: UInt64 in [0, 1, 4095, 4096, 0x7ff000, 0xfff000] {
            for rn in [ARM64Register.x0, .x30, .sp] {
                sumRow(sum, width, .x21, rn, "#\(value)", .immediate(value))
            }
        }
        if !sum.setsFlags { sumRow(sum, width, .sp, .sp, "#16", .immediate(16)) }
    }

    private mutating func sumRow(
        _ sum: ARM64Sum, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register,
        _ operand: String,
        _ value: ARM64Operand
    ) {
        add("\(sum) \(rd.name(width)), \(rn.name(width)), \(operand)") {
            $0.sum(sum, width, rd, rn, value)
        }
    }

    /// What has a name of its own, products, quotients, selections.
    mutating func addProducts() {
        for width in Self.widths {
            for (rd, rn) in Self.pairs(Self.registers) {
                let (d, n, m) = (rd.name(width), rn.name(width), ARM64Register.x17.name(width))
                let a = ARM64Register.x28.name(width)
                add("mul \(d), \(n), \(m)") { $0.mul(width, rd, rn, .x17) }
                add("madd \(d), \(n), \(m), \(a)") { $0.madd(width, rd, rn, .x17, .x28) }
                add("msub \(d), \(n), \(m), \(a)") { $0.msub(width, rd, rn, .x17, .x28) }
                add("udiv \(d), \(n), \(m)") { $0.udiv(width, rd, rn, .x17) }
                add("sdiv \(d), \(n), \(m)") { $0.sdiv(width, rd, rn, .x17) }
                add("cmp \(d), \(n)") { $0.cmp(width, rd, .register(rn)) }
                add("cmn \(d), \(n)") { $0.cmn(width, rd, .register(rn)) }
                add("neg \(d), \(n)") { $0.neg(width, rd, rn) }
                add("umulh \(rd.name), \(rn.name), x3") { $0.umulh(rd, rn, .x3) }
                add("umull \(rd.name), \(rn.name(.word)), w3") { $0.umull(rd, rn, .x3) }
            }
            addSelections(width)
        }
    }

    private mutating func addSelections(_ width: Width) {
        for condition in ARM64Condition.allCases {
            for (rd, rn) in Self.pairs([.x0, .x21, .zero]) {
                let (d, n, m) = (rd.name(width), rn.name(width), ARM64Register.x30.name(width))
                add("csel \(d), \(n), \(m), \(condition)") {
                    $0.csel(width, rd, rn, .x30, if: condition)
                }
                add("csinc \(d), \(n), \(m), \(condition)") {
                    $0.csinc(width, rd, rn, .x30, if: condition)
                }
                add("ccmp \(d), \(n), #10, \(condition)") {
                    $0.ccmp(width, rd, rn, otherwise: 10, if: condition)
                }
                add("cset \(d), \(condition)") { $0.cset(width, rd, if: condition) }
            }
        }
    }

    static func pairs(_ registers: [ARM64Register]) -> [(ARM64Register, ARM64Register)] {
        registers.flatMap { first in registers.map { (first, $0) } }
    }
}
