import EBPFBytecode

@testable import EBPFMachineCode

/// Instructions twice: as text for a real assembler, and as our assembler encodes them.
struct AssemblyRows {
    private(set) var texts: [String] = []
    private(set) var code = ARM64Assembler()
    private var starts: [Int] = []

    /// Adds an instruction, or a few that belong together.
    mutating func add(_ text: String, _ emit: (inout ARM64Assembler) -> Void) {
        texts.append(text)
        starts.append(code.byteCount / 4)
        emit(&code)
    }

    /// The source for the real assembler.
    var source: String {
        ".arch armv8.1-a\n.text\n" + texts.joined(separator: "\n") + "\n"
    }

    /// Where the instructions of a row are among all.
    func range(ofRow row: Int, count: Int) -> Range<Int> {
        starts[row]..<(row + 1 < starts.count ? starts[row + 1] : count)
    }

    /// Registers of all kinds: the first, the last, and such with few and with many bits set.
    static let registers: [ARM64Register] = [.x0, .x1, .x10, .x21, .x30, .zero]
    static let bases: [ARM64Register] = [.x0, .x19, .x30, .sp]
    static let widths = Width.allCases
}

extension ARM64Register {
    /// The name in Arm's notation.
    func name(_ width: Width) -> String {
        let letter = width == .word ? "w" : "x"
        return switch self {
        case .zero: letter + "zr"
        case .sp: width == .word ? "wsp" : "sp"
        default: "\(letter)\(rawValue)"
        }
    }

    /// The name of the whole register.
    var name: String { name(.doubleWord) }
}
