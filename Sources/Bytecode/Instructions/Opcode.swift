/// The parts of an opcode byte (RFC 9669, section 3.1).
///
/// ```
///  arithmetic, jumps:   │ code (4 bits) │ source (1 bit) │ class (3 bits) │
///  loads, stores:       │ mode (3 bits) │ size   (2 bits) │ class (3 bits) │
/// ```
enum InstructionClass: UInt8 {
    case load = 0, loadRegister, store, storeRegister, arithmetic32, jump64, jump32, arithmetic64

    init(opcode: UInt8) {
        // All eight numbers are cases.
        self = InstructionClass(rawValue: opcode & 7) ?? .load
    }

    /// The class of arithmetic of a width.
    static func arithmetic(_ width: Width) -> InstructionClass {
        width == .word ? .arithmetic32 : .arithmetic64
    }

    /// The class of branches that compare in a width.
    static func jump(_ width: Width) -> InstructionClass {
        width == .word ? .jump32 : .jump64
    }
}

/// Constants of opcodes, by their names in RFC 9669.
enum OpcodeField {
    /// The bit that says that the second operand is a register (`X`).
    static let registerSource: UInt8 = 0x08

    static let negate: UInt8 = 0x8
    static let move: UInt8 = 0xb
    static let byteSwap: UInt8 = 0xd

    static let jumpAlways: UInt8 = 0x0
    static let call: UInt8 = 0x8
    static let exit: UInt8 = 0x9
    static let jumpConditionally: UInt8 = 0xe

    static let modeImmediate: UInt8 = 0x00
    static let modeAbsolute: UInt8 = 0x20
    static let modeIndirect: UInt8 = 0x40
    static let modeMemory: UInt8 = 0x60
    static let modeSigned: UInt8 = 0x80
    static let modeAtomic: UInt8 = 0xc0

    /// The displacement that marks `addr_space_cast` among the moves.
    static let addressSpaceCast: Int16 = 1
}

extension Arithmetic {
    /// The high four bits of the opcode; signed division and remainder share the unsigned codes.
    var code: UInt8 {
        switch self {
        case .add: 0x0
        case .subtract: 0x1
        case .multiply: 0x2
        case .divide, .divideSigned: 0x3
        case .or: 0x4
        case .and: 0x5
        case .shiftLeft: 0x6
        case .shiftRight: 0x7
        case .modulo, .moduloSigned: 0x9
        case .xor: 0xa
        case .shiftRightSigned: 0xc
        }
    }

    /// What the offset field must hold: 1 for the signed forms.
    var variant: Int16 { self == .divideSigned || self == .moduloSigned ? 1 : 0 }

    /// The unsigned operation with this code.
    init?(code: UInt8) {
        guard let found = Self.byCode[Int(code & 0xf)] else { return nil }
        self = found
    }

    private static let byCode = (0..<16).map { code in
        allCases.first { Int($0.code) == code && $0.variant == 0 }
    }

    /// The signed form, where there is one.
    var signed: Arithmetic? {
        switch self {
        case .divide: .divideSigned
        case .modulo: .moduloSigned
        default: nil
        }
    }
}

extension Comparison {
    /// The high four bits of the opcode.
    var code: UInt8 {
        switch self {
        case .equal: 0x1
        case .greater: 0x2
        case .greaterOrEqual: 0x3
        case .anyBitSet: 0x4
        case .notEqual: 0x5
        case .greaterSigned: 0x6
        case .greaterOrEqualSigned: 0x7
        case .less: 0xa
        case .lessOrEqual: 0xb
        case .lessSigned: 0xc
        case .lessOrEqualSigned: 0xd
        }
    }

    init?(code: UInt8) {
        guard let found = Self.byCode[Int(code & 0xf)] else { return nil }
        self = found
    }

    private static let byCode = (0..<16).map { code in
        allCases.first { Int($0.code) == code }
    }
}

extension MemorySize {
    /// The size bits of the opcode, in place.
    var code: UInt8 {
        switch self {
        case .word: 0x00
        case .halfWord: 0x08
        case .byte: 0x10
        case .doubleWord: 0x18
        }
    }

    init(opcode: UInt8) {
        self = [.word, .halfWord, .byte, .doubleWord][Int(opcode >> 3 & 3)]
    }

    /// The size with this number of bits.
    init?(bitCount: Int) {
        guard bitCount % 8 == 0, let size = MemorySize(rawValue: UInt8(clamping: bitCount / 8))
        else { return nil }
        self = size
    }
}

extension AtomicOperation {
    /// The bit of the immediate that asks for the old value.
    static let fetchBit: Int32 = 0x01

    /// The immediate that names the operation (RFC 9669, tables 13 and 14).
    var code: Int32 {
        switch self {
        case .add(let fetch): 0x00 | (fetch ? Self.fetchBit : 0)
        case .or(let fetch): 0x40 | (fetch ? Self.fetchBit : 0)
        case .and(let fetch): 0x50 | (fetch ? Self.fetchBit : 0)
        case .xor(let fetch): 0xa0 | (fetch ? Self.fetchBit : 0)
        case .exchange: 0xe0 | Self.fetchBit
        case .compareExchange: 0xf0 | Self.fetchBit
        }
    }

    /// The immediate that marks an acquiring load (`BPF_LOAD_ACQ`).
    static let loadAcquireCode: Int32 = 0x100
    /// The immediate that marks a releasing store (`BPF_STORE_REL`).
    static let storeReleaseCode: Int32 = 0x110

    init?(code: Int32) {
        let fetch = code & Self.fetchBit != 0
        switch code & ~Self.fetchBit {
        case 0x00: self = .add(fetch: fetch)
        case 0x40: self = .or(fetch: fetch)
        case 0x50: self = .and(fetch: fetch)
        case 0xa0: self = .xor(fetch: fetch)
        case 0xe0 where fetch: self = .exchange
        case 0xf0 where fetch: self = .compareExchange
        default: return nil
        }
    }
}
