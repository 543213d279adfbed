import EBPFBytecode
import EBPFTypeFormat
import OrderedCollections

/// Turns an object file into specs, pass by pass.
struct ObjectReader {
    private let elf: ELFFile
    private let roles: [SectionRole]

    init(_ elf: ELFFile) {
        self.elf = elf
        roles = elf.sections.map(SectionRole.init)
    }

    /// All that the object describes.
    func specs(name: String) throws(ObjectFileError) -> ObjectSpecs {
        let information = try TypeInformation(elf)
        let records = try TypeExtension(elf, information?.types)
        let functions = try FunctionTable(elf, roles: roles, information, records)
        var maps = MapTable()
        let values = try readMaps(information, into: &maps)
        let commons = try placeCommons(in: &maps)
        let symbols = SymbolResolver(elf: elf, roles: roles, maps: maps, commons: commons)
        try fill(&maps, values, symbols, functions)
        let context = LinkContext(
            elf: elf,
            functions: functions,
            symbols: symbols,
            externals: try Externals(information)
        )
        var variables = VariableReader(elf, roles, information, maps)
        return ObjectSpecs(
            name: name,
            programs: try programs(context, records, information?.types),
            maps: maps.maps,
            variables: try variables.read(commons: commons),
            license: license(),
            kernelVersion: try kernelVersion(),
            types: information?.types
        )
    }

    // MARK: Maps

    /// Where maps take their first values, by section.
    private typealias Values = PerSection<AddressReader.Values>

    /// First the maps of the source, then those of global data, then the configuration.
    private func readMaps(
        _ information: TypeInformation?,
        into maps: inout MapTable
    ) throws(ObjectFileError) -> Values {
        var values = Values()
        for section in elf.sections {
            switch roles[section.index] {
            case .legacyMaps:
                try LegacyMapReader(elf: elf, section: section).read(into: &maps)
            case .typedMaps:
                values[section.index] = try readTypedMaps(section, information, into: &maps)
            case .structOperations(let isLink):
                values[section.index] = try readStructOperations(
                    section,
                    information,
                    isLink: isLink,
                    into: &maps
                )
            default: break
            }
        }
        for section in elf.sections {
            switch roles[section.index] {
            case .data(let isReadOnly):
                let isFirst = elf.section(named: section.name)?.index == section.index
                let types = isFirst ? try information?.section(named: section.name) : nil
                maps.add(
                    DataMaps.map(section, of: elf, types, isReadOnly: isReadOnly),
                    holding: section.index
                )
            case .arena:
                guard let arena = maps.maps.values.first(where: { $0.type == .arena })
                else {
                    throw ObjectFileError(.section(section.name), .missing("map of type arena"))
                }
                maps.set(holder: arena.name, of: section.index, contents: elf.contents(section))
            default: break
            }
        }
        if let types = try information?.section(named: ConfigurationLayout.sectionName),
            !types.variables.isEmpty
        {
            maps.add(DataMaps.configuration(types), holding: nil)
        }
        return values
    }

    private func readTypedMaps(
        _ section: ELFSection,
        _ information: TypeInformation?,
        into maps: inout MapTable
    ) throws(ObjectFileError) -> [AddressReader.Values] {
        guard let information
        else { throw ObjectFileError(.section(section.name), .noTypes) }
        var values: [AddressReader.Values] = []
        for found in try TypedMapReader(information: information, section: section).read() {
            try maps.add(found.map, section: section.index, offset: found.offset)
            guard let bytes = found.values else { continue }
            values.append(.init(map: found.map.name, bytes: bytes, isArray: true))
        }
        return values
    }

    private func readStructOperations(
        _ section: ELFSection,
        _ information: TypeInformation?,
        isLink: Bool,
        into maps: inout MapTable
    ) throws(ObjectFileError) -> [AddressReader.Values] {
        let found = try DataMaps.structOperations(section, of: elf, information, isLink: isLink)
        var values: [AddressReader.Values] = []
        for (map, offset) in found {
            try maps.add(map, section: section.index, offset: offset)
            let size = map.contents?.count ?? 0
            values.append(.init(map: map.name, bytes: offset..<(offset + size), isArray: false))
        }
        return values
    }

    /// Variables that C leaves to the linker (`-fcommon`) are put behind those of `.bss`.
    private func placeCommons(
        in maps: inout MapTable
    ) throws(ObjectFileError) -> [Int: (map: String, offset: Int)] {
        var places: [Int: (map: String, offset: Int)] = [:]
        var used = 0
        for symbol in elf.symbols where symbol.place == .common {
            guard symbol.size <= UInt64(Limits.zeroBytes - used), symbol.value <= 4096 else {
                throw ObjectFileError(
                    .symbol(symbol.index),
                    .tooMuch("bytes of zeros", limit: Limits.zeroBytes)
                )
            }
            let alignment = max(1, Int(symbol.value))
            used += Int(symbol.size) + alignment
            places[symbol.index] = maps.appendZeros(Int(symbol.size), alignment: alignment)
        }
        return places
    }

    private func fill(
        _ maps: inout MapTable,
        _ values: Values,
        _ symbols: SymbolResolver,
        _ functions: FunctionTable
    ) throws(ObjectFileError) {
        let reader = AddressReader(elf: elf, resolver: symbols, functions: functions)
        for section in elf.sections where !values[section.index].isEmpty {
            for (map, initial) in try reader.initialValues(of: section, values[section.index]) {
                maps.set(initialValues: initial, of: map)
            }
        }
        for section in elf.sections {
            guard let map = maps.holder(of: section.index) else { continue }
            maps.set(addresses: try reader.addresses(of: section), of: map)
        }
    }

    // MARK: Programs

    private func programs(
        _ context: LinkContext,
        _ records: TypeExtension,
        _ types: BTF?
    ) throws(ObjectFileError) -> OrderedDictionary<String, ProgramSpec> {
        var linker = ProgramLinker(FunctionResolver(context), records, types)
        var programs: OrderedDictionary<String, ProgramSpec> = [:]
        for function in context.functions.functions where function.isEntry {
            let section = elf.sections[function.section].name
            let program = try linker.link(function, section: section)
            guard programs.updateValue(program, forKey: program.name) == nil
            else { throw ObjectFileError(.program(program.name), .duplicateName) }
        }
        return programs
    }

    // MARK: Licence and version

    private func license() -> String {
        guard let section = elf.section(named: "license") else { return "" }
        let text = elf.stored(section).prefix { $0 != 0 }.prefix(Limits.nameLength)
        return String(decoding: text, as: UTF8.self)
    }

    private func kernelVersion() throws(ObjectFileError) -> UInt32? {
        guard let section = elf.section(named: "version"), section.size > 0 else { return nil }
        guard let version = elf.bytes.number(UInt32.self, at: section.range.lowerBound),
            section.range.count >= 4
        else {
            throw ObjectFileError(
                .section(section.name),
                .truncated(needed: 4, available: section.range.count)
            )
        }
        return version
    }
}
