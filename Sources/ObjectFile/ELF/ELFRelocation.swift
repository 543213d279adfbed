/// A place in a section where the address of a symbol belongs.
package struct ELFRelocation {
    /// The offset in the section that is changed.
    package let offset: UInt64
    /// How to change it.
    package let kind: Kind
    /// The number of the symbol.
    package let symbol: Int
    /// What to add; `nil` if that is in the place itself.
    package let addend: Int64?

    /// The relocation types of BPF, by LLVM's names; binutils before 2.41 had two of its own.
    package enum Kind: UInt32 {
        /// `R_BPF_64_64`: the 64-bit constant of an `ld_imm64`.
        case constant64 = 1
        /// `R_BPF_64_ABS64`: eight bytes of data.
        case data64 = 2
        /// `R_BPF_64_ABS32`: four bytes of data.
        case data32 = 3
        /// `R_BPF_64_NODYLD32`: four bytes of type or line information.
        case information32 = 4
        /// `R_BPF_64_32`: the distance of a call.
        case call = 10
        /// `R_BPF_DATA_32` of old binutils.
        case oldData32 = 11
        /// `R_BPF_DATA_64` of old binutils.
        case oldData64 = 12

        /// How many bytes of data it changes.
        package var byteCount: Int {
            switch self {
            case .constant64, .data64, .oldData64: 8
            case .data32, .information32, .call, .oldData32: 4
            }
        }
    }
}

/// Reads tables of relocations (`Elf64_Rel`, `Elf64_Rela`).
extension ELFFile {
    /// What changes a section, in the order of its offsets.
    ///
    /// Each symbol exists, each offset is within the section.
    package func relocations(of section: Int) throws(ObjectFileError) -> [ELFRelocation] {
        var found: [ELFRelocation] = []
        for table in relocationTables[section] {
            try readRelocations(sections[table], of: sections[section], into: &found)
        }
        return found.sorted { $0.offset < $1.offset }
    }

    private func readRelocations(
        _ table: ELFSection,
        of section: ELFSection,
        into found: inout [ELFRelocation]
    ) throws(ObjectFileError) {
        let hasAddends = table.kind == .relocationsWithAddends
        let byteCount = hasAddends ? 24 : 16
        try ELFSymbolReader(bytes: bytes, sections: sections)
            .checkEntries(of: table, size: byteCount)
        guard symbolTable == Int(table.link) || table.range.isEmpty else {
            throw ObjectFileError(
                .section(table.name),
                .missing("table of symbols \(table.link)")
            )
        }
        for index in 0..<table.range.count / byteCount {
            var fields = FieldReader(bytes, at: table.range.lowerBound + index * byteCount)
            let offset: UInt64 = fields.next()
            let info: UInt64 = fields.next()
            let type = UInt32(truncatingIfNeeded: info)
            let place = ObjectFileError.Place.sectionOffset(table.name, index * byteCount)
            guard type != 0 else { continue }  // R_BPF_NONE
            guard let kind = ELFRelocation.Kind(rawValue: type)
            else { throw ObjectFileError(place, .unknownRelocation(type)) }
            guard info >> 32 < symbols.count else {
                throw ObjectFileError(
                    place,
                    .noSuchSymbol(UInt32(info >> 32), count: symbols.count)
                )
            }
            guard offset < section.size else {
                throw ObjectFileError(place, .outsideSection(offset: offset, size: section.size))
            }
            found.append(
                ELFRelocation(
                    offset: offset,
                    kind: kind,
                    symbol: Int(info >> 32),
                    addend: hasAddends ? fields.next() : nil
                )
            )
        }
    }
}
