import EBPFBytecode

extension ConstantGroup {
    /// The constants as C has them: an enumeration, or macros.
    var declaration: String { areMacros ? macros : enumeration }

    private var enumeration: String {
        let head = tag.map { "enum \($0) {\n" } ?? "enum {\n"
        return head + constants.map { "    \($0.name) = \($0.literal),\n" }.joined() + "};\n"
    }

    private var macros: String {
        constants.map { "#define \($0.name) \($0.macroLiteral)\n" }.joined()
    }

    /// The groups with a subject, one after the other.
    static func declarations(of groups: some Sequence<ConstantGroup>) -> String {
        groups.map(\.declaration).joined(separator: "\n")
    }
}

extension ConstantGroup.Constant {
    /// Small numbers in decimal, bits and masks in hexadecimal, 64-bit ones with their suffix.
    fileprivate var literal: String {
        guard value >= 256 else { return String(value) }
        return "0x" + String(value, radix: 16) + (value > UInt32.max / 2 ? "ULL" : "")
    }

    /// A negative number in parentheses, so that it stands in any expression.
    fileprivate var macroLiteral: String {
        value < 0 ? "(\(value))" : value < 10 ? String(value) : "0x" + String(value, radix: 16)
    }
}
