/// A relocatable ELF file for BPF: sections, symbols and relocations, all checked.
package struct ELFFile {
    /// The whole file.
    package let bytes: [UInt8]
    /// The sections; the first one is unused.
    package let sections: [ELFSection]
    /// The symbols; the first one is unused.
    package let symbols: [ELFSymbol]
    /// The section that holds the symbols.
    package let symbolTable: Int?
    /// The tables of relocations of each section that has some.
    package let relocationTables: PerSection<Int>

    /// Whether gcc wrote it.
    private let isFromGCC: Bool
    private let sectionsByName: [String: Int]

    package init(_ bytes: [UInt8]) throws(ObjectFileError) {
        let header = try ELFHeader(bytes)
        self.bytes = bytes
        sections = try ELFSectionTable(bytes, header: header).sections()
        sectionsByName = Self.numbers(sections)
        isFromGCC = sections.contains {
            $0.name == ".comment"
                && bytes[$0.range].drop { $0 == 0 }.starts(with: Array("GCC".utf8))
        }
        (symbolTable, symbols) = try ELFSymbolReader(bytes: bytes, sections: sections).symbols()
        relocationTables = try Self.relocationTables(sections)
    }

    /// The first section of each name.
    private static func numbers(_ sections: [ELFSection]) -> [String: Int] {
        var numbers: [String: Int] = [:]
        numbers.reserveCapacity(sections.count)
        for section in sections where numbers[section.name] == nil {
            numbers[section.name] = section.index
        }
        return numbers
    }

    private static func relocationTables(
        _ sections: [ELFSection]
    ) throws(ObjectFileError) -> PerSection<Int> {
        var tables = PerSection<Int>()
        for table in sections
        where table.kind == .relocations || table.kind == .relocationsWithAddends {
            guard Int(table.info) < sections.count else {
                throw ObjectFileError(
                    .section(table.name),
                    .noSuchSection(table.info, count: sections.count)
                )
            }
            tables.append(table.index, to: Int(table.info))
        }
        return tables
    }
}

extension ELFFile {
    /// The bytes of a section in the file; empty for zeros.
    package func stored(_ section: ELFSection) -> ArraySlice<UInt8> { bytes[section.range] }

    /// The bytes of a section in memory.
    package func contents(_ section: ELFSection) -> [UInt8] {
        section.kind == .zeros
            ? Array(repeating: 0, count: section.size) : Array(bytes[section.range])
    }

    /// The first section with a name.
    package func section(named name: String) -> ELFSection? {
        sectionsByName[name].map { sections[$0] }
    }
}

extension ELFFile {
    /// Whether a displacement in an instruction is not one, but the value of the relocation's
    /// symbol: binutils before 2.41 store that, although the relocation says it, too.
    package func isValueStoredInPlace(of symbol: ELFSymbol, _ displacement: Int64) -> Bool {
        isFromGCC && symbol.kind != .section && UInt64(bitPattern: displacement) == symbol.value
    }
}
