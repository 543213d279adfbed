package import EBPFTypeFormat

/// What section `.BTF.ext` says about instructions: functions, lines of source, CO-RE.
///
/// Offsets are within sections; ``FunctionTable`` and the linker turn them into slots of programs.
package struct TypeExtension {
    /// The records of each section of code, in the order of their offsets.
    package private(set) var functions = PerSection<FunctionRecord>()
    package private(set) var lines = PerSection<LineInfo>()
    package private(set) var coreRelocations = PerSection<CORERelocation>()

    /// A function and its type; `slot` counts from the start of the section, as below.
    package struct FunctionRecord {
        package let slot: Int
        package let type: TypeID
    }

    /// The object has none.
    package init() {}

    /// Reads the section; an object without it, or without types, gives no records.
    package init(_ elf: ELFFile, _ types: BTF?) throws(ObjectFileError) {
        guard let types, let section = elf.section(named: ".BTF.ext"), section.size > 0
        else { return }
        var reader = try TypeExtensionReader(elf, section, types)
        try reader.readFunctions { functions.append($1, to: $0) }
        try reader.readLines { lines.append($1, to: $0) }
        try reader.readCORERelocations { coreRelocations.append($1, to: $0) }
        functions.transform { Self.ordered($0, by: \.slot) }
        lines.transform { Self.ordered($0, by: \.slot) }
        coreRelocations.transform { Self.ordered($0, by: \.slot) }
    }

    /// The records in the order of their slots, the first of each: what is copied with a function
    /// is then no more than its slots.
    private static func ordered<Record>(_ records: [Record], by slot: (Record) -> Int) -> [Record] {
        var last = -1
        return records.sorted { slot($0) < slot($1) }.filter { record in
            defer { last = slot(record) }
            return slot(record) != last
        }
    }
}
