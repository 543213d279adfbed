import OrderedCollections

/// The maps of an object, and which places of its sections they are.
struct MapTable {
    /// The maps by name.
    private(set) var maps: OrderedDictionary<String, MapSpec> = [:]
    /// The maps that begin at offsets of sections, in the order of these.
    private var starts = PerSection<Start>()
    private var names = UniqueNames()
    /// The names of the maps that hold whole sections.
    private var holders = PerSection<String>()

    /// A map that begins at an offset of a section.
    private struct Start {
        let offset: Int
        let map: String
    }

    /// Adds a map that is a variable at an offset of a section.
    mutating func add(_ map: MapSpec, section: Int, offset: Int) throws(ObjectFileError) {
        guard maps[map.name] == nil
        else { throw ObjectFileError(.map(map.name), .duplicateName) }
        maps[map.name] = map
        let index = starts[section].partitioningIndex { $0.offset >= offset }
        starts[section].insert(Start(offset: offset, map: map.name), at: index)
    }

    /// Adds a map that holds a section of data, under the section's name or one like it.
    mutating func add(_ map: MapSpec, holding section: Int?) {
        var map = map
        map.name = names.unique(map.name) { maps[$0] != nil }
        maps[map.name] = map
        if let section { holders[section] = [map.name] }
    }

    /// Lets a map hold a section, as arenas do.
    mutating func set(holder: String, of section: Int, contents: [UInt8]) {
        maps[holder]?.contents = contents
        holders[section] = [holder]
    }

    /// Sets what a map holds at first.
    mutating func set(initialValues: [MapSpec.InitialValue], of name: String) {
        maps[name]?.initialValues = initialValues
    }

    /// Sets where a map's contents hold addresses.
    mutating func set(addresses: [MapSpec.DataAddress], of name: String) {
        maps[name]?.addresses = addresses
    }

    /// Makes the map that holds common symbols larger, or a new one.
    ///
    /// - Returns: its name and where the new bytes begin.
    mutating func appendZeros(_ count: Int, alignment: Int) -> (map: String, offset: Int) {
        let name = ".bss"
        var map = maps[name] ?? DataMaps.map(name: name, contents: [], isReadOnly: false)
        let used = map.contents?.count ?? 0
        let offset = (used + alignment - 1) / alignment * alignment
        map.contents?.append(contentsOf: repeatElement(0, count: offset + count - used))
        map.valueSize = UInt32(clamping: offset + count)
        maps[name] = map
        return (name, offset)
    }

    /// The map that begins at an offset of a section.
    func map(section: Int, offset: Int64) -> String? {
        guard let offset = Int(exactly: offset) else { return nil }
        let starts = starts[section]
        let index = starts.partitioningIndex { $0.offset >= offset }
        return index < starts.count && starts[index].offset == offset ? starts[index].map : nil
    }

    /// The map that holds a section of data.
    func holder(of section: Int) -> String? { holders[section].first }
}

/// Gives things that share a name different ones: `name`, `name#2`, `name#3`.
struct UniqueNames {
    private var counts: [String: Int] = [:]

    /// The name, or one like it that is not taken.
    mutating func unique(_ name: String, isTaken: (String) -> Bool) -> String {
        guard isTaken(name) else { return name }
        var found = name
        repeat {
            counts[name, default: 1] += 1
            found = "\(name)#\(counts[name] ?? 0)"
        } while isTaken(found)
        return found
    }
}
