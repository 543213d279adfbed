/// A relocatable ELF file for BPF: sections, symbols and relocations, all checked.
struct ELFFile {
    /// The whole file.
    let bytes: [UInt8]
    /// The sections; the first one is unused.
    let sections: [ELFSection]
    /// The symbols; the first one is unused.
    let symbols: [ELFSymbol]
    /// The section that holds the symbols.
    let symbolTable: Int?
    /// The tables of relocations of each section that has some.
    let relocationTables: [Int: [Int]]

    private let sectionsByName: [String: Int]

    init(_ bytes: [UInt8]) throws(ObjectFileError) {
        let header = try ELFHeader(bytes)
        self.bytes = bytes
        sections = try ELFSectionTable(bytes, header: header).sections()
        sectionsByName = Dictionary(sections.map { ($0.name, $0.index) }) { first, _ in first }
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
    func stored(_ section: ELFSection) -> ArraySlice<UInt8> { bytes[section.range] }

    /// The bytes of a section in memory.
    func contents(_ section: ELFSection) -> [UInt8] {
        section.kind == .zeros
            ? Array(repeating: 0, count: section.size) : Array(bytes[section.range])
    }

    /// The first section with a name.
    func section(named name: String) -> ELFSection? { sectionsByName[name].map { sections[$0] } }
}
