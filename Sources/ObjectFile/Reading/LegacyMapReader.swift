import EBPFBytecode

/// Reads maps as they were described before type information: `struct bpf_map_def` in `maps`.
///
/// ```
///  0      4          8            12            16          20    24
///  ┌──────┬──────────┬────────────┬─────────────┬───────────┬─────┬─────────┬──────────┐
///  │ type │ key_size │ value_size │ max_entries │ map_flags │ id  │ pinning │ inner_id │ …
///  └──────┴──────────┴────────────┴─────────────┴───────────┴─────┴─────────┴──────────┘
/// ```
///
/// All loaders know the first five fields; `id` and `pinning` are of iproute2 and aya, `inner_id`
/// of iproute2. The size of a definition is the distance between two of them.
struct LegacyMapReader {
    private static let smallest = 20

    let elf: ELFFile
    let section: ELFSection

    /// Adds the section's maps.
    func read(into table: inout MapTable) throws(ObjectFileError) {
        let symbols = symbols()
        guard !symbols.isEmpty
        else { throw ObjectFileError(.section(section.name), .missing("symbols of maps")) }
        var found: [(map: MapSpec, id: UInt32, inner: UInt32, offset: Int)] = []
        for (index, symbol) in symbols.enumerated() {
            let next = index + 1 < symbols.count ? symbols[index + 1].value : UInt64(section.size)
            found.append(try definition(symbol, size: next - symbol.value))
        }
        for (map, _, inner, offset) in found {
            var map = map
            if inner != 0, map.type == .arrayOfMaps || map.type == .hashOfMaps {
                map.inner = found.first { $0.id == inner }?.map
                map.inner?.name = ""
            }
            try table.add(map, section: section.index, offset: offset)
        }
    }

    /// The symbols of maps in the order of their offsets, one at each.
    private func symbols() -> [ELFSymbol] {
        var seen: Set<UInt64> = []
        return elf.symbols.filter {
            $0.place == .section(section.index) && !$0.name.isEmpty
                && ($0.kind == .object || $0.kind == .none) && $0.value < UInt64(section.size)
        }.sorted { $0.value < $1.value }.filter { seen.insert($0.value).inserted }
    }

    private func definition(
        _ symbol: ELFSymbol,
        size: UInt64
    ) throws(ObjectFileError) -> (map: MapSpec, id: UInt32, inner: UInt32, offset: Int) {
        let offset = Int(symbol.value)
        let place = ObjectFileError.Place.sectionOffset(section.name, offset)
        guard size >= UInt64(Self.smallest), section.kind == .contents else {
            throw ObjectFileError(
                place,
                .truncated(needed: UInt64(Self.smallest), available: Int(size))
            )
        }
        var fields = FieldReader(elf.bytes, at: section.range.lowerBound + offset)
        let number: UInt32 = fields.next()
        guard let type = MapType(rawValue: number)
        else { throw ObjectFileError(place, .unknownMapType(number)) }
        var map = MapSpec(
            name: symbol.name,
            type: type,
            keySize: fields.next(),
            valueSize: fields.next(),
            maxEntries: fields.next(),
            flags: MapFlags(rawValue: fields.next()),
            section: section.name
        )
        let id: UInt32 = size >= 24 ? fields.next() : 0
        if size >= 28, fields.next(UInt32.self) != 0 { map.pinning = .byName }
        let inner: UInt32 = size >= 32 ? fields.next() : 0
        return (map, id, inner, offset)
    }
}
