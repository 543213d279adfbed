import EBPFBytecode

/// The instructions that the back end uses, by what they do.
extension X86Assembler {
    // MARK: Arithmetic

    mutating func apply(
        _ operation: X86Operation, _ width: Width, _ destination: X86Register,
        _ source: X86Register
    ) {
        emit(width, Opcode(operation.rawValue << 3 | 1), source.rawValue, destination)
    }

    mutating func apply(
        _ operation: X86Operation, _ width: Width, _ destination: X86Register, _ constant: Int32
    ) {
        if let short = Int8(exactly: constant) {
            emit(width, Opcode(0x83), operation.rawValue, destination)
            append(byte: UInt8(bitPattern: short))
        } else {
            emit(width, Opcode(0x81), operation.rawValue, destination)
            append(word: UInt32(bitPattern: constant))
        }
    }

    mutating func apply(
        _ operation: X86Operation, _ width: Width, _ destination: X86Register, _ place: X86Place
    ) {
        emit(width, Opcode(operation.rawValue << 3 | 3), destination.rawValue, place)
    }

    mutating func apply(
        _ operation: X86Operation, _ width: Width, _ place: X86Place, _ source: X86Register
    ) {
        emit(width, Opcode(operation.rawValue << 3 | 1), source.rawValue, place)
    }

    mutating func apply(
        _ operation: X86Operation, _ width: Width, _ place: X86Place, _ constant: Int32
    ) {
        if let short = Int8(exactly: constant) {
            emit(width, Opcode(0x83), operation.rawValue, place)
            append(byte: UInt8(bitPattern: short))
        } else {
            emit(width, Opcode(0x81), operation.rawValue, place)
            append(word: UInt32(bitPattern: constant))
        }
    }

    /// Sets flags by the bits that both have.
    mutating func test(_ width: Width, _ first: X86Register, _ second: X86Register) {
        emit(width, Opcode(0x85), second.rawValue, first)
    }

    mutating func test(_ width: Width, _ register: X86Register, _ constant: Int32) {
        if constant >= 0, constant < 128 {
            // The sign bit of a byte is clear, so all flags are those of the wide form.
            emit(.word, Opcode(0xf6), 0, register, isByte: true)
            append(byte: UInt8(truncatingIfNeeded: constant))
        } else {
            // A positive constant has no upper half to test.
            emit(constant >= 0 ? .word : width, Opcode(0xf7), 0, register)
            append(word: UInt32(bitPattern: constant))
        }
    }

    mutating func negate(_ width: Width, _ register: X86Register) {
        emit(width, Opcode(0xf7), 3, register)
    }

    /// The low half of a product.
    mutating func multiply(_ width: Width, _ destination: X86Register, _ source: X86Register) {
        emit(width, Opcode(0xaf, isTwoBytes: true), destination.rawValue, source)
    }

    mutating func multiply(
        _ width: Width, _ destination: X86Register, _ source: X86Register, _ constant: Int32
    ) {
        if let short = Int8(exactly: constant) {
            emit(width, Opcode(0x6b), destination.rawValue, source)
            append(byte: UInt8(bitPattern: short))
        } else {
            emit(width, Opcode(0x69), destination.rawValue, source)
            append(word: UInt32(bitPattern: constant))
        }
    }

    /// Divides rdx:rax: the quotient goes to rax, the remainder to rdx. The CPU traps if the
    /// divisor is zero or the quotient does not fit.
    mutating func divide(_ width: Width, by divisor: X86Register, isSigned: Bool) {
        emit(width, Opcode(0xf7), isSigned ? 7 : 6, divisor)
    }

    /// rdx = the sign of rax, in all its bits.
    mutating func extendSignIntoRDX(_ width: Width) {
        if width == .doubleWord { append(byte: 0x48) }
        append(byte: 0x99)
    }

    mutating func shift(
        _ kind: X86Shift, _ width: Width, _ register: X86Register, by distance: UInt8
    ) {
        if distance == 1 {
            emit(width, Opcode(0xd1), kind.rawValue, register)
        } else {
            emit(width, Opcode(0xc1), kind.rawValue, register)
            append(byte: distance)
        }
    }

    /// Shifts by the low bits of cl.
    mutating func shiftByCL(_ kind: X86Shift, _ width: Width, _ register: X86Register) {
        emit(width, Opcode(0xd3), kind.rawValue, register)
    }

    /// `shlx`, `shrx`, `sarx` (BMI2): any register says how far.
    mutating func shift(
        _ kind: X86Shift, _ width: Width, _ destination: X86Register, _ source: X86Register,
        by distance: X86Register
    ) {
        let prefix: UInt8 =
            switch kind {
            case .left: 1
            case .rightSigned: 2
            default: 3
            }
        emitVEX(width, 0xf7, map: 2, prefix: prefix, destination, source, third: distance)
    }

    /// `rorx` (BMI2).
    mutating func rotateRight(
        _ width: Width, _ destination: X86Register, _ source: X86Register, by distance: UInt8
    ) {
        emitVEX(width, 0xf0, map: 3, prefix: 3, destination, source, third: .rax)
        append(byte: distance)
    }

    mutating func swapBytes(_ width: Width, _ register: X86Register) {
        let rex =
            (width == .doubleWord ? 0x48 : 0x40) | (register.isExtended ? 1 : 0) as UInt8
        if rex != 0x40 { append(byte: rex) }
        append(byte: 0x0f)
        append(byte: 0xc8 | register.low)
    }

    /// Swaps the two lowest bytes.
    mutating func swapLowBytes(_ register: X86Register) {
        emit(.word, Opcode(0xc1, prefix: 0x66), X86Shift.rotateLeft.rawValue, register)
        append(byte: 8)
    }

    // MARK: Moves

    mutating func move(_ width: Width, _ destination: X86Register, _ source: X86Register) {
        emit(width, Opcode(0x89), source.rawValue, destination)
    }

    /// Any 64-bit constant, in the shortest form that leaves the flags alone.
    mutating func move(_ destination: X86Register, constant: UInt64) {
        if constant <= UInt64(UInt32.max) {
            if destination.isExtended { append(byte: 0x41) }
            append(byte: 0xb8 | destination.low)
            append(word: UInt32(truncatingIfNeeded: constant))
        } else if let short = Int32(exactly: Int64(bitPattern: constant)) {
            emit(.doubleWord, Opcode(0xc7), 0, destination)
            append(word: UInt32(bitPattern: short))
        } else {
            append(byte: destination.isExtended ? 0x49 : 0x48)
            append(byte: 0xb8 | destination.low)
            append(quad: constant)
        }
    }

    /// Zero; changes the flags.
    mutating func clear(_ register: X86Register) { apply(.xor, .word, register, register) }

    mutating func extendZeros(
        from size: MemorySize, _ destination: X86Register, _ source: X86Register
    ) {
        switch size {
        case .byte:
            emit(
                .word, Opcode(0xb6, isTwoBytes: true), destination.rawValue, source,
                isByte: source.rawValue >= 4)
        case .halfWord: emit(.word, Opcode(0xb7, isTwoBytes: true), destination.rawValue, source)
        case .word: move(.word, destination, source)
        case .doubleWord: move(.doubleWord, destination, source)
        }
    }

    mutating func extendSign(
        from size: MemorySize, to width: Width, _ destination: X86Register, _ source: X86Register
    ) {
        switch size {
        case .byte:
            emit(
                width, Opcode(0xbe, isTwoBytes: true), destination.rawValue, source,
                isByte: source.rawValue >= 4)
        case .halfWord: emit(width, Opcode(0xbf, isTwoBytes: true), destination.rawValue, source)
        case .word: emit(width, Opcode(0x63), destination.rawValue, source)
        case .doubleWord: move(.doubleWord, destination, source)
        }
    }

    mutating func moveIf(
        _ condition: X86Condition, _ width: Width, _ destination: X86Register,
        _ source: X86Register
    ) {
        emit(
            width, Opcode(0x40 | condition.rawValue, isTwoBytes: true), destination.rawValue,
            source)
    }

    mutating func loadAddress(_ width: Width, _ destination: X86Register, _ place: X86Place) {
        emit(width, Opcode(0x8d), destination.rawValue, place)
    }

    // MARK: Memory

    /// Loads `size` bytes; zeros above.
    mutating func load(_ size: MemorySize, _ destination: X86Register, _ place: X86Place) {
        switch size {
        case .byte: emit(.word, Opcode(0xb6, isTwoBytes: true), destination.rawValue, place)
        case .halfWord: emit(.word, Opcode(0xb7, isTwoBytes: true), destination.rawValue, place)
        case .word: emit(.word, Opcode(0x8b), destination.rawValue, place)
        case .doubleWord: emit(.doubleWord, Opcode(0x8b), destination.rawValue, place)
        }
    }

    /// Loads `size` bytes; copies of the sign above.
    mutating func loadSigned(_ size: MemorySize, _ destination: X86Register, _ place: X86Place) {
        let width = Width.doubleWord
        switch size {
        case .byte: emit(width, Opcode(0xbe, isTwoBytes: true), destination.rawValue, place)
        case .halfWord: emit(width, Opcode(0xbf, isTwoBytes: true), destination.rawValue, place)
        case .word: emit(width, Opcode(0x63), destination.rawValue, place)
        case .doubleWord: emit(width, Opcode(0x8b), destination.rawValue, place)
        }
    }

    mutating func store(_ size: MemorySize, _ place: X86Place, _ source: X86Register) {
        switch size {
        case .byte: emit(.word, Opcode(0x88), source.rawValue, place, isByte: true)
        case .halfWord: emit(.word, Opcode(0x89, prefix: 0x66), source.rawValue, place)
        case .word: emit(.word, Opcode(0x89), source.rawValue, place)
        case .doubleWord: emit(.doubleWord, Opcode(0x89), source.rawValue, place)
        }
    }

    /// Stores a constant; of eight bytes, the upper four are copies of its sign.
    mutating func store(_ size: MemorySize, _ place: X86Place, constant: Int32) {
        switch size {
        case .byte:
            emit(.word, Opcode(0xc6), 0, place)
            append(byte: UInt8(truncatingIfNeeded: constant))
        case .halfWord:
            emit(.word, Opcode(0xc7, prefix: 0x66), 0, place)
            append(byte: UInt8(truncatingIfNeeded: constant))
            append(byte: UInt8(truncatingIfNeeded: constant >> 8))
        case .word, .doubleWord:
            emit(size == .word ? .word : .doubleWord, Opcode(0xc7), 0, place)
            append(word: UInt32(bitPattern: constant))
        }
    }

    /// The next instruction has sole access to its memory.
    /// Copies rcx bytes from rsi to rdi, which both move on (`rep movsb`).
    mutating func copyBytes() {
        append(byte: 0xf3)
        append(byte: 0xa4)
    }

    mutating func lock() { append(byte: 0xf0) }

    /// Adds to memory; the register gets what was there.
    mutating func exchangeAndAdd(_ width: Width, _ place: X86Place, _ register: X86Register) {
        emit(width, Opcode(0xc1, isTwoBytes: true), register.rawValue, place)
    }

    /// Exchanges; always locked.
    mutating func exchange(_ width: Width, _ place: X86Place, _ register: X86Register) {
        emit(width, Opcode(0x87), register.rawValue, place)
    }

    /// Stores if rax equals what is there; rax gets what was there.
    mutating func compareAndExchange(_ width: Width, _ place: X86Place, _ register: X86Register) {
        emit(width, Opcode(0xb1, isTwoBytes: true), register.rawValue, place)
    }

    // MARK: Control

    /// Goes on at a multiple of 16 bytes, over instructions that do nothing.
    mutating func align() {
        var missing = -offset & 15
        while missing > 0 {
            let byteCount = min(missing, 8)
            append(Self.pauses[byteCount - 1], byteCount: byteCount)
            missing -= byteCount
        }
    }

    /// Instructions that do nothing, of one byte to eight (SDM, volume 2, NOP); the first byte is
    /// the lowest.
    private static let pauses: InlineArray<8, UInt64> = [
        0x90, 0x9066, 0x1f0f, 0x40_1f0f, 0x44_1f0f, 0x441f_0f66, 0x80_1f0f, 0x84_1f0f,
    ]

    mutating func jump(_ label: Label) {
        if let distance = shortDistance(to: label, byteCount: 2) {
            append(byte: 0xeb)
            append(byte: UInt8(bitPattern: distance))
        } else {
            append(byte: 0xe9)
            append(distanceTo: label)
        }
    }

    mutating func jump(if condition: X86Condition, _ label: Label) {
        if let distance = shortDistance(to: label, byteCount: 2) {
            append(byte: 0x70 | condition.rawValue)
            append(byte: UInt8(bitPattern: distance))
        } else {
            append(byte: 0x0f)
            append(byte: 0x80 | condition.rawValue)
            append(distanceTo: label)
        }
    }

    mutating func jump(to register: X86Register) { emit(.word, Opcode(0xff), 4, register) }

    mutating func call(_ label: Label) {
        append(byte: 0xe8)
        append(distanceTo: label)
    }

    mutating func call(_ register: X86Register) { emit(.word, Opcode(0xff), 2, register) }
    mutating func call(_ place: X86Place) { emit(.word, Opcode(0xff), 2, place) }
    mutating func returnToCaller() { append(byte: 0xc3) }

    mutating func push(_ register: X86Register) {
        if register.isExtended { append(byte: 0x41) }
        append(byte: 0x50 | register.low)
    }

    mutating func pop(_ register: X86Register) {
        if register.isExtended { append(byte: 0x41) }
        append(byte: 0x58 | register.low)
    }

    mutating func push(_ place: X86Place) { emit(.word, Opcode(0xff), 6, place) }
    mutating func pop(_ place: X86Place) { emit(.word, Opcode(0x8f), 0, place) }
}
