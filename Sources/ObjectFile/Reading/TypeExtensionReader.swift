import EBPFTypeFormat

/// Reads the tables of section `.BTF.ext`.
///
/// ```
///  header:  │ 0xeB9F │ version │ flags │ hdr_len │ func_info_off, _len │ line_info_off, _len │ core_relo_off, _len │
///  table:   │ record size │ section │ section │ …
///  section: │ sec_name_off │ num_info │ record │ record │ …
/// ```
///
/// Records may be longer than what is known of them. Offsets count from the end of the header.
struct TypeExtensionReader {
    private static let name = ".BTF.ext"

    private let bytes: [UInt8]
    private let types: BTF
    private let sections: SectionFinder
    private let headerLength: Int
    private var strings: Strings

    init(_ elf: ELFFile, _ section: ELFSection, _ types: BTF) throws(ObjectFileError) {
        bytes = elf.contents(section)
        self.types = types
        strings = Strings(types)
        guard bytes.count >= 24 else { throw Self.truncated(0, needed: 24, of: bytes) }
        var fields = FieldReader(bytes, at: 0)
        let magic: UInt16 = fields.next()
        guard magic == 0xeb9f else {
            throw ObjectFileError(.section(Self.name), .wrongMagic(magic))
        }
        let version: UInt8 = fields.next()
        guard version == 1 else {
            throw ObjectFileError(.sectionOffset(Self.name, 2), .unknownVersion(UInt32(version)))
        }
        _ = fields.next(UInt8.self)
        let length: UInt32 = fields.next()
        guard length >= 24, Int(length) <= bytes.count else {
            throw Self.truncated(4, needed: max(24, UInt64(length)), of: bytes)
        }
        headerLength = Int(length)
        sections = try SectionFinder(elf, section)
    }

    /// Visits the functions with the section that each is in.
    mutating func readFunctions(
        _ body: (Int, TypeExtension.FunctionRecord) -> Void
    ) throws(ObjectFileError) {
        try readTable(field: 8, recordSize: 8) { (section, slot, _, fields) in
            body(section, .init(slot: slot, type: TypeID(fields.next(UInt32.self))))
        }
    }

    /// Visits the lines of source.
    mutating func readLines(_ body: (Int, LineInfo) -> Void) throws(ObjectFileError) {
        var strings = strings
        try readTable(field: 16, recordSize: 16) {
            (section, slot, place, fields) throws(ObjectFileError) in
            let file = try strings.string(at: fields.next(), place)
            let text = try strings.string(at: fields.next(), place)
            let position: UInt32 = fields.next()
            body(
                section,
                LineInfo(
                    slot: slot,
                    file: file,
                    line: Int(position >> 10),
                    column: Int(position & 0x3ff),
                    text: text
                )
            )
        }
        self.strings = strings
    }

    /// Visits what depends on the layout of the kernel's types.
    mutating func readCORERelocations(
        _ body: (Int, CORERelocation) -> Void
    ) throws(ObjectFileError) {
        guard headerLength >= 32 else { return }
        var strings = strings
        try readTable(field: 24, recordSize: 16) {
            (section, slot, place, fields) throws(ObjectFileError) in
            let type = TypeID(fields.next(UInt32.self))
            let access = try strings.string(at: fields.next(), place)
            let number: UInt32 = fields.next()
            guard let kind = CORERelocation.Kind(rawValue: number)
            else { throw ObjectFileError(place, .unknownCOREKind(number)) }
            body(section, CORERelocation(slot: slot, type: type, access: access, kind: kind))
        }
        self.strings = strings
    }

    // MARK: Tables

    private typealias Record = (
        _ section: Int, _ slot: Int, _ place: ObjectFileError.Place, _ fields: inout FieldReader
    ) throws(ObjectFileError) -> Void

    /// Visits the records of the table whose offset and length are the header's fields at `field`.
    private func readTable(
        field: Int,
        recordSize: Int,
        _ body: Record
    ) throws(ObjectFileError) {
        var fields = FieldReader(bytes, at: field)
        let start = headerLength + Int(fields.next(UInt32.self))
        let length = Int(fields.next(UInt32.self))
        guard length > 0 else { return }
        let end = start + length
        guard end <= bytes.count, length >= 4
        else { throw Self.truncated(start, needed: UInt64(max(4, length)), of: bytes) }
        let size = Int(bytes.number(UInt32.self, at: start) ?? 0)
        guard size >= recordSize, size.isMultiple(of: 4) else {
            throw ObjectFileError(
                .sectionOffset(Self.name, start),
                .entrySize(found: UInt64(size), expected: recordSize)
            )
        }
        var offset = start + 4
        while offset < end {
            offset = try readSection(at: offset, before: end, recordSize: size, body)
        }
    }

    /// Visits the records of one section of code.
    ///
    /// - Returns: where the next one begins.
    private func readSection(
        at offset: Int,
        before end: Int,
        recordSize: Int,
        _ body: Record
    ) throws(ObjectFileError) -> Int {
        guard end - offset >= 8 else { throw Self.truncated(offset, needed: 8, of: bytes[..<end]) }
        var fields = FieldReader(bytes, at: offset)
        let name: UInt32 = fields.next()
        let count = Int(fields.next(UInt32.self))
        let first = offset + 8
        guard count <= (end - first) / recordSize else {
            throw Self.truncated(
                first,
                needed: UInt64(count) * UInt64(recordSize),
                of: bytes[..<end]
            )
        }
        let sectionName = try string(name, .sectionOffset(Self.name, offset))
        let candidates = sections.sections(named: sectionName)
        for index in 0..<count {
            let start = first + index * recordSize
            let place = ObjectFileError.Place.sectionOffset(Self.name, start)
            var fields = FieldReader(bytes, at: start)
            let instruction: UInt32 = fields.next()
            guard let section = sections.section(among: candidates, record: start)
            else { break }
            guard instruction.isMultiple(of: 8), Int(instruction) < section.size else {
                throw ObjectFileError(
                    place,
                    .outsideSection(offset: UInt64(instruction), size: section.size)
                )
            }
            try body(section.index, Int(instruction) / 8, place, &fields)
        }
        return first + count * recordSize
    }

    private func string(
        _ offset: UInt32,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> String {
        do { return try types.string(at: offset) } catch {
            throw ObjectFileError(place, .types(error))
        }
    }

    private static func truncated(
        _ offset: Int,
        needed: UInt64,
        of bytes: some Collection<UInt8>
    ) -> ObjectFileError {
        ObjectFileError(
            .sectionOffset(name, offset),
            .truncated(needed: needed, available: max(0, bytes.count - offset))
        )
    }

    /// Strings of the type information, each made once, and not more than anyone wrote.
    private struct Strings {
        private let types: BTF
        /// The strings, in the order of their offsets: mostly that in which they are asked for.
        private var offsets: [UInt32] = []
        private var texts: [String] = []
        /// How many there may be for one to be put in between; later ones are made again instead.
        private static let insertionLimit = 4096
        private var taken = 0

        init(_ types: BTF) { self.types = types }

        mutating func string(
            at offset: UInt32,
            _ place: ObjectFileError.Place
        ) throws(ObjectFileError) -> String {
            let index = offsets.partitioningIndex { $0 >= offset }
            if index < offsets.count, offsets[index] == offset { return texts[index] }
            let string: String
            do { string = try types.string(at: offset) } catch {
                throw ObjectFileError(place, .types(error))
            }
            taken += string.utf8.count
            guard taken <= Limits.text
            else { throw ObjectFileError(place, .tooMuch("bytes of source", limit: Limits.text)) }
            if index == offsets.count || offsets.count < Self.insertionLimit {
                offsets.insert(offset, at: index)
                texts.insert(string, at: index)
            }
            return string
        }
    }
}

/// Which section of code the records of `.BTF.ext` are about.
///
/// They name it, but two sections may have the same name; then the relocations of the records
/// tell them apart.
struct SectionFinder {
    private let code: [ELFSection]
    /// The sections that relocations name, by the offset of the record.
    private let byRecord: [Int: ELFSection]

    init(_ elf: ELFFile, _ section: ELFSection) throws(ObjectFileError) {
        code = elf.sections.filter { $0.flags.contains(.executable) && $0.size > 0 }
        var byRecord: [Int: ELFSection] = [:]
        // Most objects have no such sections, and many relocations.
        if code.contains(where: { elf.section(named: $0.name)?.index != $0.index }) {
            for relocation in try elf.relocations(of: section.index) {
                guard case .section(let index) = elf.symbols[relocation.symbol].place
                else { continue }
                byRecord[Int(relocation.offset)] = elf.sections[index]
            }
        }
        self.byRecord = byRecord
    }

    /// The sections of code with a name.
    func sections(named name: String) -> [ELFSection] { code.filter { $0.name == name } }

    /// The section of a record at an offset, or `nil` if the object has no such section of code.
    func section(among candidates: [ELFSection], record: Int) -> ELFSection? {
        guard candidates.count > 1 else { return candidates.first }
        return byRecord[record].flatMap { found in
            candidates.first { $0.index == found.index }
        } ?? candidates.first
    }
}
