import EBPFBytecode

/// Constants of any size: in one instruction where there is one, else in the shortest sequence.
extension ARM64Assembler {
    /// Puts a constant into a register: one to four instructions.
    mutating func loadConstant(_ rd: ARM64Register, _ value: UInt64) {
        if value >> 32 == 0 {
            loadNarrow(rd, UInt32(value))
        } else if ARM64BitMask(value, .doubleWord) != nil, quarters(of: value).different > 1 {
            orr(.doubleWord, rd, .zero, .immediate(value))
        } else if quarters(of: value).different > 2, loadPatched(rd, value) {
            return
        } else {
            loadByQuarters(rd, value)
        }
    }

    /// A constant whose upper half is zero: writing `w0` clears it.
    private mutating func loadNarrow(_ rd: ARM64Register, _ value: UInt32) {
        let (low, high) = (UInt16(truncatingIfNeeded: value), UInt16(value >> 16))
        switch (low, high) {
        case (_, 0): movz(.word, rd, low)
        case (0, _): movz(.word, rd, high, quarter: 1)
        case (_, .max): movn(.word, rd, ~low)
        case (.max, _): movn(.word, rd, ~high, quarter: 1)
        case _ where ARM64BitMask(UInt64(value), .word) != nil:
            orr(.word, rd, .zero, .immediate(UInt64(value)))
        default:
            movz(.word, rd, low)
            movk(.word, rd, high, quarter: 1)
        }
    }

    /// How many quarters are not what most are, and what that is: zeros or ones.
    private func quarters(of value: UInt64) -> (different: Int, filling: UInt16) {
        var (zeros, ones) = (0, 0)
        for quarter in 0..<4 {
            switch UInt16(truncatingIfNeeded: value >> (16 * quarter)) {
            case 0: zeros += 1
            case .max: ones += 1
            default: break
            }
        }
        return ones > zeros ? (4 - ones, .max) : (4 - zeros, 0)
    }

    /// Quarter by quarter, over zeros or over ones.
    private mutating func loadByQuarters(_ rd: ARM64Register, _ value: UInt64) {
        let filling = quarters(of: value).filling
        var isFirst = true
        for quarter in 0..<4 {
            let part = UInt16(truncatingIfNeeded: value >> (16 * quarter))
            guard part != filling else { continue }
            if !isFirst {
                movk(.doubleWord, rd, part, quarter: quarter)
            } else if filling == 0 {
                movz(.doubleWord, rd, part, quarter: quarter)
            } else {
                movn(.doubleWord, rd, ~part, quarter: quarter)
            }
            isFirst = false
        }
        // All ones; zero is a narrow constant.
        if isFirst { movn(.doubleWord, rd, 0) }
    }

    /// A bit mask in which one quarter is replaced: two instructions for what repeats itself.
    private mutating func loadPatched(_ rd: ARM64Register, _ value: UInt64) -> Bool {
        for quarter in 0..<4 {
            let shift = UInt64(16 * quarter)
            let part = UInt16(truncatingIfNeeded: value >> shift)
            // What the quarter would be if the other ones were to go on: a neighbour's bits.
            for other in 1..<4 {
                let neighbour = value >> UInt64(16 * ((quarter + other) & 3)) & 0xffff
                let mask = value & ~(0xffff << shift) | neighbour << shift
                guard ARM64BitMask(mask, .doubleWord) != nil else { continue }
                orr(.doubleWord, rd, .zero, .immediate(mask))
                movk(.doubleWord, rd, part, quarter: quarter)
                return true
            }
        }
        return false
    }

    // MARK: Operands

    /// `rd = rn + value`; constants of more than 24 bits go through `scratch`.
    mutating func addConstant(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ value: Int64,
        scratch: ARM64Register
    ) {
        let magnitude = value.magnitude
        let sum = value < 0 ? ARM64Sum.sub : .add
        if magnitude < 0x1000 || magnitude < 0x100_0000 && magnitude & 0xfff == 0 {
            self.sum(sum, width, rd, rn, .immediate(magnitude))
        } else if magnitude < 0x100_0000 {
            self.sum(sum, width, rd, rn, .immediate(magnitude & 0xfff_000))
            self.sum(sum, width, rd, rd, .immediate(magnitude & 0xfff))
        } else {
            loadConstant(scratch, truncated(value, width))
            self.sum(.add, width, rd, rn, .register(scratch))
        }
    }

    /// Sets the flags to `rn - value`; most constants of more than 12 bits go through `scratch`.
    mutating func compareConstant(
        _ width: Width, _ rn: ARM64Register, _ value: Int64, scratch: ARM64Register
    ) {
        let magnitude = value.magnitude
        if magnitude < 0x1000 || magnitude < 0x100_0000 && magnitude & 0xfff == 0 {
            // Subtracting a negative number sets the same flags as adding its opposite.
            sum(value < 0 ? .adds : .subs, width, .zero, rn, .immediate(magnitude))
        } else {
            loadConstant(scratch, truncated(value, width))
            cmp(width, rn, .register(scratch))
        }
    }

    /// A logical operation with a constant; what is no bit mask goes through `scratch`.
    mutating func logicConstant(
        _ logic: ARM64Logic, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register,
        _ value: Int64, scratch: ARM64Register
    ) {
        let constant = truncated(value, width)
        if ARM64BitMask(constant, width) != nil, !logic.complements {
            self.logic(logic, width, rd, rn, .immediate(constant))
        } else {
            loadConstant(scratch, constant)
            self.logic(logic, width, rd, rn, .register(scratch))
        }
    }

    private func truncated(_ value: Int64, _ width: Width) -> UInt64 {
        width == .word ? UInt64(bitPattern: value) & 0xffff_ffff : UInt64(bitPattern: value)
    }
}
