import EBPFBytecode

@testable import EBPFMachineCode

extension X86AssemblyRows {
    /// Operations with two operands, in all forms.
    mutating func addOperations() {
        for operation in X86Operation.allCases {
            for width in Width.allCases {
                let name = operation.name
                for first in Self.registers {
                    for second in Self.registers {
                        add("\(name) \(first.name(width)), \(second.name(width))") {
                            $0.apply(operation, width, first, second)
                        }
                    }
                    // The accumulator has a form of its own for wide constants.
                    for constant: Int32 in [0, 1, 127, -128, 128, -129, .max, .min] {
                        add("\(name) \(first.name(width)), \(constant)") {
                            $0.apply(operation, width, first, constant)
                        }
                    }
                }
                addPlaces(operation, width)
            }
        }
    }

    private mutating func addPlaces(_ operation: X86Operation, _ width: Width) {
        let size: MemorySize = width == .word ? .word : .doubleWord
        for (place, text) in Self.places {
            add("\(operation.name) \(X86Register.rdx.name(width)), \(size.pointer) \(text)") {
                $0.apply(operation, width, .rdx, place)
            }
            add("\(operation.name) \(size.pointer) \(text), \(X86Register.r9.name(width))") {
                $0.apply(operation, width, place, .r9)
            }
            for constant: Int32 in [-1, 0x1234] {
                add("\(operation.name) \(size.pointer) \(text), \(constant)") {
                    $0.apply(operation, width, place, constant)
                }
            }
        }
    }

    /// Products, quotients, shifts and tests.
    mutating func addArithmetic() {
        for width in Width.allCases {
            for first in Self.general {
                let name = first.name(width)
                add("neg \(name)") { $0.negate(width, first) }
                add("div \(name)") { $0.divide(width, by: first, isSigned: false) }
                add("idiv \(name)") { $0.divide(width, by: first, isSigned: true) }
                add("bswap \(name)") { $0.swapBytes(width, first) }
                add("rol \(first.name(.halfWord)), 8") { $0.swapLowBytes(first) }
                for second in Self.general {
                    addPair(width, first, second)
                }
                addShifts(width, first)
                for constant: Int32 in [1, 127] {
                    add("test \(first.name(.byte)), \(constant)") {
                        $0.test(width, first, constant)
                    }
                }
                for constant: Int32 in [128, .max] {
                    add("test \(first.name(MemorySize.word)), \(constant)") {
                        $0.test(width, first, constant)
                    }
                }
                add("test \(name), -2") { $0.test(width, first, -2) }
            }
            add("rep movsb") { $0.copyBytes() }
            add(width == .word ? "cdq" : "cqo") { $0.extendSignIntoRDX(width) }
        }
    }

    private mutating func addPair(_ width: Width, _ first: X86Register, _ second: X86Register) {
        let (one, two) = (first.name(width), second.name(width))
        add("test \(one), \(two)") { $0.test(width, first, second) }
        add("imul \(one), \(two)") { $0.multiply(width, first, second) }
        for constant: Int32 in [3, -128, 128, .min] {
            add("imul \(one), \(two), \(constant)") { $0.multiply(width, first, second, constant) }
        }
        for (kind, name) in [(X86Shift.left, "shlx"), (.right, "shrx"), (.rightSigned, "sarx")] {
            add("\(name) \(one), \(two), \(X86Register.r11.name(width))") {
                $0.shift(kind, width, first, second, by: .r11)
            }
        }
        add("rorx \(one), \(two), 7") { $0.rotateRight(width, first, second, by: 7) }
        for condition in X86Condition.allCases {
            add("cmov\(condition.name) \(one), \(two)") {
                $0.moveIf(condition, width, first, second)
            }
        }
    }

    private mutating func addShifts(_ width: Width, _ register: X86Register) {
        for kind in X86Shift.allCases {
            for distance: UInt8 in [1, 2, 31] {
                add("\(kind.name) \(register.name(width)), \(distance)") {
                    $0.shift(kind, width, register, by: distance)
                }
            }
            add("\(kind.name) \(register.name(width)), cl") { $0.shiftByCL(kind, width, register) }
        }
    }
}

extension X86Operation {
    fileprivate var name: String {
        switch self {
        case .add: "add"
        case .or: "or"
        case .and: "and"
        case .subtract: "sub"
        case .xor: "xor"
        case .compare: "cmp"
        }
    }
}

extension X86Shift {
    fileprivate var name: String {
        switch self {
        case .rotateLeft: "rol"
        case .rotateRight: "ror"
        case .left: "shl"
        case .right: "shr"
        case .rightSigned: "sar"
        }
    }
}
