import EBPFBytecode

/// Sections of global data become arrays with one value, as in all loaders of BPF.
enum DataMaps {
    /// The map that holds a section.
    static func map(
        _ section: ELFSection,
        of elf: ELFFile,
        _ types: TypeInformation.Section?,
        isReadOnly: Bool
    ) -> MapSpec {
        var map = map(
            name: section.name,
            contents: elf.contents(section),
            isReadOnly: isReadOnly
        )
        map.valueType = types?.id
        // Only what other files can name is worth mapping into applications.
        if types?.variables.contains(where: { !$0.isStatic }) ?? false {
            map.flags.insert(.mappable)
        }
        return map
    }

    /// The map that holds the kernel's configuration, zeros until a host fills it in.
    static func configuration(_ types: TypeInformation.Section) -> MapSpec {
        let size = types.variables.map { $0.offset + $0.size }.max() ?? 0
        var map = map(
            name: ConfigurationLayout.sectionName,
            contents: Array(repeating: 0, count: min(size, Limits.zeroBytes)),
            isReadOnly: true
        )
        map.valueType = types.id
        map.flags.insert(.mappable)
        return map
    }

    /// An array whose only value has the contents.
    static func map(name: String, contents: [UInt8], isReadOnly: Bool) -> MapSpec {
        MapSpec(
            name: name,
            type: .array,
            keySize: 4,
            valueSize: UInt32(clamping: contents.count),
            maxEntries: 1,
            flags: isReadOnly ? .readOnlyForPrograms : [],
            contents: contents,
            isFrozen: isReadOnly,
            section: name
        )
    }

    /// The maps of a section of structures that the kernel calls, and where each begins.
    static func structOperations(
        _ section: ELFSection,
        of elf: ELFFile,
        _ information: TypeInformation?,
        isLink: Bool
    ) throws(ObjectFileError) -> [(map: MapSpec, offset: Int)] {
        guard let variables = try information?.section(named: section.name)?.variables
        else { throw ObjectFileError(.section(section.name), .noTypes) }
        let contents = elf.contents(section)
        var maps: [(map: MapSpec, offset: Int)] = []
        try TypeInformation.check(variables, fit: contents.count)
        for variable in variables {
            let end = variable.offset + variable.size
            let map = MapSpec(
                name: variable.name,
                type: .structOperations,
                keySize: 4,
                valueSize: UInt32(clamping: variable.size),
                maxEntries: 1,
                flags: isLink ? .link : [],
                valueType: variable.type,
                contents: Array(contents[variable.offset..<end]),
                section: section.name
            )
            maps.append((map, variable.offset))
        }
        return maps
    }
}
