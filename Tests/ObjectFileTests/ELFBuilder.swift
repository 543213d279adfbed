/// Writes small ELF files, sound or not, field by field.
struct ELFBuilder {
    struct Section {
        var name: String
        var type: UInt32 = 1
        var flags: UInt64 = 0
        var bytes: [UInt8] = []
        /// Instead of the number of bytes.
        var size: UInt64?
        /// Instead of where the bytes are.
        var offset: UInt64?
        var link: UInt32 = 0
        var info: UInt32 = 0
        var entrySize: UInt64 = 0
    }

    struct Symbol {
        var name: String
        /// Binding and type: 0x12 is a global function.
        var info: UInt8 = 0x12
        var section: UInt16
        var value: UInt64 = 0
        var size: UInt64 = 0
    }

    var machine: UInt16 = 247
    var sections: [Section] = []
    var symbols: [Symbol] = []
    /// Puts the number of sections into the first of them, as files with many do.
    var hasExtendedNumbers = false

    /// A program of one section, without symbols.
    static func program(_ name: String, _ words: [UInt64]) -> ELFBuilder {
        var builder = ELFBuilder()
        builder.sections.append(Section(name: name, flags: 6, bytes: words.flatMap(Self.bytes)))
        return builder
    }

    /// The number of the section that is added as number `index`, from 0: the first is unused.
    static func number(_ index: Int) -> UInt16 { UInt16(index + 1) }

    /// The file: header, sections' bytes, table of sections.
    func build() -> [UInt8] {
        var all = sections
        var names: [UInt8] = [0]
        func offset(of name: String) -> UInt32 {
            defer { names += Array(name.utf8) + [0] }
            return UInt32(names.count)
        }
        let symbolNames = symbols.map { offset(of: $0.name) }
        let sectionNames = all.map { offset(of: $0.name) }
        let tail = (offset(of: ".symtab"), offset(of: ".strtab"))
        let strings = UInt32(all.count + 2)
        var table = [UInt8](repeating: 0, count: 24)
        for (symbol, name) in zip(symbols, symbolNames) {
            table += Self.bytes(name) + [symbol.info, 0] + Self.bytes(symbol.section)
            table += Self.bytes(symbol.value) + Self.bytes(symbol.size)
        }
        all.append(
            Section(name: ".symtab", type: 2, bytes: table, link: strings, entrySize: 24)
        )
        all.append(Section(name: ".strtab", type: 3, bytes: names))
        return assemble(all, sectionNames + [tail.0, tail.1])
    }

    private func assemble(_ sections: [Section], _ names: [UInt32]) -> [UInt8] {
        var file = [UInt8](repeating: 0, count: 64)
        var headers = [UInt8](repeating: 0, count: 64)
        let count = UInt16(sections.count + 1)
        for (section, name) in zip(sections, names) {
            while file.count % 8 != 0 { file.append(0) }
            headers += Self.bytes(name) + Self.bytes(section.type) + Self.bytes(section.flags)
            headers += Self.bytes(UInt64(0)) + Self.bytes(section.offset ?? UInt64(file.count))
            headers += Self.bytes(section.size ?? UInt64(section.bytes.count))
            headers += Self.bytes(section.link) + Self.bytes(section.info)
            headers += Self.bytes(UInt64(1)) + Self.bytes(section.entrySize)
            file += section.bytes
        }
        while file.count % 8 != 0 { file.append(0) }
        if hasExtendedNumbers {
            headers.replaceSubrange(32..<40, with: Self.bytes(UInt64(count)))
            headers.replaceSubrange(40..<44, with: Self.bytes(UInt32(count - 1)))
        }
        let identity: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]
        file.replaceSubrange(0..<7, with: identity)
        file.replaceSubrange(
            16..<24,
            with: Self.bytes(UInt16(1)) + Self.bytes(machine) + [1, 0, 0, 0]
        )
        file.replaceSubrange(40..<48, with: Self.bytes(UInt64(file.count)))
        file.replaceSubrange(52..<54, with: Self.bytes(UInt16(64)))
        file.replaceSubrange(58..<60, with: Self.bytes(UInt16(64)))
        file.replaceSubrange(60..<62, with: Self.bytes(hasExtendedNumbers ? UInt16(0) : count))
        file.replaceSubrange(
            62..<64,
            with: Self.bytes(hasExtendedNumbers ? UInt16(0xffff) : count - 1)
        )
        return file + headers
    }

    static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
