import EBPFTypeFormat

extension ObjectFileError: CustomStringConvertible {
    /// One line: the file, the place, what is wrong, and what would be right.
    public var description: String {
        let location = [object, place.description].filter { !$0.isEmpty }.joined(separator: ": ")
        return location.isEmpty ? reason.description : "\(location): \(reason)"
    }
}

extension ObjectFileError.Place: CustomStringConvertible {
    /// The place in words; empty for the whole file.
    public var description: String {
        switch self {
        case .file: ""
        case .offset(let offset): "offset \(offset)"
        case .sectionHeader(let index): "header of section \(index)"
        case .section(let name): "section \(name)"
        case .sectionOffset(let name, let offset): "section \(name), offset \(offset)"
        case .symbol(let index): "symbol \(index)"
        case .instruction(let function, let slot): "function \(function), slot \(slot)"
        case .program(let name): "program \(name)"
        case .map(let name): "map \(name)"
        case .variable(let name): "variable \(name)"
        }
    }
}

extension ObjectFileError.Reason: CustomStringConvertible {
    /// What is wrong and what would be right, without the place.
    public var description: String {
        switch self {
        case .unreadable(let problem):
            problem
        case .fileTooLarge(let limit):
            "the file has more than \(limit >> 20) MiB, which no BPF object needs"
        case .notELF:
            "this is not an ELF file; expected an object made by clang --target=bpfel"
        case .thirtyTwoBit:
            "this is a 32-bit ELF file; BPF objects are 64-bit (clang --target=bpfel)"
        case .bigEndian:
            "this object is big-endian; compile with --target=bpfel"
        case .wrongMachine(let what, let embedded):
            wrongMachine(what, embedded)
        case .notRelocatable(let what):
            "this is \(what); expected a relocatable object, as clang -c writes it"
        case .truncated(let needed, let available):
            "expected \(needed) bytes, but only \(available) are left"
        case .entrySize(let found, let expected):
            "entries have \(found) bytes; expected \(expected)"
        case .notMultiple(let size, let unit):
            "the size is \(size); expected a multiple of \(unit)"
        case .missing(let what):
            "the object has no \(what); it may have been stripped"
        case .noSuchSection(let index, let count):
            "there is no section \(index); the last one is \(count - 1)"
        case .noSuchSymbol(let index, let count):
            count == 0
                ? "there is no symbol \(index); the object has none"
                : "there is no symbol \(index); the last one is \(count - 1)"
        case .outsideSection(let offset, let size):
            "offset \(offset) is outside the section, which has \(size) bytes"
        case .badString(let offset):
            "there is no string at offset \(offset) of the table that ends with a zero byte "
                + "and has fewer than \(Limits.nameLength) bytes"
        case .overlappingSections:
            "the sections have more bytes together than the file; they overlap"
        case .overlappingVariables(let offset):
            "it begins at offset \(offset), before the end of the variable before it"
        case .tooMuch(let what, let limit):
            "the object describes more than \(limit) \(what)"
        case .unknownVersion(let version):
            "version \(version) is not known; the only one is 1"
        case .wrongMagic(let magic):
            "it starts with 0x\(String(magic, radix: 16)), not with 0xeb9f"
        default: laterDescription
        }
    }

    private func wrongMachine(_ what: String, _ embedded: Int) -> String {
        switch embedded {
        case 0: "this is \(what), not a BPF object; compile with clang --target=bpfel -c"
        case 1: "this is \(what), not a BPF object, but one is embedded in it"
        default: "this is \(what), not a BPF object, but \(embedded) are embedded in it"
        }
    }

    /// The faults of what the tables describe.
    private var laterDescription: String {
        switch self {
        case .types(let error):
            error.description
        case .noTypes:
            "the object has no type information (.BTF), which this needs; compile with -g"
        case .unknownCOREKind(let kind):
            "there is no kind \(kind) of CO-RE relocations; the last one is 12"
        case .functionBounds(let offset, let size):
            "\(size) bytes from offset \(offset) are not whole slots of eight within the section"
        case .unknownRelocation(let type):
            "relocation type \(type) cannot be here; "
                + "BPF has 1 (64_64), 2 (ABS64), 3 (ABS32), 4 (NODYLD32) and 10 (64_32)"
        case .relocatedInstruction(let what):
            "a relocation changes this instruction, but it is not \(what)"
        case .undefinedSymbol(let name):
            undefined(name)
        case .noFunction(let section, let offset):
            "no function begins at offset \(offset) of section \(section)"
        case .noMap(let section, let offset):
            "no map begins at offset \(offset) of section \(section)"
        case .unreferableSection(let name):
            "programs cannot refer to section \(name), "
                + "only to maps, global data, functions and symbols of the kernel"
        case .missingAttribute(let name):
            "attribute '\(name)' is missing; write __uint(\(name), …)"
        case .unknownAttribute(let name):
            "maps have no attribute '\(name)'"
        case .malformedAttribute(let name, let expected):
            "attribute '\(name)' is malformed; write \(expected)"
        case .sizeConflict(let attribute, let size, let typeSize):
            "\(attribute)_size is \(size), but the type of \(attribute) has \(typeSize) bytes"
        case .unknownMapType(let type):
            "there is no map type \(type); the last one is 33 (arena)"
        case .nestedInnerMap:
            "the maps in a map of maps cannot hold maps themselves"
        case .badInitialValue(let problem):
            problem
        case .duplicateName:
            "there are two of this name; rename one"
        default: ""
        }
    }

    /// What the compiler calls by itself deserves a better hint than what the source calls.
    private func undefined(_ name: String) -> String {
        guard ["memset", "memcpy", "memmove", "memcmp", "bcmp", "strlen"].contains(name) else {
            return "'\(name)' is not defined here; define it, or declare it __ksym or __kconfig "
                + "if the kernel has it"
        }
        return "the compiler calls '\(name)', which BPF does not have; "
            + "copy or clear less at once, or define a function of that name"
    }
}

/// What no honest object comes near to; more is refused before memory is spent on it.
enum Limits {
    /// Bytes of a file.
    static let file = 64 << 20
    /// Bytes of the name of a section or symbol; the kernel stops at 512.
    static let nameLength = 2048
    /// Bytes of all names and lines of source together.
    static let text = 64 << 20
    /// Bytes of all data that are zeros in no file (`.bss`).
    static let zeroBytes = 64 << 20
    /// Slots of one program with its subprograms, as in the kernel (`BPF_COMPLEXITY_LIMIT_INSNS`).
    static let programSlots = 1_000_000
    /// Slots of all programs together, each with its own copy of its subprograms.
    static let allSlots = 4_000_000
}
