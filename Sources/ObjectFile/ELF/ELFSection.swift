/// A section of an ELF file, whose bytes are known to lie within the file.
struct ELFSection {
    /// Its number in the table of sections.
    let index: Int
    /// Its name.
    let name: String
    /// What it holds.
    let kind: Kind
    /// How it is used.
    let flags: Flags
    /// Its bytes in the file; empty for sections that are only zeros in memory.
    let range: Range<Int>
    /// Its size in memory.
    let size: Int
    /// Another section that it needs: the names of symbols, the symbols of relocations.
    let link: UInt32
    /// Another one: the section that relocations change.
    let info: UInt32
    /// How many bytes each entry has, if it is a table.
    let entrySize: UInt64

    /// `sh_type`.
    struct Kind: Hashable {
        let rawValue: UInt32
        /// `SHT_NULL`.
        static let null = Kind(rawValue: 0)
        /// `SHT_PROGBITS`.
        static let contents = Kind(rawValue: 1)
        /// `SHT_SYMTAB`.
        static let symbols = Kind(rawValue: 2)
        /// `SHT_STRTAB`.
        static let strings = Kind(rawValue: 3)
        /// `SHT_RELA`.
        static let relocationsWithAddends = Kind(rawValue: 4)
        /// `SHT_NOBITS`.
        static let zeros = Kind(rawValue: 8)
        /// `SHT_REL`.
        static let relocations = Kind(rawValue: 9)
        /// `SHT_SYMTAB_SHNDX`.
        static let symbolSections = Kind(rawValue: 18)
    }

    /// `sh_flags`.
    struct Flags: OptionSet {
        let rawValue: UInt64
        /// `SHF_EXECINSTR`.
        static let executable = Flags(rawValue: 4)
    }
}

/// An entry of the table of sections (`Elf64_Shdr`), not judged.
struct ELFSectionRecord {
    static let byteCount = 64

    let name: UInt32
    let kind: UInt32
    let flags: UInt64
    let offset: UInt64
    let size: UInt64
    let link: UInt32
    let info: UInt32
    let entrySize: UInt64

    init(_ bytes: [UInt8], at offset: Int) {
        var fields = FieldReader(bytes, at: offset)
        name = fields.next()
        kind = fields.next()
        flags = fields.next()
        _ = fields.next(UInt64.self)  // sh_addr: 0 in relocatable files
        self.offset = fields.next()
        size = fields.next()
        link = fields.next()
        info = fields.next()
        _ = fields.next(UInt64.self)  // sh_addralign
        entrySize = fields.next()
    }

    /// Whether the section has no bytes in the file.
    var hasNoBytes: Bool {
        kind == ELFSection.Kind.null.rawValue || kind == ELFSection.Kind.zeros.rawValue
    }
}
