// The words and signs of LLVM's notation. The disassembler writes them and the assembler reads
// them back, both from here, so that one cannot drift from the other.

extension Arithmetic {
    /// The assigning operator, `+=` … `s%=`.
    var assignment: String {
        switch self {
        case .add: "+="
        case .subtract: "-="
        case .multiply: "*="
        case .divide: "/="
        case .or: "|="
        case .and: "&="
        case .shiftLeft: "<<="
        case .shiftRight: ">>="
        case .modulo: "%="
        case .xor: "^="
        case .shiftRightSigned: "s>>="
        case .divideSigned: "s/="
        case .moduloSigned: "s%="
        }
    }

    /// The operation that `assignment` stands for.
    init?(assignment: String) {
        guard let found = Self.allCases.first(where: { $0.assignment == assignment })
        else { return nil }
        self = found
    }
}

extension Comparison {
    /// The operator between the operands of a branch, `==` … `&`; signed ones begin with `s`.
    public var sign: String {
        switch self {
        case .equal: "=="
        case .notEqual: "!="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greaterSigned: "s>"
        case .greaterOrEqualSigned: "s>="
        case .lessSigned: "s<"
        case .lessOrEqualSigned: "s<="
        case .anyBitSet: "&"
        }
    }

    /// The condition that `sign` stands for.
    init?(sign: String) {
        guard let found = Self.allCases.first(where: { $0.sign == sign }) else { return nil }
        self = found
    }
}

extension MemorySize {
    /// The number of bits: 8, 16, 32 or 64.
    var bitCount: Int { byteCount * 8 }

    /// How wide the register is that LLVM names beside an access of this size.
    var width: Width { self == .doubleWord ? .doubleWord : .word }
}

extension AtomicOperation {
    /// The operator after a `lock`, for the four that have one.
    var assignment: String? {
        switch self {
        case .add(fetch: false): "+="
        case .or(fetch: false): "|="
        case .and(fetch: false): "&="
        case .xor(fetch: false): "^="
        default: nil
        }
    }

    /// The name of the form that returns the old value; exchanges carry their size.
    func functionName(_ size: MemorySize) -> String {
        switch self {
        case .add: "atomic_fetch_add"
        case .or: "atomic_fetch_or"
        case .and: "atomic_fetch_and"
        case .xor: "atomic_fetch_xor"
        case .exchange: size == .doubleWord ? "xchg_64" : "xchg32_32"
        case .compareExchange: size == .doubleWord ? "cmpxchg_64" : "cmpxchg32_32"
        }
    }

    static let locked: [AtomicOperation] = [
        .add(fetch: false), .or(fetch: false), .and(fetch: false), .xor(fetch: false),
    ]

    static let fetching: [AtomicOperation] = [
        .add(fetch: true), .or(fetch: true), .and(fetch: true), .xor(fetch: true),
    ]
}

extension Register {
    /// The name of the register, or of its lower half.
    func name(_ width: Width) -> String { width == .word ? lowHalfName : description }
}

extension Width {
    /// What a register of this width is called by: `r` or `w`.
    var prefix: String { self == .word ? "w" : "r" }
}

/// Names of functions, maps and helpers, as they are written in a program's text.
enum SymbolName {
    /// The name itself where it cannot be mistaken for anything else, otherwise in quotes.
    static func quoted(_ name: String) -> String {
        if isPlain(name) { return name }
        var text = "\""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\" + String(scalar)
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, isStart(first), name.utf8.allSatisfy(isPart)
        else { return false }
        return RegisterName(name) == nil && name != "s"
    }

    static func isStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    static func isPart(_ byte: UInt8) -> Bool { isStart(byte) || isDigit(byte) }

    static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}

/// A word that names a register, which need not exist: `r1`, `w2`, `r11`.
struct RegisterName {
    let width: Width
    let number: String

    init?(_ word: String) {
        guard let first = word.first, first == "r" || first == "w" else { return nil }
        let digits = word.dropFirst()
        guard !digits.isEmpty, digits.utf8.allSatisfy(SymbolName.isDigit) else { return nil }
        width = first == "r" ? .doubleWord : .word
        number = String(digits)
    }

    var register: Register? {
        guard number.utf8.count <= 2, number == "0" || !number.hasPrefix("0"),
            let value = UInt8(number)
        else { return nil }
        return Register(rawValue: value)
    }
}
