import OrderedCollections

/// Finds the global variables of an object: those that its types name, and those that only
/// symbols do.
struct VariableReader {
    let elf: ELFFile
    let roles: [SectionRole]
    let information: TypeInformation?
    let maps: MapTable

    private var names = UniqueNames()
    private var variables: OrderedDictionary<String, VariableSpec> = [:]

    init(
        _ elf: ELFFile,
        _ roles: [SectionRole],
        _ information: TypeInformation?,
        _ maps: MapTable
    ) {
        self.elf = elf
        self.roles = roles
        self.information = information
        self.maps = maps
    }

    /// The variables of all sections of global data, and of the configuration.
    mutating func read(
        commons: [Int: (map: String, offset: Int)]
    ) throws(ObjectFileError) -> OrderedDictionary<String, VariableSpec> {
        var symbols = PerSection<ELFSymbol>()
        for symbol in elf.symbols {
            if case .section(let index) = symbol.place { symbols.append(symbol, to: index) }
        }
        for section in elf.sections {
            guard let map = maps.holder(of: section.index),
                let contents = maps.maps[map]?.contents
            else { continue }
            try read(
                section, map: map, contents: contents, symbols: symbols[section.index])
        }
        for symbol in elf.symbols where symbol.place == .common {
            guard let place = commons[symbol.index] else { continue }
            add(
                VariableSpec(
                    name: symbol.name,
                    map: place.map,
                    offset: place.offset,
                    bytes: Array(repeating: 0, count: Int(symbol.size))
                )
            )
        }
        try readConfiguration()
        return variables
    }

    private mutating func read(
        _ section: ELFSection,
        map: String,
        contents: [UInt8],
        symbols: [ELFSymbol]
    ) throws(ObjectFileError) {
        let isConstant = roles[section.index] == .data(isReadOnly: true)
        var found: [VariableSpec] = []
        // Types name the first section of a name only.
        if elf.section(named: section.name)?.index == section.index,
            let typed = try information?.section(named: section.name)?.variables
        {
            try TypeInformation.check(typed, fit: contents.count)
            let weak = Set(symbols.lazy.filter { $0.binding == .weak }.map(\.name))
            found = typed.map {
                VariableSpec(
                    name: $0.name,
                    map: map,
                    offset: $0.offset,
                    bytes: Array(contents[$0.offset..<($0.offset + $0.size)]),
                    type: $0.type,
                    isConstant: isConstant,
                    isWeak: weak.contains($0.name)
                )
            }
        }
        found += untyped(symbols, map, contents, isConstant, besides: found)
        for variable in found.sorted(by: { $0.offset < $1.offset }) { add(variable) }
    }

    /// The variables that only symbols name, where they do not overlap others.
    private func untyped(
        _ symbols: [ELFSymbol],
        _ map: String,
        _ contents: [UInt8],
        _ isConstant: Bool,
        besides typed: [VariableSpec]
    ) -> [VariableSpec] {
        var found: [VariableSpec] = []
        var end = 0
        let objects = symbols.filter {
            $0.kind == .object && !$0.name.isEmpty && $0.size > 0
                && $0.value <= UInt64(contents.count)
                && $0.size <= UInt64(contents.count) - $0.value
        }
        let starts = typed.map(\.offset)
        for symbol in objects.sorted(by: { $0.value < $1.value }) {
            let offset = Int(symbol.value)
            let next = starts.partitioningIndex { $0 > offset }
            let isFree =
                (next == 0 || typed[next - 1].offset + typed[next - 1].size <= offset)
                && (next == typed.count || offset + Int(symbol.size) <= typed[next].offset)
            guard offset >= end, isFree else { continue }
            end = offset + Int(symbol.size)
            found.append(
                VariableSpec(
                    name: symbol.name,
                    map: map,
                    offset: offset,
                    bytes: Array(contents[offset..<end]),
                    isConstant: isConstant,
                    isWeak: symbol.binding == .weak
                )
            )
        }
        return found
    }

    private mutating func readConfiguration() throws(ObjectFileError) {
        guard let contents = maps.maps[ConfigurationLayout.sectionName]?.contents,
            let typed = try information?.section(named: ConfigurationLayout.sectionName)?.variables
        else { return }
        try TypeInformation.check(typed, fit: contents.count)
        let weak = Set(
            elf.symbols.lazy.filter { $0.place == .undefined && $0.binding == .weak }.map(\.name)
        )
        for variable in typed {
            add(
                VariableSpec(
                    name: variable.name,
                    map: ConfigurationLayout.sectionName,
                    offset: variable.offset,
                    bytes: Array(repeating: 0, count: variable.size),
                    type: variable.type,
                    isConstant: true,
                    isExternal: true,
                    isWeak: weak.contains(variable.name)
                )
            )
        }
    }

    /// Static variables of different files may have the same name; later ones get a number.
    private mutating func add(_ variable: VariableSpec) {
        var variable = variable
        variable.name = names.unique(variable.name) { variables[$0] != nil }
        variables[variable.name] = variable
    }
}
