/// Finds what maps hold at first: the relocations of `.maps`, `.struct_ops` and global data.
struct AddressReader {
    let elf: ELFFile
    let resolver: SymbolResolver
    let functions: FunctionTable

    /// Where a map's first values lie in its section, and how far apart.
    struct Values {
        let map: String
        let bytes: Range<Int>
        let isArray: Bool
    }

    /// What is put into maps, in the order of the relocations of a section.
    func initialValues(
        of section: ELFSection,
        _ values: [Values]
    ) throws(ObjectFileError) -> [String: [MapSpec.InitialValue]] {
        var found: [String: [MapSpec.InitialValue]] = [:]
        let sorted = values.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
        for relocation in try elf.relocations(of: section.index) {
            let offset = Int(relocation.offset)
            let place = ObjectFileError.Place.sectionOffset(section.name, offset)
            let next = sorted.partitioningIndex { $0.bytes.lowerBound > offset }
            guard next > 0, sorted[next - 1].bytes.contains(offset) else {
                throw ObjectFileError(
                    place,
                    .badInitialValue("no map takes values here; only 'values' can hold some")
                )
            }
            let holder = sorted[next - 1]
            let distance = offset - holder.bytes.lowerBound
            guard !holder.isArray || distance.isMultiple(of: 8) else {
                throw ObjectFileError(
                    place,
                    .badInitialValue("the elements of 'values' have eight bytes")
                )
            }
            let content = try content(relocation, section, place, of: holder)
            if let content {
                found[holder.map, default: []].append(
                    .init(index: holder.isArray ? distance / 8 : distance, content: content)
                )
            }
        }
        return found
    }

    /// Where global data holds addresses.
    func addresses(of section: ELFSection) throws(ObjectFileError) -> [MapSpec.DataAddress] {
        var found: [MapSpec.DataAddress] = []
        for relocation in try elf.relocations(of: section.index) {
            let place = ObjectFileError.Place.sectionOffset(section.name, Int(relocation.offset))
            let size = relocation.kind.byteCount
            guard Int(relocation.offset) + size <= section.size else {
                throw ObjectFileError(
                    place,
                    .truncated(
                        needed: UInt64(size),
                        available: section.size - Int(relocation.offset)
                    )
                )
            }
            guard let target = try target(relocation, section, place, size: size) else { continue }
            found.append(
                .init(offset: Int(relocation.offset), size: size, target: target)
            )
        }
        return found
    }

    private func addend(_ relocation: ELFRelocation, _ section: ELFSection, size: Int) -> Int64 {
        if let addend = relocation.addend { return addend }
        guard section.kind != .zeros else { return 0 }
        let offset = section.range.lowerBound + Int(relocation.offset)
        return size == 4
            ? Int64(elf.bytes.number(Int32.self, at: offset) ?? 0)
            : elf.bytes.number(Int64.self, at: offset) ?? 0
    }

    private func content(
        _ relocation: ELFRelocation,
        _ section: ELFSection,
        _ place: ObjectFileError.Place,
        of holder: Values
    ) throws(ObjectFileError) -> MapSpec.InitialValue.Content? {
        switch try target(relocation, section, place, size: 8) {
        case .map(let name): return .map(name)
        case .function(let name): return .program(name)
        case .symbol(let name): throw ObjectFileError(place, .undefinedSymbol(name))
        case .mapValue, nil:
            guard holder.isArray else { return nil }
            throw ObjectFileError(
                place,
                .badInitialValue("a map can hold maps and programs, not global data")
            )
        }
    }

    private func target(
        _ relocation: ELFRelocation,
        _ section: ELFSection,
        _ place: ObjectFileError.Place,
        size: Int
    ) throws(ObjectFileError) -> MapSpec.DataAddress.Target? {
        let symbol = elf.symbols[relocation.symbol]
        if case .section(let index) = symbol.place, resolver.roles[index] == .other { return nil }
        let addend = addend(relocation, section, size: size)
        switch try resolver.target(of: symbol, addend: addend, place) {
        case .map(let name): return .map(name)
        case .mapValue(let name, let offset): return .mapValue(name, offset: Int(offset))
        case .undefined(let symbol): return .symbol(symbol.name)
        case .code(let index, let offset):
            let slot = offset.isMultiple(of: 8) ? Int(exactly: offset / 8) : nil
            guard let slot, let function = functions.function(section: index, slot: slot) else {
                let name = elf.sections[index].name
                throw ObjectFileError(place, .noFunction(section: name, offset: offset))
            }
            return .function(function.name)
        }
    }
}
