import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A program made ready for a walk: decoded, with everything that its instructions name.
struct Subject {
    /// The program, adapted to the kernel's types.
    let program: ProgramSpec
    /// The instructions by slot; nothing in the second slots of wide ones, and where there is none.
    let instructions: ContiguousArray<Instruction?>
    /// The functions in the order of their slots; the first one is where the program starts.
    var functions: ContiguousArray<Subprogram>
    /// The number of the function that each slot belongs to.
    let functionOfSlot: ContiguousArray<Int32>
    /// What the instruction in a slot names; see ``Name``.
    let names: [Int: Name]
    /// The maps that it names.
    let maps: ContiguousArray<MapFacts>
    /// The program's own types.
    let types: BTF?
    /// The kernel's types.
    let kernelTypes: BTF?
    /// Whether its licence is compatible with the GPL.
    let isGPL: Bool
    /// Whether it replaces a function of another program, so that it begins with that function's
    /// arguments.
    var isExtension = false

    /// What an instruction names beside numbers.
    enum Name {
        /// A map.
        case map(Int)
        /// A byte of the only value of a map.
        case mapValue(Int, offset: Int)
        /// A function of the kernel; without a type if there is none and the program must not
        /// reach it.
        case kernelFunction(String, TypeID?)
        /// A variable of the kernel.
        case kernelVariable(String, TypeID?)
        /// The address of a symbol of which nothing but the name is known.
        case address
    }
}

/// A function of a program.
struct Subprogram {
    /// The slot of its first instruction.
    let start: Int
    /// The slot after its last one.
    let end: Int
    /// Its name.
    let name: String
    /// Its type in the program's types, a `BTF_KIND_FUNC`.
    let type: TypeID?
    /// Whether it is verified alone, by its prototype.
    var isGlobal: Bool
    /// How many bytes of stack it uses.
    var stackDepth = 0
    /// Whether it jumps to other programs.
    var hasTailCall = false
    /// Whether the kernel calls it later.
    var isAsynchronousCallback = false
    /// Whether something calls it back.
    var isCallback = false
    /// Whether it handles exceptions.
    var isExceptionCallback = false
    /// Whether it has been looked at, called or verified.
    var isCalled = false
}

extension Subject {
    /// The type that decides what it may do: of an extension, that of its target.
    var type: ProgramType { program.type }
    /// The type that it is loaded as.
    var loadedType: ProgramType { isExtension ? .programExtension : program.type }
    var isSleepable: Bool { program.flags.contains(.sleepable) }

    /// The name of what an instruction calls, for people.
    func nameOfFunction(_ number: Int) -> String {
        functions.indices.contains(number) && !functions[number].name.isEmpty
            ? functions[number].name : "function \(number)"
    }
}

extension Subject {
    /// Makes look-ups in the kernel's types fast if there will be some. This is done once a process,
    /// as a kernel does it once when it is built.
    func prepareTypes() {
        guard let kernelTypes else { return }
        let isTyped =
            switch program.type {
            case .tracing, .lsm, .structOperations, .rawTracepoint: true
            default: false
            }
        let namesKernel = names.values.contains {
            switch $0 {
            case .kernelFunction, .kernelVariable: true
            case .map, .mapValue, .address: false
            }
        }
        if isTyped || namesKernel { kernelTypes.prepareNames() }
    }
}
