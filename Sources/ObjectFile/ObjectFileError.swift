public import EBPFTypeFormat

/// Why an object file cannot be read: where the fault is, what it is, and what would be right.
public struct ObjectFileError: Error, Hashable, Sendable {
    /// The name of the object file.
    public let object: String
    /// Where the fault is.
    public let place: Place
    /// What is wrong.
    public let reason: Reason

    /// A fault at a place.
    public init(object: String = "", _ place: Place, _ reason: Reason) {
        self.object = object
        self.place = place
        self.reason = reason
    }

    /// Where a fault is; offsets are in bytes, slots in eights of them.
    public enum Place: Hashable, Sendable {
        /// The file as a whole.
        case file
        /// A byte of the file.
        case offset(Int)
        /// The entry of a section in the table of sections.
        case sectionHeader(Int)
        /// A section.
        case section(String)
        /// A byte of a section.
        case sectionOffset(String, Int)
        /// An entry of the symbol table.
        case symbol(Int)
        /// A function, counted in slots from its own start.
        case instruction(function: String, slot: Int)
        /// A program with its subprograms.
        case program(String)
        /// A map of the source.
        case map(String)
        /// A variable of the source.
        case variable(String)
    }

    /// The same fault, in an object with a name.
    func named(_ name: String) -> ObjectFileError {
        ObjectFileError(object: name, place, reason)
    }
}

extension ObjectFileError {
    /// The kinds of faults.
    public enum Reason: Hashable, Sendable {
        // The file.

        /// The system cannot open or read it; its own words.
        case unreadable(String)
        /// It has more bytes than an object file ever has.
        case fileTooLarge(limit: Int)
        /// It does not begin as ELF files do.
        case notELF
        /// It is for a 32-bit machine.
        case thirtyTwoBit
        /// It is in the byte order of big-endian machines.
        case bigEndian
        /// It is not for BPF; it may hold objects that are.
        case wrongMachine(String, embedded: Int)
        /// It is linked, not an object that a compiler wrote.
        case notRelocatable(String)

        // The tables.

        /// Something needs more bytes than there are.
        case truncated(needed: UInt64, available: Int)
        /// The entries of a table have another size than the format says.
        case entrySize(found: UInt64, expected: Int)
        /// The size is not a multiple of what it is made of.
        case notMultiple(size: UInt64, of: Int)
        /// A table is missing.
        case missing(String)
        /// There is no section with this number.
        case noSuchSection(UInt32, count: Int)
        /// There is no symbol with this number.
        case noSuchSymbol(UInt32, count: Int)
        /// An offset is not within its section.
        case outsideSection(offset: UInt64, size: Int)
        /// A string is not in its table, has no end, or is longer than names are.
        case badString(offset: UInt32)
        /// The sections have more bytes together than the file: they overlap.
        case overlappingSections
        /// A variable begins before the end of the one before it.
        case overlappingVariables(offset: Int)
        /// The object asks for more memory than any object needs.
        case tooMuch(String, limit: Int)
        /// A version is not known.
        case unknownVersion(UInt32)
        /// It does not begin with its magic number.
        case wrongMagic(UInt16)

        // Type information.

        /// The type information is damaged.
        case types(BTFError)
        /// What is needed is in the type information, which the object lacks.
        case noTypes
        /// No kind of CO-RE relocation has this number.
        case unknownCOREKind(UInt32)

        // Functions and relocations.

        /// A function does not lie within its section on whole slots.
        case functionBounds(offset: UInt64, size: UInt64)
        /// The relocation is of a kind that cannot be here.
        case unknownRelocation(UInt32)
        /// The relocation is not of an instruction that can carry it.
        case relocatedInstruction(String)
        /// A symbol is used that nobody defines.
        case undefinedSymbol(String)
        /// The target of a call or pointer is not the start of a function.
        case noFunction(section: String, offset: Int64)
        /// A map is used that is not at this place.
        case noMap(section: String, offset: Int64)
        /// A reference goes to a section that programs cannot refer to.
        case unreferableSection(String)

        // Maps.

        /// A map needs an attribute.
        case missingAttribute(String)
        /// No attribute of maps has this name.
        case unknownAttribute(String)
        /// An attribute is not written as the macros write it.
        case malformedAttribute(String, expected: String)
        /// Two attributes contradict each other.
        case sizeConflict(attribute: String, size: UInt32, typeSize: Int)
        /// No map type has this number.
        case unknownMapType(UInt32)
        /// Maps of maps of maps do not exist.
        case nestedInnerMap
        /// A value that a map starts with cannot be one.
        case badInitialValue(String)
        /// Something else has this name already.
        case duplicateName
    }
}
