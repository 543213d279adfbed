package import EBPFTypeFormat

/// Writes section `.BTF.ext`: which function, line of source and CO-RE question belongs to which
/// instruction.
package struct TypeExtensionWriter {
    private var functions: [Entry] = []
    private var lines: [Entry] = []
    private var relocations: [Entry] = []

    private struct Entry {
        let section: UInt32
        let words: [UInt32]
    }

    /// A section without records.
    package init() {}

    /// Adds a function.
    ///
    /// - Parameter slot: where it begins in its section of code, in instructions of 8 bytes.
    package mutating func add(
        function type: TypeID, slot: Int, in section: String, _ types: inout BTFBuilder
    ) {
        add(to: &functions, section, [UInt32(clamping: 8 * slot), type.rawValue], &types)
    }

    /// Adds a line of source; its slot counts from the start of its section.
    package mutating func add(_ line: LineInfo, in section: String, _ types: inout BTFBuilder) {
        let position = UInt32(clamping: line.line) << 10 | UInt32(min(max(line.column, 0), 1023))
        let words = [
            UInt32(clamping: 8 * line.slot), types.offset(of: line.file),
            types.offset(of: line.text),
            position,
        ]
        add(to: &lines, section, words, &types)
    }

    /// Adds a CO-RE question; its slot counts from the start of its section.
    package mutating func add(
        _ relocation: CORERelocation, in section: String, _ types: inout BTFBuilder
    ) {
        let words = [
            UInt32(clamping: 8 * relocation.slot), relocation.type.rawValue,
            types.offset(of: relocation.access), relocation.kind.rawValue,
        ]
        add(to: &relocations, section, words, &types)
    }

    private func add(
        to entries: inout [Entry], _ section: String, _ words: [UInt32], _ types: inout BTFBuilder
    ) {
        entries.append(Entry(section: types.offset(of: section), words: words))
    }

    /// The section.
    package func bytes() -> [UInt8] {
        let tables = [(functions, 8), (lines, 16), (relocations, 16)].map(Self.table)
        var header = Fields().with(UInt16(0xeb9f)).with(bytes: [1, 0]).with(UInt32(32))
        var offset = 0
        for table in tables {
            header = header.with(UInt32(clamping: offset)).with(UInt32(clamping: table.count))
            offset += table.count
        }
        return header.bytes + tables.joined()
    }

    /// The size of a record, then the records of each section in the order of their instructions.
    private static func table(_ entries: [Entry], recordSize: Int) -> [UInt8] {
        guard !entries.isEmpty else { return [] }
        var order: [UInt32] = []
        var sections: [UInt32: [Entry]] = [:]
        for entry in entries {
            if sections[entry.section] == nil { order.append(entry.section) }
            sections[entry.section, default: []].append(entry)
        }
        var table = Fields().with(UInt32(recordSize))
        for section in order {
            let records = (sections[section] ?? []).sorted { $0.words[0] < $1.words[0] }
            table = table.with(section).with(UInt32(clamping: records.count))
            for word in records.lazy.flatMap(\.words) { table = table.with(word) }
        }
        return table.bytes
    }
}
