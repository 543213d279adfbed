/// A general register of x86-64, by its number in encodings.
enum X86Register: UInt8, CaseIterable, Sendable {
    case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi
    case r8, r9, r10, r11, r12, r13, r14, r15

    /// The bits that fit into ModRM and SIB.
    @inline(__always)
    var low: UInt8 { rawValue & 7 }
    /// Whether a REX or VEX bit completes the number.
    @inline(__always)
    var isExtended: Bool { rawValue >= 8 }
}

/// A place in memory: base, an optional scaled index, and a displacement.
struct X86Place: Equatable, Sendable {
    var base: X86Register
    /// Any register but rsp.
    var index: X86Register?
    /// The base-two logarithm of the factor of the index: 0…3.
    var scale: UInt8 = 0
    var displacement: Int32 = 0

    init(
        _ base: X86Register, _ displacement: Int32 = 0, index: X86Register? = nil,
        scale: UInt8 = 0
    ) {
        self.base = base
        self.displacement = displacement
        self.index = index
        self.scale = scale
    }
}

/// The two-operand operations that share one form of encoding; the value is their number in it.
enum X86Operation: UInt8, CaseIterable, Sendable {
    case add = 0, or = 1, and = 4, subtract = 5, xor = 6, compare = 7
}

/// Shifts and rotations; the value is their number in the encoding.
enum X86Shift: UInt8, CaseIterable, Sendable {
    case rotateLeft = 0, rotateRight = 1, left = 4, right = 5, rightSigned = 7
}

/// A condition of a jump or a conditional move; the value is its number in the encoding.
enum X86Condition: UInt8, CaseIterable, Sendable {
    case below = 2, aboveOrEqual = 3, equal = 4, notEqual = 5, belowOrEqual = 6, above = 7
    case negative = 8, notNegative = 9
    case less = 12, greaterOrEqual = 13, lessOrEqual = 14, greater = 15

    /// The condition that holds when this one does not.
    var inverse: X86Condition { X86Condition(rawValue: rawValue ^ 1) ?? .equal }
}
