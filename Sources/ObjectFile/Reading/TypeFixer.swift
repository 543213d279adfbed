import EBPFTypeFormat

/// Fills in what compilers leave open in type information: sizes of sections, offsets of the
/// variables in them, and that hidden functions are static.
///
/// It works on the bytes, because the kernel wants them; ``BTF`` has checked their structure.
struct TypeFixer {
    private let elf: ELFFile
    /// Values of the symbols of each section, by name.
    private let values: [[String: UInt64]]
    private let hidden: Set<String>
    private let configuration: ConfigurationLayout

    init(_ elf: ELFFile, _ configuration: ConfigurationLayout) {
        self.configuration = configuration
        self.elf = elf
        var values: [[String: UInt64]] = Array(repeating: [:], count: elf.sections.count)
        var hidden: Set<String> = []
        for symbol in elf.symbols where !symbol.name.isEmpty {
            guard case .section(let index) = symbol.place else { continue }
            values[index][symbol.name] = symbol.value
            if symbol.isHidden, symbol.kind == .function { hidden.insert(symbol.name) }
        }
        self.values = values
        self.hidden = hidden
    }

    /// Changes the bytes of type information in place.
    func fix(_ bytes: inout [UInt8]) {
        let header = Int(bytes.number(UInt32.self, at: 4) ?? 0)
        let types = header + Int(bytes.number(UInt32.self, at: 8) ?? 0)
        let end = types + Int(bytes.number(UInt32.self, at: 12) ?? 0)
        let strings = header + Int(bytes.number(UInt32.self, at: 16) ?? 0)
        let names = Names(bytes, strings: strings, types: Self.offsets(bytes, types, end))
        for offset in names.types {
            let info = bytes.number(UInt32.self, at: offset + 4) ?? 0
            switch TypeKind(rawValue: UInt8(info >> 24 & 0x1f)) {
            case .dataSection: fixSection(at: offset, count: Int(info & 0xffff), names, &bytes)
            case .function where info & 0xffff == 1 && hidden.contains(names.name(at: offset)):
                bytes.store(info & 0xffff_0000, at: offset + 4)
            default: break
            }
        }
    }

    /// A variable's place in its section, as type information has it.
    private struct Entry {
        let type: UInt32
        var offset: UInt32
        let size: UInt32
    }

    private func fixSection(at offset: Int, count: Int, _ names: Names, _ bytes: inout [UInt8]) {
        let name = names.name(at: offset)
        guard name != ConfigurationLayout.sectionName else {
            return fixConfiguration(at: offset, count: count, names, &bytes)
        }
        guard let section = elf.section(named: name) else { return }
        bytes.store(UInt32(clamping: section.size), at: offset + 8)
        let symbols = values[section.index]
        var entries: [Entry] = []
        for index in 0..<count {
            var fields = FieldReader(bytes, at: offset + 12 + index * 12)
            var entry = Entry(
                type: fields.next(UInt32.self), offset: fields.next(UInt32.self),
                size: fields.next(UInt32.self)
            )
            if let value = symbols[names.name(of: entry.type)] {
                entry.offset = UInt32(clamping: value)
            }
            entries.append(entry)
        }
        // The kernel wants them in order; compilers write them in any.
        store(entries.sorted { $0.offset < $1.offset }, at: offset + 12, &bytes)
    }

    /// The configuration's variables become ordinary ones at the places that were chosen.
    private func fixConfiguration(
        at offset: Int,
        count: Int,
        _ names: Names,
        _ bytes: inout [UInt8]
    ) {
        guard configuration.variables.count == count else { return }
        bytes.store(UInt32(clamping: configuration.size), at: offset + 8)
        store(
            configuration.variables.map {
                Entry(
                    type: $0.type.rawValue, offset: UInt32(clamping: $0.offset),
                    size: UInt32(clamping: $0.size))
            },
            at: offset + 12,
            &bytes
        )
        for variable in configuration.variables {
            let index = Int(variable.type.rawValue) - 1
            guard names.types.indices.contains(index) else { continue }
            bytes.store(VariableLinkage.global.rawValue, at: names.types[index] + 12)
        }
    }

    private func store(_ entries: [Entry], at offset: Int, _ bytes: inout [UInt8]) {
        for (index, entry) in entries.enumerated() {
            bytes.store(entry.type, at: offset + index * 12)
            bytes.store(entry.offset, at: offset + 4 + index * 12)
            bytes.store(entry.size, at: offset + 8 + index * 12)
        }
    }

    /// Where each type begins.
    private static func offsets(_ bytes: [UInt8], _ start: Int, _ end: Int) -> [Int] {
        var offsets: [Int] = []
        var offset = start
        while offset + 12 <= end {
            offsets.append(offset)
            offset += 12 + extraBytes(bytes.number(UInt32.self, at: offset + 4) ?? 0)
        }
        return offsets
    }

    /// How many bytes follow the first twelve of a type with this `info`.
    private static func extraBytes(_ info: UInt32) -> Int {
        let count = Int(info & 0xffff)
        return switch TypeKind(rawValue: UInt8(info >> 24 & 0x1f)) {
        case .integer, .variable, .declarationTag: 4
        case .array: 12
        case .structure, .union, .dataSection, .enumeration64: 12 * count
        case .enumeration, .functionPrototype: 8 * count
        default: 0
        }
    }

    /// The names of types, read from a copy that does not change.
    private struct Names {
        let bytes: [UInt8]
        let strings: Int
        let types: [Int]

        init(_ bytes: [UInt8], strings: Int, types: [Int]) {
            self.bytes = bytes
            self.strings = strings
            self.types = types
        }

        func name(of type: UInt32) -> String {
            guard type > 0, Int(type) <= types.count else { return "" }
            return name(at: types[Int(type) - 1])
        }

        func name(at offset: Int) -> String {
            let start = strings + Int(bytes.number(UInt32.self, at: offset) ?? 0)
            let limit = min(bytes.count, start + Limits.nameLength)
            guard start < limit, let end = bytes[start..<limit].firstIndex(of: 0) else { return "" }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }
}
