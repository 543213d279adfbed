import EBPFBytecode

@testable import EBPFMachineCode

/// Instructions twice: as text for a real assembler, and as our assembler encodes them.
struct X86AssemblyRows: ~Copyable {
    private(set) var texts: [String] = []
    private var code = X86Assembler(capacity: 1 << 20)
    private(set) var starts: [Int] = []

    /// Adds an instruction, or a few that belong together.
    mutating func add(_ text: String, _ emit: (inout X86Assembler) -> Void) {
        texts.append(text)
        starts.append(code.offset)
        emit(&code)
    }

    /// The source for the real assembler.
    var source: String {
        ".intel_syntax noprefix\n.text\n" + texts.joined(separator: "\n") + "\n"
    }

    /// What our assembler made of all rows.
    consuming func finish() -> [UInt8]? { code.finish() }

    /// Registers of all kinds: with and without a bit of their own, those that change the form of
    /// an address, and those whose low byte needs a prefix.
    static let registers: [X86Register] = [.rcx, .rsi, .rbp, .rsp, .r9, .r12, .r13]
    static let general: [X86Register] = [.rcx, .rdi, .rbp, .r8, .r13]

    /// Places of all forms.
    static let places: [(X86Place, String)] = {
        var places: [(X86Place, String)] = []
        for base in [X86Register.rax, .rbp, .rsp, .rdi, .r12, .r13] {
            for displacement: Int32 in [0, 1, 127, 128, -128, -129, 0x12345] {
                places.append(
                    (X86Place(base, displacement), "[\(base.name) + \(displacement)]"))
            }
            for index in [X86Register.rcx, .rbp, .r9, .r12] {
                for (scale, displacement) in [(0, 0), (1, 8), (3, 512)] as [(UInt8, Int32)] {
                    places.append(
                        (
                            X86Place(base, displacement, index: index, scale: scale),
                            "[\(base.name) + \(1 << scale)*\(index.name) + \(displacement)]"
                        ))
                }
            }
        }
        return places
    }()
}

extension X86Register {
    /// The name of the whole register.
    var name: String { rawValue < 8 ? "\(self)" : "r\(rawValue)" }

    /// The name of the lowest bytes.
    func name(_ size: MemorySize) -> String {
        guard rawValue < 8 else {
            return switch size {
            case .byte: name + "b"
            case .halfWord: name + "w"
            case .word: name + "d"
            case .doubleWord: name
            }
        }
        let short = String(name.dropFirst())
        return switch size {
        case .byte: rawValue < 4 ? "\(short.prefix(1))l" : short + "l"
        case .halfWord: short
        case .word: "e" + short
        case .doubleWord: name
        }
    }

    func name(_ width: Width) -> String { name(width == .word ? MemorySize.word : .doubleWord) }
}

extension X86Condition {
    /// What stands behind `j` and `cmov`.
    var name: String {
        switch self {
        case .below: "b"
        case .aboveOrEqual: "ae"
        case .equal: "e"
        case .notEqual: "ne"
        case .belowOrEqual: "be"
        case .above: "a"
        case .negative: "s"
        case .notNegative: "ns"
        case .less: "l"
        case .greaterOrEqual: "ge"
        case .lessOrEqual: "le"
        case .greater: "g"
        }
    }
}

extension MemorySize {
    /// What stands before an address.
    var pointer: String {
        switch self {
        case .byte: "byte ptr"
        case .halfWord: "word ptr"
        case .word: "dword ptr"
        case .doubleWord: "qword ptr"
        }
    }
}
