/// Says what symbols stand for: maps, bytes of global data, functions.
struct SymbolResolver {
    let elf: ELFFile
    let roles: [SectionRole]
    let maps: MapTable
    /// Where common symbols, which have no section, were put.
    let commons: [Int: (map: String, offset: Int)]

    /// What a symbol with a displacement stands for.
    enum Target {
        /// A map as such.
        case map(String)
        /// A byte of the only value of a map.
        case mapValue(String, offset: Int64)
        /// A byte of a section of code.
        case code(section: Int, offset: Int64)
        /// Something that the object does not define.
        case undefined(ELFSymbol)
    }

    /// What lies `addend` bytes after a symbol.
    func target(
        of symbol: ELFSymbol,
        addend: Int64,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> Target {
        let offset = Int64(bitPattern: symbol.value) &+ addend
        switch symbol.place {
        case .undefined:
            return .undefined(symbol)
        case .absolute:
            throw ObjectFileError(place, .unreferableSection("*ABS*"))
        case .common:
            guard let common = commons[symbol.index]
            else { throw ObjectFileError(place, .undefinedSymbol(symbol.name)) }
            return .mapValue(common.map, offset: Int64(common.offset) &+ addend)
        case .section(let index):
            return try target(in: index, offset, place)
        }
    }

    private func target(
        in index: Int,
        _ offset: Int64,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> Target {
        let name = elf.sections[index].name
        switch roles[index] {
        case .legacyMaps, .typedMaps:
            guard let map = maps.map(section: index, offset: offset)
            else { throw ObjectFileError(place, .noMap(section: name, offset: offset)) }
            return .map(map)
        case .data, .arena:
            guard let map = maps.holder(of: index)
            else { throw ObjectFileError(place, .unreferableSection(name)) }
            return .mapValue(map, offset: offset)
        case .programs, .subprograms:
            return .code(section: index, offset: offset)
        case .structOperations, .other:
            throw ObjectFileError(place, .unreferableSection(name))
        }
    }
}
