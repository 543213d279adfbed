/// Why a text is not a program, and where in it.
public struct AssemblyError: Error, Hashable, Sendable {
    /// The line, counted from 1.
    public let line: Int
    /// The place in the line, counted in bytes of UTF-8 from 1.
    public let column: Int
    /// What is wrong there.
    public let reason: Reason

    /// A fault at a place.
    public init(line: Int, column: Int, _ reason: Reason) {
        self.line = line
        self.column = column
        self.reason = reason
    }

    /// The kinds of faults.
    public enum Reason: Hashable, Sendable {
        /// No notation uses this character.
        case unexpectedCharacter(Character)
        /// A quoted name does not end in its line.
        case unterminatedName
        /// A word begins like a number but is none, or needs more than 64 bits.
        case malformedNumber(String)
        /// Something else was expected here; `found` is `nil` at the end of the line.
        case expected(String, found: String?)
        /// No instruction begins with this word.
        case unknownInstruction(String)
        /// The directive is none of those that put bytes into a program.
        case unknownDirective(String)
        /// The word looks like a register, but there is none of this number.
        case noSuchRegister(String)
        /// A register is named by its whole, `r1`, where half is meant, `w1`, or the reverse.
        case wrongWidth(found: String, expected: String)
        /// An operand must repeat an earlier one.
        case mustRepeat(String, found: String)
        /// The number does not fit its field.
        case outOfRange(value: String, Field)
        /// Another line defines the same label.
        case duplicateLabel(String, firstLine: Int)
        /// No label and no helper has this name.
        case unknownName(String)
        /// The text is well formed, but names an instruction that does not exist.
        case invalid(InvalidInstruction.Reason)
    }

    /// What a number is for, which says how large it may be.
    public enum Field: Hashable, Sendable {
        /// The displacement of a memory access: 16 bits, signed.
        case displacement
        /// The distance of a jump: 16 bits, signed, in slots.
        case distance
        /// The distance of `gotol` or of a call: 32 bits, signed, in slots.
        case longDistance
        /// A constant that is sign-extended to 64 bits.
        case immediate
        /// A constant of which only 32 bits are used.
        case word
        /// A constant of two slots.
        case doubleWord
        /// A number of a helper, type, map or packet offset: 32 bits, signed.
        case number
        /// An address space, or the module of a kernel function.
        case halfWord
    }
}

extension AssemblyError: CustomStringConvertible {
    /// One line: the place, what is wrong, and what would be right.
    public var description: String { "line \(line), column \(column): \(reason)" }
}

extension AssemblyError.Reason: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .unexpectedCharacter(let character):
            "'\(character)' has no meaning here; comments begin with '#', ';' or '//'"
        case .unterminatedName:
            "the quoted name does not end; close it with '\"' on the same line"
        case .malformedNumber(let word):
            "'\(word)' is not a number of at most 64 bits; write it like 10, -10 or 0x0a"
        case .expected(let expected, let found?): "expected \(expected), found '\(found)'"
        case .expected(let expected, nil): "expected \(expected), found the end of the line"
        case .unknownInstruction(let word):
            "no instruction begins with '\(word)'; a label needs a ':' behind it"
        case .unknownDirective(let word):
            "there is no directive '\(word)'; '.8byte' puts the bytes of one slot into the program"
        case .noSuchRegister(let word):
            "there is no register \(word); the last one is \(word.prefix(1))10"
        case .wrongWidth(let found, let expected):
            "\(found) has the wrong width here; write \(expected)"
        case .mustRepeat(let expected, let found):
            "this operand must be \(expected) again, not \(found)"
        case .outOfRange(let value, let field): "\(value) \(field.remedy)"
        case .duplicateLabel(let name, let line):
            "label '\(name)' stands on line \(line) already; choose another name"
        case .unknownName(let name):
            "no label, helper or object is called '\(name)'; define it with '\(name):'"
        case .invalid(let reason): "\(reason)"
        }
    }
}

extension AssemblyError.Field {
    /// What fits, and what to do with what does not.
    fileprivate var remedy: String {
        switch self {
        case .displacement:
            "is no displacement, -32768…32767; add the rest to the register before"
        case .distance:
            "slots are too far for this jump, -32768…32767; 'gotol' reaches farther"
        case .longDistance:
            "slots are too far, -2147483648…2147483647"
        case .immediate:
            "does not fit 32 bits with a sign, -2147483648…2147483647; "
                + "load it into a register with 'r1 = … ll' before"
        case .word:
            "does not fit 32 bits, -2147483648…4294967295"
        case .doubleWord:
            "does not fit 64 bits, -9223372036854775808…18446744073709551615"
        case .number:
            "does not fit 32 bits with a sign, -2147483648…2147483647"
        case .halfWord:
            "does not fit 16 bits, 0…65535"
        }
    }
}
