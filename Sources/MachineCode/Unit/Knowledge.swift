import EBPFBytecode

/// What is known of registers where the translation stands, since the last target of a branch.
struct Knowledge {
    /// Registers whose upper halves are zero.
    private(set) var narrow = RegisterSet.none
    /// Registers that hold r10 and a constant, and those that hold a constant of 64 bits.
    private var framed = RegisterSet.none
    private var constant = RegisterSet.none
    private var values = InlineArray<11, UInt64>(repeating: 0)

    /// Notes that an operation of a width has written a register.
    @inline(__always)
    mutating func write(_ register: Register, _ width: Width) {
        forget(register)
        if width == .word { narrow.insert(RegisterSet(register)) }
    }

    /// Notes that a register has an unknown value.
    @inline(__always)
    mutating func forget(_ register: Register) {
        let set = RegisterSet(register)
        narrow.subtract(set)
        framed.subtract(set)
        constant.subtract(set)
    }

    /// Notes that control may come from elsewhere.
    mutating func forgetAll() {
        narrow = .none
        framed = .none
        constant = .none
    }

    /// Whether a number has no more than 32 bits.
    func isNarrow(_ register: Register) -> Bool { narrow.contains(register) }

    /// The same for an operand of 64 bits.
    func isNarrow(_ source: Source) -> Bool {
        switch source {
        case .register(let register): isNarrow(register)
        case .immediate(let value): value >= 0
        }
    }

    mutating func set(_ register: Register, frameOffset: Int32) {
        forget(register)
        framed.formUnion(RegisterSet(register))
        values[Int(register.rawValue)] = UInt64(UInt32(bitPattern: frameOffset))
    }

    mutating func set(_ register: Register, constant value: UInt64) {
        forget(register)
        constant.formUnion(RegisterSet(register))
        values[Int(register.rawValue)] = value
        if value >> 32 == 0 { narrow.formUnion(RegisterSet(register)) }
    }

    func frameOffset(_ register: Register) -> Int32? {
        if register == .r10 { return 0 }
        guard framed.contains(register) else { return nil }
        return Int32(truncatingIfNeeded: values[Int(register.rawValue)])
    }

    func constant(_ register: Register) -> UInt64? {
        constant.contains(register) ? values[Int(register.rawValue)] : nil
    }

    /// Notes a call: the arguments are gone.
    mutating func call() {
        for register in Register.arguments { forget(register) }
        forget(.r0)
    }
}
