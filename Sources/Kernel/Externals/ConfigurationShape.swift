import EBPFTypeFormat

/// How a variable of the configuration holds its value.
enum ConfigurationShape {
    /// `char`: the letter y, m or n, or a number.
    case letter
    /// `bool`: y or n.
    case truth
    /// `enum libbpf_tristate`: 0 for n, 1 for y, 2 for m.
    case choice(size: Int)
    /// An integer.
    case number(size: Int, isSigned: Bool)
    /// `char[]`: a text with a zero at its end.
    case text(size: Int)

    /// The shape of a type; `nil` if it is none of these.
    init?(_ type: TypeID, in types: BTF) throws(BTFError) {
        switch try types.resolvedType(type) {
        case .integer(let integer) where integer.encoding.contains(.boolean): self = .truth
        case .integer(let integer) where integer.size == 1: self = .letter
        case .integer(let integer) where [2, 4, 8].contains(integer.size):
            self = .number(size: integer.size, isSigned: integer.encoding.contains(.signed))
        case .enumeration(let enumeration) where enumeration.name == "libbpf_tristate":
            self = .choice(size: enumeration.size)
        case .array(let array):
            guard case .integer(let element) = try types.resolvedType(array.element),
                element.size == 1
            else { return nil }
            self = .text(size: Int(array.count))
        default: return nil
        }
    }

    /// A value as the bytes of a variable; `nil` if it does not fit.
    ///
    /// Too long a text is cut off.
    func bytes(_ value: KernelConfiguration.Value) -> [UInt8]? {
        switch (self, value) {
        case (.letter, .choice(let letter)): [letter]
        case (.letter, .number(let number)):
            (-128...255).contains(number) ? Self.bytes(number, 1) : nil
        case (.truth, .choice(let letter)):
            Self.number(letter).flatMap { $0 < 2 ? [UInt8($0)] : nil }
        case (.truth, .number(let number)):
            (0...1).contains(number) ? [UInt8(number)] : nil
        case (.choice(let size), .choice(let letter)):
            Self.number(letter).map { Self.bytes($0, size) }
        case (.number(let size, let isSigned), .number(let number)):
            Self.range(size, isSigned).contains(number) ? Self.bytes(number, size) : nil
        case (.text(let size), .text(let text)) where size > 0:
            Array(text.utf8.prefix(size - 1))
                + Array(repeating: 0, count: size - min(size - 1, text.utf8.count))
        default: nil
        }
    }

    private static func number(_ letter: UInt8) -> Int128? {
        [UInt8(ascii: "n"): 0, UInt8(ascii: "y"): 1, UInt8(ascii: "m"): 2][letter]
    }

    private static func range(_ size: Int, _ isSigned: Bool) -> ClosedRange<Int128> {
        let bits = Int128(8 * size)
        return isSigned ? -(1 << (bits - 1))...(1 << (bits - 1)) - 1 : 0...(1 << bits) - 1
    }

    private static func bytes(_ number: Int128, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> Int128(8 * $0)) }
    }
}

extension ConfigurationShape: CustomStringConvertible {
    /// The C type.
    var description: String {
        switch self {
        case .letter: "a char"
        case .truth: "a bool"
        case .choice: "an enum libbpf_tristate"
        case .number(let size, let isSigned):
            "\(isSigned ? "a signed" : "an unsigned") number of \(8 * size) bits"
        case .text(let size): "a char[\(size)]"
        }
    }
}
