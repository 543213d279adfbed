/// Writes a relocatable ELF file for BPF: sections, symbols and relocations.
///
/// ```swift
/// var writer = ELFWriter()
/// let code = writer.add(ELFWriter.Section("xdp", .contents, [.allocated, .executable], bytes))
/// let symbol = writer.add(ELFWriter.Symbol("drop", .function, .global, in: code, size: 16))
/// writer.relocate(code, at: 0, .constant64, symbol)
/// let file = writer.bytes()
/// ```
package struct ELFWriter {
    /// A section to be written.
    package struct Section {
        var name: String
        var kind: ELFSection.Kind
        var flags: ELFSection.Flags
        var bytes: [UInt8]
        var alignment: Int
        var size: Int

        /// A section with contents; one of zeros has only a size.
        package init(
            _ name: String, _ kind: ELFSection.Kind, _ flags: ELFSection.Flags, _ bytes: [UInt8],
            alignment: Int = 8
        ) {
            self.name = name
            self.kind = kind
            self.flags = flags
            self.bytes = kind == .zeros ? [] : bytes
            self.alignment = alignment
            size = bytes.count
        }
    }

    /// A symbol to be written.
    package struct Symbol {
        var name: String
        var kind: ELFSymbol.Kind
        var binding: ELFSymbol.Binding
        var section: SectionID?
        var value: Int
        var size: Int

        /// A name for a place; without a section, for something that is elsewhere.
        package init(
            _ name: String, _ kind: ELFSymbol.Kind, _ binding: ELFSymbol.Binding,
            in section: SectionID?, at value: Int = 0, size: Int = 0
        ) {
            self.name = name
            self.kind = kind
            self.binding = binding
            self.section = section
            self.value = value
            self.size = size
        }
    }

    /// The number of a section that was added.
    package struct SectionID: Hashable {
        fileprivate let index: Int
    }

    /// The number of a symbol that was added.
    package struct SymbolID: Hashable {
        fileprivate let index: Int
    }

    private struct Relocation {
        let offset: Int
        let kind: ELFRelocation.Kind
        let symbol: SymbolID
    }

    private var sections: [Section] = []
    private var symbols: [Symbol] = []
    private var relocations: [Int: [Relocation]] = [:]

    /// A file without sections.
    package init() {}

    /// Adds a section; a symbol stands for it as for every section.
    package mutating func add(_ section: Section) -> SectionID {
        sections.append(section)
        return SectionID(index: sections.count)
    }

    /// Adds a symbol.
    package mutating func add(_ symbol: Symbol) -> SymbolID {
        symbols.append(symbol)
        return SymbolID(index: symbols.count - 1)
    }

    /// Notes that a place in a section depends on a symbol.
    package mutating func relocate(
        _ section: SectionID, at offset: Int, _ kind: ELFRelocation.Kind, _ symbol: SymbolID
    ) {
        relocations[section.index, default: []].append(
            Relocation(offset: offset, kind: kind, symbol: symbol))
    }

    /// The file.
    package func bytes() -> [UInt8] {
        var sections = sections.map { Record($0) }
        // Local symbols come first, which readers rely on.
        let order = symbols.indices.sorted {
            let (left, right) = (symbols[$0].isLocal, symbols[$1].isLocal)
            return left == right ? $0 < $1 : left
        }
        let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
        let symbolTable = sections.count + relocations.count + 1
        for (target, list) in relocations.sorted(by: { $0.key < $1.key }) {
            let table = list.sorted { $0.offset < $1.offset }.flatMap { relocation in
                let symbol = positions[relocation.symbol.index] ?? 0
                return Fields().with(UInt64(relocation.offset))
                    .with(UInt64(symbol) << 32 | UInt64(relocation.kind.rawValue)).bytes
            }
            sections.append(
                Record(
                    name: ".rel" + sections[target - 1].name, kind: .relocations, bytes: table,
                    alignment: 8, link: symbolTable, info: target, entrySize: 16))
        }
        var names = StringSection()
        let table = order.reduce(into: [UInt8](repeating: 0, count: 24)) { table, index in
            table += symbols[index].bytes(&names)
        }
        let localCount = order.prefix { symbols[$0].isLocal }.count + 1
        sections.append(
            Record(
                name: ".symtab", kind: .symbols, bytes: table, alignment: 8,
                link: symbolTable + 1, info: localCount, entrySize: 24))
        sections.append(Record(name: ".strtab", kind: .strings, bytes: names.bytes))
        return Self.file(sections)
    }

    /// Header, contents, and the table of sections.
    private static func file(_ sections: [Record]) -> [UInt8] {
        var names = StringSection()
        var table = Fields().with(bytes: [UInt8](repeating: 0, count: 64))
        var contents = [UInt8](repeating: 0, count: ELFHeader.byteCount)
        var all = sections.map { ($0, names.offset(of: $0.name)) }
        let namesName = names.offset(of: ".shstrtab")
        all.append((Record(name: ".shstrtab", kind: .strings, bytes: names.bytes), namesName))
        for (section, name) in all {
            while contents.count % max(section.alignment, 1) != 0 { contents.append(0) }
            table.append(section.header(name: name, at: contents.count))
            contents += section.bytes
        }
        while contents.count % 8 != 0 { contents.append(0) }
        let header = Fields().with(bytes: ELFHeader.magic)
            .with(bytes: [2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            .with(ELFHeader.typeRelocatable).with(ELFHeader.machineBPF).with(UInt32(1))
            .with(UInt64(0)).with(UInt64(0)).with(UInt64(contents.count)).with(UInt32(0))
            .with(UInt16(64)).with(UInt16(0)).with(UInt16(0)).with(UInt16(64))
            .with(UInt16(clamping: all.count + 1)).with(UInt16(clamping: all.count))
        contents.replaceSubrange(0..<header.bytes.count, with: header.bytes)
        return contents + table.bytes
    }
}

extension ELFWriter.Symbol {
    fileprivate var isLocal: Bool { binding == .local }

    /// `Elf64_Sym`.
    fileprivate func bytes(_ names: inout StringSection) -> [UInt8] {
        Fields().with(names.offset(of: name))
            .with(bytes: [binding.rawValue << 4 | kind.rawValue, 0])
            .with(UInt16(clamping: section?.index ?? 0)).with(UInt64(clamping: value))
            .with(UInt64(clamping: size)).bytes
    }
}

/// A section as it is written (`Elf64_Shdr`).
private struct Record {
    let name: String
    let kind: ELFSection.Kind
    var flags: ELFSection.Flags = []
    let bytes: [UInt8]
    var alignment = 1
    var size: Int
    var link = 0
    var info = 0
    var entrySize = 0

    init(
        name: String, kind: ELFSection.Kind, bytes: [UInt8], alignment: Int = 1, link: Int = 0,
        info: Int = 0, entrySize: Int = 0
    ) {
        self.name = name
        self.kind = kind
        self.bytes = bytes
        self.alignment = alignment
        self.link = link
        self.info = info
        self.entrySize = entrySize
        size = bytes.count
    }

    init(_ section: ELFWriter.Section) {
        self.init(
            name: section.name, kind: section.kind, bytes: section.bytes,
            alignment: section.alignment)
        flags = section.flags
        size = section.size
    }

    func header(name: UInt32, at offset: Int) -> [UInt8] {
        Fields().with(name).with(kind.rawValue).with(flags.rawValue).with(UInt64(0))
            .with(UInt64(offset)).with(UInt64(size)).with(UInt32(link)).with(UInt32(info))
            .with(UInt64(alignment)).with(UInt64(entrySize)).bytes
    }
}

/// Names, each stored once, with a zero at the end.
private struct StringSection {
    private(set) var bytes: [UInt8] = [0]
    private var offsets: [String: UInt32] = ["": 0]

    mutating func offset(of name: String) -> UInt32 {
        if let known = offsets[name] { return known }
        let offset = UInt32(clamping: bytes.count)
        bytes += name.utf8.filter { $0 != 0 }
        bytes.append(0)
        offsets[name] = offset
        return offset
    }
}

/// Numbers in the order of little-endian machines.
struct Fields {
    private(set) var bytes: [UInt8] = []

    consuming func with(_ number: some FixedWidthInteger) -> Fields {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
        return self
    }

    consuming func with(bytes more: [UInt8]) -> Fields {
        bytes += more
        return self
    }

    mutating func append(_ more: [UInt8]) { bytes += more }
}
