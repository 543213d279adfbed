import EBPFBytecode

@testable import EBPFMachineCode

extension X86AssemblyRows {
    /// Moves and constants.
    mutating func addMoves() {
        for first in Self.registers {
            for second in Self.registers {
                let (one, two) = (first.name, second.name)
                add("mov \(one), \(two)") { $0.move(.doubleWord, first, second) }
                add("mov \(first.name(MemorySize.word)), \(second.name(MemorySize.word))") {
                    $0.move(.word, first, second)
                }
                for size in [MemorySize.byte, .halfWord] {
                    add("movzx \(first.name(MemorySize.word)), \(second.name(size))") {
                        $0.extendZeros(from: size, first, second)
                    }
                    for width in Width.allCases {
                        add("movsx \(first.name(width)), \(second.name(size))") {
                            $0.extendSign(from: size, to: width, first, second)
                        }
                    }
                }
                add("movsxd \(one), \(second.name(MemorySize.word))") {
                    $0.extendSign(from: .word, to: .doubleWord, first, second)
                }
            }
            add("xor \(first.name(MemorySize.word)), \(first.name(MemorySize.word))") {
                $0.clear(first)
            }
            for constant: UInt64 in [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
                add("mov \(first.name(MemorySize.word)), \(constant)") {
                    $0.move(first, constant: constant)
                }
            }
            for constant: Int64 in [-1, -0x8000_0000] {
                add("mov \(first.name), \(constant)") {
                    $0.move(first, constant: UInt64(bitPattern: constant))
                }
            }
            for constant: UInt64 in [1 << 32, 0x1122_3344_5566_7788, .max >> 1, 1 << 63] {
                add("movabs \(first.name), \(constant)") { $0.move(first, constant: constant) }
            }
            add("push \(first.name)") { $0.push(first) }
            add("pop \(first.name)") { $0.pop(first) }
            add("call \(first.name)") { $0.call(first) }
            add("jmp \(first.name)") { $0.jump(to: first) }
        }
        add("ret") { $0.returnToCaller() }
    }

    /// Loads, stores and atomic operations.
    mutating func addTransfers() {
        for (place, text) in Self.places {
            for size in MemorySize.allCases { addTransfers(size, place, text) }
            for width in Width.allCases { addAtomics(width, place, text) }
            add("call qword ptr \(text)") { $0.call(place) }
            add("push qword ptr \(text)") { $0.push(place) }
            add("pop qword ptr \(text)") { $0.pop(place) }
        }
    }

    private mutating func addTransfers(_ size: MemorySize, _ place: X86Place, _ text: String) {
        let operand = "\(size.pointer) \(text)"
        for register in [X86Register.rbx, .rsi, .r10] {
            switch size {
            case .byte, .halfWord:
                add("movzx \(register.name(MemorySize.word)), \(operand)") {
                    $0.load(size, register, place)
                }
                add("movsx \(register.name), \(operand)") { $0.loadSigned(size, register, place) }
            case .word:
                add("mov \(register.name(MemorySize.word)), \(operand)") {
                    $0.load(size, register, place)
                }
                add("movsxd \(register.name), \(operand)") { $0.loadSigned(size, register, place) }
            case .doubleWord:
                add("mov \(register.name), \(operand)") { $0.load(size, register, place) }
                add("mov \(register.name), \(operand)") { $0.loadSigned(size, register, place) }
            }
            add("mov \(operand), \(register.name(size))") { $0.store(size, place, register) }
        }
        for constant: Int32 in [0, 1, -1] {
            add("mov \(operand), \(constant)") { $0.store(size, place, constant: constant) }
        }
    }

    private mutating func addAtomics(_ width: Width, _ place: X86Place, _ text: String) {
        let operand = "\((width == .word ? MemorySize.word : .doubleWord).pointer) \(text)"
        let name = X86Register.rsi.name(width)
        add("lea \(name), \(text)") { $0.loadAddress(width, .rsi, place) }
        add("lock xadd \(operand), \(name)") {
            $0.lock()
            $0.exchangeAndAdd(width, place, .rsi)
        }
        add("xchg \(operand), \(name)") { $0.exchange(width, place, .rsi) }
        add("lock cmpxchg \(operand), \(name)") {
            $0.lock()
            $0.compareAndExchange(width, place, .rsi)
        }
    }

    /// Jumps forwards and backwards, each with its own labels.
    mutating func addJumps() {
        jumpRow("jmp") { $0.jump($1) }
        for condition in X86Condition.allCases {
            jumpRow("j\(condition.name)") { $0.jump(if: condition, $1) }
        }
        add("1: nop\ncall 1b") { code in
            let back = code.makeLabel()
            code.place(back)
            code.append(byte: 0x90)
            code.call(back)
        }
    }

    /// Forwards, the distance is not known yet and takes four bytes; here the real assembler needs
    /// them, too.
    private mutating func jumpRow(
        _ text: String, _ emit: (inout X86Assembler, X86Assembler.Label) -> Void
    ) {
        add("1: nop\n\(text) 1b\n\(text) 2f\n.fill 200, 1, 0x90\n\(text) 1b\n2: nop") { code in
            let (back, on) = (code.makeLabel(), code.makeLabel())
            code.place(back)
            code.append(byte: 0x90)
            emit(&code, back)
            emit(&code, on)
            for _ in 0..<200 { code.append(byte: 0x90) }
            emit(&code, back)
            code.place(on)
            code.append(byte: 0x90)
        }
    }
}
