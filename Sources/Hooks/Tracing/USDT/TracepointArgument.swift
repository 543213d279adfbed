/// Where an application's tracepoint has one of its arguments, and how large it is.
///
/// Notes say it in the assembler's words: `-4@%edi`, `8@-16(%rbp)`, `4@$5`; on arm64 `8@x19`,
/// `-4@[sp, 12]`, `4@5`.
public struct TracepointArgument: Hashable, Sendable {
    /// The size in bytes: 1, 2, 4 or 8.
    public let size: Int
    /// Whether it is a signed number.
    public let isSigned: Bool
    /// Where it is.
    public let place: Place

    /// Where an argument is. Registers are named by their byte offsets in the registers that the
    /// kernel saves (`struct pt_regs`; on arm64 `struct user_pt_regs`).
    public enum Place: Hashable, Sendable {
        /// Nowhere: it is always this number.
        case constant(Int64)
        /// In a register.
        case register(Int)
        /// In memory, so many bytes from a register's address.
        case memory(base: Int, offset: Int64)
        /// In memory, at `base + index * scale + offset` (x86-64).
        case indexed(base: Int, index: Int, scale: Int, offset: Int64)
    }

    /// Kinds of processors whose words are understood (`e_machine`).
    public enum Processor: UInt16, Sendable {
        /// `EM_X86_64`.
        case x86 = 62
        /// `EM_AARCH64`.
        case arm = 183
    }

    /// Reads an argument's description; `nil` if it is in a place that no program can read, such as
    /// a vector register.
    public init?(_ text: some StringProtocol, for processor: Processor) {
        let parts = text.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, let size = Int(parts[0]), [1, 2, 4, 8].contains(abs(size)) else {
            return nil
        }
        self.size = abs(size)
        isSigned = size < 0
        let words = String(parts[1].filter { $0 != " " })
        let place =
            switch processor {
            case .x86: Self.x86Place(words[...])
            case .arm: Self.armPlace(words[...])
            }
        guard let place else { return nil }
        self.place = place
    }

    /// Splits a note's list: blanks separate arguments, except within brackets.
    static func split(_ text: String) -> [String] {
        var arguments: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            if character == "[" || character == "(" { depth += 1 }
            if character == "]" || character == ")" { depth -= 1 }
            if character == " ", depth <= 0 {
                if !current.isEmpty { arguments.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        return current.isEmpty ? arguments : arguments + [current]
    }

    // MARK: x86-64

    /// `$5`, `%rax`, `-8(%rbp)`, `8(%rax,%rcx,4)`.
    private static func x86Place(_ text: Substring) -> Place? {
        if text.hasPrefix("$") { return number(text.dropFirst()).map(Place.constant) }
        if text.hasPrefix("%") { return x86Registers[text.dropFirst()].map(Place.register) }
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
        let displacement = text[..<open]
        guard let offset = displacement.isEmpty ? 0 : number(displacement) else { return nil }
        let inside = text[text.index(after: open)...].dropLast()
        let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = parts.first, let base = x86Registers[first.dropFirst()] else {
            return nil
        }
        guard parts.count > 1 else { return .memory(base: base, offset: offset) }
        guard parts.count <= 3, let index = x86Registers[parts[1].dropFirst()],
            let scale = parts.count == 3 ? Int(parts[2]) : 1, [1, 2, 4, 8].contains(scale)
        else { return nil }
        return .indexed(base: base, index: index, scale: scale, offset: offset)
    }

    /// All names of the general registers, and where `struct pt_regs` has them.
    private static let x86Registers: [Substring: Int] = {
        let legacy: [(Substring, Int)] = [
            ("bp", 32), ("bx", 40), ("ax", 80), ("cx", 88), ("dx", 96), ("si", 104), ("di", 112),
            ("sp", 152),
        ]
        let numbered: [(Substring, Int)] = [
            ("r15", 0), ("r14", 8), ("r13", 16), ("r12", 24), ("r11", 48), ("r10", 56), ("r9", 64),
            ("r8", 72),
        ]
        var registers: [Substring: Int] = ["rip": 128]
        for (name, offset) in legacy {
            for form in ["r" + name, "e" + name, name] { registers[form[...]] = offset }
            let hasLetter = name.hasSuffix("x")
            registers[(hasLetter ? name.dropLast() : name) + "l"] = offset
        }
        for (name, offset) in numbered {
            for suffix in ["", "d", "w", "b"] { registers[name + suffix] = offset }
        }
        return registers
    }()

    // MARK: arm64

    /// `5`, `#5`, `x19`, `w0`, `sp`, `[x0]`, `[sp,12]`.
    private static func armPlace(_ text: Substring) -> Place? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let parts = text.dropFirst().dropLast().split(separator: ",")
            guard let name = parts.first, let base = armRegister(name), parts.count <= 2 else {
                return nil
            }
            guard parts.count == 2 else { return .memory(base: base, offset: 0) }
            return armNumber(parts[1]).map { .memory(base: base, offset: $0) }
        }
        if let constant = armNumber(text) { return .constant(constant) }
        return armRegister(text).map(Place.register)
    }

    private static func armNumber(_ text: Substring) -> Int64? {
        number(text.hasPrefix("#") ? text.dropFirst() : text)
    }

    private static func armRegister(_ name: Substring) -> Int? {
        if name == "sp" { return 31 * 8 }
        guard name.hasPrefix("x") || name.hasPrefix("w"), let number = Int(name.dropFirst()),
            (0...30).contains(number)
        else { return nil }
        return number * 8
    }

    private static func number(_ text: Substring) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text
        guard digits.hasPrefix("0x") else {
            return Int64(text) ?? UInt64(text).map(Int64.init(bitPattern:))
        }
        let magnitude = UInt64(digits.dropFirst(2), radix: 16).map(Int64.init(bitPattern:))
        return magnitude.map { isNegative ? 0 &- $0 : $0 }
    }
}
