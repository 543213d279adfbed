/// A symbol: a name for a place in a section, or for something that is elsewhere.
package struct ELFSymbol {
    /// Its number in the table of symbols.
    package let index: Int
    /// Its name; empty for sections.
    package let name: String
    /// What it stands for.
    package let kind: Kind
    /// Who can see it.
    package let binding: Binding
    /// Whether it stays within the object that it is linked into (`STV_HIDDEN`, `STV_INTERNAL`).
    package let isHidden: Bool
    /// Where it is.
    package let place: Place
    /// The offset in its section; for common symbols the alignment.
    package let value: UInt64
    /// How many bytes it has; 0 if unknown.
    package let size: UInt64

    /// `STT_…`.
    package struct Kind: Hashable {
        package let rawValue: UInt8
        package static let none = Kind(rawValue: 0)
        package static let object = Kind(rawValue: 1)
        package static let function = Kind(rawValue: 2)
        package static let section = Kind(rawValue: 3)
    }

    /// `STB_…`.
    package struct Binding: Hashable {
        package let rawValue: UInt8
        package static let local = Binding(rawValue: 0)
        package static let global = Binding(rawValue: 1)
        package static let weak = Binding(rawValue: 2)
    }

    /// `st_shndx`.
    package enum Place: Hashable {
        case undefined, absolute, common
        case section(Int)
    }
}

/// Reads the table of symbols (`Elf64_Sym`).
struct ELFSymbolReader {
    private static let byteCount = 24

    let bytes: [UInt8]
    let sections: [ELFSection]

    /// The symbols of the object; none if it has no table of them.
    func symbols() throws(ObjectFileError) -> (table: Int?, symbols: [ELFSymbol]) {
        guard let table = sections.first(where: { $0.kind == .symbols }) else { return (nil, []) }
        try checkEntries(of: table, size: Self.byteCount)
        guard Int(table.link) < sections.count else {
            throw ObjectFileError(
                .section(table.name),
                .noSuchSection(table.link, count: sections.count)
            )
        }
        var names = ELFStrings(bytes)
        names.range = sections[Int(table.link)].range
        let extended = sections.first { $0.kind == .symbolSections }
        var symbols: [ELFSymbol] = []
        symbols.reserveCapacity(table.range.count / Self.byteCount)
        for index in 0..<table.range.count / Self.byteCount {
            let offset = table.range.lowerBound + index * Self.byteCount
            symbols.append(try symbol(index, at: offset, extended, &names))
        }
        return (table.index, symbols)
    }

    private func symbol(
        _ index: Int,
        at offset: Int,
        _ extended: ELFSection?,
        _ names: inout ELFStrings
    ) throws(ObjectFileError) -> ELFSymbol {
        var fields = FieldReader(bytes, at: offset)
        let name: UInt32 = fields.next()
        let info: UInt8 = fields.next()
        let visibility = fields.next(UInt8.self) & 3
        let section: UInt16 = fields.next()
        return ELFSymbol(
            index: index,
            name: try names.string(at: name, .symbol(index)),
            kind: ELFSymbol.Kind(rawValue: info & 0xf),
            binding: ELFSymbol.Binding(rawValue: info >> 4),
            isHidden: visibility == 1 || visibility == 2,
            place: try place(section, of: index, extended),
            value: fields.next(),
            size: fields.next()
        )
    }

    private func place(
        _ section: UInt16,
        of index: Int,
        _ extended: ELFSection?
    ) throws(ObjectFileError) -> ELFSymbol.Place {
        var number = UInt32(section)
        switch section {
        case 0: return .undefined
        case 0xfff2: return .common
        case 0xffff:  // The number did not fit and is in a table of its own.
            let start = extended?.range ?? 0..<0
            guard index < start.count / 4,
                let found = bytes.number(
                    UInt32.self,
                    at: start.lowerBound + index * 4
                )
            else { throw ObjectFileError(.symbol(index), .missing("table of section numbers")) }
            number = found
        case 0xff00...: return .absolute
        default: break
        }
        guard Int(number) < sections.count else {
            throw ObjectFileError(
                .symbol(index),
                .noSuchSection(number, count: sections.count)
            )
        }
        return .section(Int(number))
    }

    /// Refuses a table whose entries are not what the format says.
    func checkEntries(of table: ELFSection, size: Int) throws(ObjectFileError) {
        guard table.entrySize == UInt64(size) else {
            throw ObjectFileError(
                .section(table.name),
                .entrySize(found: table.entrySize, expected: size)
            )
        }
        guard table.range.count.isMultiple(of: size) else {
            throw ObjectFileError(
                .section(table.name),
                .notMultiple(size: UInt64(table.range.count), of: size)
            )
        }
    }
}
