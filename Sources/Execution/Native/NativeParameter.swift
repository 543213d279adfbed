import EBPFBytecode

/// How an argument or a result of a helper crosses between a native program and the machine.
enum NativeParameter {
    /// A number of 64 bits.
    case number
    /// A number of 32 bits; what the upper half of the register holds is not said.
    case word
    /// A signed number of 32 bits.
    case signedWord
    /// The address of a map's global.
    case map
    /// A pointer.
    case pointer
    /// A number that may be a pointer: what `bpf_probe_read` reads.
    case address

    init(_ parameter: Helper.Parameter) {
        let isPointer = parameter.type.hasSuffix("*")
        self =
            switch parameter.kind {
            case .map: .map
            case .function: .number
            case .anything, .unchecked, .size, .resultSize:
                isPointer ? .address : Self.numbers[parameter.type] ?? .number
            default: .pointer
            }
    }

    private static let numbers: [String: NativeParameter] = [
        "__u8": .word, "__u16": .word, "__u32": .word, "u32": .word, "__be16": .word,
        "__be32": .word, "__wsum": .word, "int": .signedWord, "__s32": .signedWord,
    ]
}

/// What of a helper matters to native programs.
struct NativeHelper {
    /// The name in C.
    let name: String
    let parameters: [NativeParameter]
    /// Whether the result is a pointer of the program, not a number.
    let returnsPointer: Bool

    private init(_ helper: Helper) {
        name = "bpf_\(helper.name)"
        parameters = helper.parameters.map(NativeParameter.init)
        returnsPointer = helper.resultType.hasSuffix("*")
    }

    /// A helper by its number.
    init?(number: Int) {
        guard Self.all.indices.contains(number - 1) else { return nil }
        self = Self.all[number - 1]
    }

    private static let all: [NativeHelper] = Helper.all.map(NativeHelper.init)
}
