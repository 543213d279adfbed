/// A section of an ELF file, whose bytes are known to lie within the file.
package struct ELFSection {
    /// Its number in the table of sections.
    package let index: Int
    /// Its name.
    package let name: String
    /// What it holds.
    package let kind: Kind
    /// How it is used.
    package let flags: Flags
    /// Its bytes in the file; empty for sections that are only zeros in memory.
    package let range: Range<Int>
    /// Its size in memory.
    package let size: Int
    /// Another section that it needs: the names of symbols, the symbols of relocations.
    package let link: UInt32
    /// Another one: the section that relocations change.
    package let info: UInt32
    /// How many bytes each entry has, if it is a table.
    package let entrySize: UInt64

    /// `sh_type`.
    package struct Kind: Hashable {
        package let rawValue: UInt32
        /// `SHT_NULL`.
        package static let null = Kind(rawValue: 0)
        /// `SHT_PROGBITS`.
        package static let contents = Kind(rawValue: 1)
        /// `SHT_SYMTAB`.
        package static let symbols = Kind(rawValue: 2)
        /// `SHT_STRTAB`.
        package static let strings = Kind(rawValue: 3)
        /// `SHT_RELA`.
        package static let relocationsWithAddends = Kind(rawValue: 4)
        /// `SHT_NOBITS`.
        package static let zeros = Kind(rawValue: 8)
        /// `SHT_REL`.
        package static let relocations = Kind(rawValue: 9)
        /// `SHT_SYMTAB_SHNDX`.
        package static let symbolSections = Kind(rawValue: 18)
    }

    /// `sh_flags`.
    package struct Flags: OptionSet {
        package let rawValue: UInt64

        package init(rawValue: UInt64) { self.rawValue = rawValue }

        /// `SHF_WRITE`.
        package static let writable = Flags(rawValue: 1)
        /// `SHF_ALLOC`.
        package static let allocated = Flags(rawValue: 2)
        /// `SHF_EXECINSTR`.
        package static let executable = Flags(rawValue: 4)
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
