import EBPFBytecode

@testable import EBPFMachineCode

extension AssemblyRows {
    /// Logic in all forms of the second operand.
    mutating func addLogic() {
        for logic in ARM64Logic.allCases {
            for width in Self.widths {
                for (rd, rn) in Self.pairs(Self.registers) {
                    let (d, n, m) = (rd.name(width), rn.name(width), ARM64Register.x11.name(width))
                    add("\(logic) \(d), \(n), \(m)") {
                        $0.logic(logic, width, rd, rn, .register(.x11))
                    }
                }
                for shift in ARM64Shift.allCases {
                    for distance in [0, 1, width.bitCount / 2, width.bitCount - 1] {
                        let (d, m) = (ARM64Register.x1.name(width), ARM64Register.x3.name(width))
                        add("\(logic) \(d), \(d), \(m), \(shift) #\(distance)") {
                            $0.logic(
                                logic, width, .x1, .x1, .shifted(.x3, shift, by: distance))
                        }
                    }
                }
            }
        }
        addMoves()
    }

    private mutating func addMoves() {
        for width in Self.widths {
            for (rd, rn) in Self.pairs(Self.registers) {
                let (d, n) = (rd.name(width), rn.name(width))
                add("mov \(d), \(n)") { $0.mov(width, rd, rn) }
                add("mvn \(d), \(n)") { $0.mvn(width, rd, rn) }
                add("tst \(d), \(n)") { $0.tst(width, rd, .register(rn)) }
            }
            let stackPointer = ARM64Register.sp.name(width)
            add("mov \(stackPointer), \(ARM64Register.x9.name(width))") { $0.mov(width, .sp, .x9) }
            add("mov \(ARM64Register.x9.name(width)), \(stackPointer)") { $0.mov(width, .x9, .sp) }
            for value: UInt16 in [0, 1, 0x8000, 0xabcd, 0xffff] {
                for quarter in 0..<(width.bitCount / 16) {
                    let place = "\(ARM64Register.x21.name(width)), #\(value), lsl #\(quarter * 16)"
                    add("movz \(place)") { $0.movz(width, .x21, value, quarter: quarter) }
                    add("movn \(place)") { $0.movn(width, .x21, value, quarter: quarter) }
                    add("movk \(place)") { $0.movk(width, .x21, value, quarter: quarter) }
                }
            }
        }
    }

    /// Every bit mask that there is, in turn in all operations.
    mutating func addBitMasks() {
        let operations: [ARM64Logic] = [.and, .orr, .eor, .ands]
        for width in Self.widths {
            for (index, mask) in Self.bitMasks(width).enumerated() {
                let logic = operations[index % 4]
                let rd: ARM64Register = index % 3 == 0 && logic != .ands ? .sp : .x4
                let text = "#0x" + String(mask, radix: 16)
                add("\(logic) \(rd.name(width)), \(ARM64Register.x8.name(width)), \(text)") {
                    $0.logic(logic, width, rd, .x8, .immediate(mask))
                }
            }
        }
    }

    /// All runs of ones, rotated, in elements of 2 … 64 bits, repeated: by their definition.
    static func bitMasks(_ width: Width) -> [UInt64] {
        var masks: [UInt64] = []
        for size in [2, 4, 8, 16, 32, 64] where size <= width.bitCount {
            for ones in 1..<size {
                for rotation in 0..<size {
                    var mask: UInt64 = 0
                    for copy in stride(from: 0, to: width.bitCount, by: size) {
                        for bit in 0..<ones { mask |= 1 << (copy + (bit + rotation) % size) }
                    }
                    masks.append(mask)
                }
            }
        }
        return masks
    }

    /// Shifts, extensions, the order of bytes.
    mutating func addShifts() {
        for width in Self.widths {
            for (rd, rn) in Self.pairs(Self.registers) {
                let (d, n, m) = (rd.name(width), rn.name(width), ARM64Register.x17.name(width))
                add("lsl \(d), \(n), \(m)") { $0.lsl(width, rd, rn, .x17) }
                add("lsr \(d), \(n), \(m)") { $0.lsr(width, rd, rn, .x17) }
                add("asr \(d), \(n), \(m)") { $0.asr(width, rd, rn, .x17) }
                add("ror \(d), \(n), \(m)") { $0.ror(width, rd, rn, .x17) }
                add("rev \(d), \(n)") { $0.rev(width, rd, rn) }
                add("rev16 \(d), \(n)") { $0.rev16(width, rd, rn) }
                add("rev32 \(rd.name), \(rn.name)") { $0.rev32(rd, rn) }
                add("clz \(d), \(n)") { $0.clz(width, rd, rn) }
                add("uxtb \(rd.name(.word)), \(rn.name(.word))") { $0.uxt(.byte, rd, rn) }
                add("uxth \(rd.name(.word)), \(rn.name(.word))") { $0.uxt(.halfWord, rd, rn) }
                add("mov \(rd.name(.word)), \(rn.name(.word))") { $0.uxt(.word, rd, rn) }
                add("sxtb \(d), \(rn.name(.word))") { $0.sxt(.byte, width, rd, rn) }
                add("sxth \(d), \(rn.name(.word))") { $0.sxt(.halfWord, width, rd, rn) }
            }
            add("sxtw x7, w9") { $0.sxt(.word, .doubleWord, .x7, .x9) }
            addConstantShifts(width)
        }
    }

    private mutating func addConstantShifts(_ width: Width) {
        let (d, n, m) = (
            ARM64Register.x7.name(width), ARM64Register.x25.name(width),
            ARM64Register.x2.name(width)
        )
        for distance in 0..<width.bitCount {
            add("lsl \(d), \(n), #\(distance)") { $0.lsl(width, .x7, .x25, by: distance) }
            add("lsr \(d), \(n), #\(distance)") { $0.lsr(width, .x7, .x25, by: distance) }
            add("asr \(d), \(n), #\(distance)") { $0.asr(width, .x7, .x25, by: distance) }
            add("ror \(d), \(n), #\(distance)") { $0.ror(width, .x7, .x25, by: distance) }
            add("extr \(d), \(n), \(m), #\(distance)") { $0.extr(width, .x7, .x25, .x2, distance) }
            for count in [1, width.bitCount - distance] {
                add("ubfx \(d), \(n), #\(distance), #\(count)") {
                    $0.ubfx(width, .x7, .x25, low: distance, count: count)
                }
                add("ubfiz \(d), \(n), #\(distance), #\(count)") {
                    $0.ubfiz(width, .x7, .x25, low: distance, count: count)
                }
            }
            add("bfm \(d), \(n), #\(distance), #\(width.bitCount - 1 - distance)") {
                $0.bfm(width, .x7, .x25, distance, width.bitCount - 1 - distance)
            }
        }
    }
}
