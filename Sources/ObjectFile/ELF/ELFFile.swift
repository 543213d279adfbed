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
    package let relocationTables: [Int: [Int]]

    /// Whether gcc wrote it.
    private let isFromGCC: Bool
    private let sectionsByName: [String: Int]

    package init(_ bytes: [UInt8]) throws(ObjectFileError) {
        let header = try ELFHeader(bytes)
        self.bytes = bytes
        sections = try ELFSectionTable(bytes, header: header).sections()
        sectionsByName = Dictionary(sections.map { ($0.name, $0.index) }) { first, _ in first }
        isFromGCC = sections.contains {
            $0.name == ".comment"
                && bytes[$0.range].drop { $0 == 0 }.starts(with: Array("GCC".utf8))
        }
        (symbolTable, symbols) = try ELFSymbolReader(bytes: bytes, sections: sections).symbols()
        relocationTables = try Self.relocationTables(sections)
    }

    private static func relocationTables(
        _ sections: [ELFSection]
    ) throws(ObjectFileError) -> [Int: [Int]] {
        var tables: [Int: [Int]] = [:]
        for table in sections
        where table.kind == .relocations || table.kind == .relocationsWithAddends {
            guard Int(table.info) < sections.count else {
                throw ObjectFileError(
                    .section(table.name),
                    .noSuchSection(table.info, count: sections.count)
                )
            }
            tables[Int(table.info), default: []].append(table.index)
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
