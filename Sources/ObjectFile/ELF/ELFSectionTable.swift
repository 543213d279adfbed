/// The table of sections, read and checked.
///
/// The sections together may not have more bytes than the file, nor more zeros than memory should
/// be spent on: whoever copies each section once then needs no check of its own.
struct ELFSectionTable {
    private let bytes: [UInt8]
    private let offset: Int
    private let count: Int
    private let nameSection: UInt32

    /// Finds the table and checks that it lies within the file.
    init(_ bytes: [UInt8], header: ELFHeader) throws(ObjectFileError) {
        guard header.sectionTable != 0
        else { throw ObjectFileError(.offset(40), .missing("table of sections")) }
        guard Int(header.sectionEntrySize) == ELFSectionRecord.byteCount else {
            throw ObjectFileError(
                .offset(58),
                .entrySize(
                    found: UInt64(header.sectionEntrySize),
                    expected: ELFSectionRecord.byteCount
                )
            )
        }
        self.bytes = bytes
        guard let offset = Int(exactly: header.sectionTable),
            let first = Self.record(0, at: offset, of: bytes)
        else {
            throw Self.truncated(
                at: header.sectionTable,
                needed: UInt64(ELFSectionRecord.byteCount),
                of: bytes
            )
        }
        self.offset = offset
        // Numbers that do not fit into the header are in the first, otherwise unused, entry.
        let number = header.sectionCount == 0 ? first.size : UInt64(header.sectionCount)
        let available = (bytes.count - offset) / ELFSectionRecord.byteCount
        guard number <= available else {
            let (needed, _) = number.multipliedReportingOverflow(
                by: UInt64(ELFSectionRecord.byteCount)
            )
            throw Self.truncated(at: header.sectionTable, needed: needed, of: bytes)
        }
        count = Int(number)
        nameSection = header.nameSection == 0xffff ? first.link : UInt32(header.nameSection)
    }

    /// All sections, the unused first one too.
    func sections() throws(ObjectFileError) -> [ELFSection] {
        let records = (0..<count).map {
            ELFSectionRecord(bytes, at: offset + $0 * ELFSectionRecord.byteCount)
        }
        guard Int(nameSection) < records.count
        else { throw ObjectFileError(.offset(62), .noSuchSection(nameSection, count: count)) }
        var names = ELFStrings(bytes)
        names.range = try range(of: records[Int(nameSection)], index: Int(nameSection))
        var sections: [ELFSection] = []
        sections.reserveCapacity(count)
        var stored = 0
        var zeros = 0
        for (index, record) in records.enumerated() {
            let section = try section(index, record, &names)
            stored += section.range.count
            zeros += section.kind == .zeros ? section.size : 0
            guard stored <= bytes.count
            else { throw ObjectFileError(.sectionHeader(index), .overlappingSections) }
            guard zeros <= Limits.zeroBytes else {
                throw ObjectFileError(
                    .section(section.name),
                    .tooMuch("bytes of zeros", limit: Limits.zeroBytes)
                )
            }
            sections.append(section)
        }
        return sections
    }

    private func section(
        _ index: Int,
        _ record: ELFSectionRecord,
        _ names: inout ELFStrings
    ) throws(ObjectFileError) -> ELFSection {
        let name = index == 0 ? "" : try names.string(at: record.name, .sectionHeader(index))
        let range = try range(of: record, index: index)
        var size = range.count
        if record.kind == ELFSection.Kind.zeros.rawValue {
            guard record.size <= UInt64(Limits.zeroBytes) else {
                throw ObjectFileError(
                    .section(name),
                    .tooMuch("bytes of zeros", limit: Limits.zeroBytes)
                )
            }
            size = Int(record.size)
        }
        return ELFSection(
            index: index,
            name: name,
            kind: ELFSection.Kind(rawValue: record.kind),
            flags: ELFSection.Flags(rawValue: record.flags),
            range: range,
            size: size,
            link: record.link,
            info: record.info,
            entrySize: record.entrySize
        )
    }

    private func range(
        of record: ELFSectionRecord,
        index: Int
    ) throws(ObjectFileError) -> Range<Int> {
        guard !record.hasNoBytes else { return 0..<0 }
        let (end, overflow) = record.offset.addingReportingOverflow(record.size)
        guard !overflow, end <= UInt64(bytes.count) else {
            let available = max(0, bytes.count - Int(clamping: record.offset))
            throw ObjectFileError(
                .sectionHeader(index),
                .truncated(needed: record.size, available: available)
            )
        }
        return Int(record.offset)..<Int(end)
    }

    private static func record(
        _ index: Int,
        at offset: Int,
        of bytes: [UInt8]
    ) -> ELFSectionRecord? {
        guard offset <= bytes.count - ELFSectionRecord.byteCount else { return nil }
        return ELFSectionRecord(bytes, at: offset)
    }

    private static func truncated(
        at offset: UInt64,
        needed: UInt64,
        of bytes: [UInt8]
    ) -> ObjectFileError {
        let offset = Int(clamping: offset)
        return ObjectFileError(
            .offset(offset),
            .truncated(needed: needed, available: max(0, bytes.count - offset))
        )
    }
}

/// A table of strings, and how many bytes were taken from it.
///
/// Many entries may name the same long string or its tails; without a limit a small file could
/// describe gigabytes.
struct ELFStrings {
    private let bytes: [UInt8]
    var range: Range<Int> = 0..<0
    private var taken = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The string at an offset; the place is that of who refers to it.
    mutating func string(
        at offset: UInt32,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> String {
        let start = range.lowerBound + Int(offset)
        let limit = min(range.upperBound, start + Limits.nameLength)
        var end = start
        while end < limit, bytes[end] != 0 { end += 1 }
        // A table may be missing when all names are empty.
        guard end < limit || (offset == 0 && range.isEmpty)
        else { throw ObjectFileError(place, .badString(offset: offset)) }
        taken += end - start
        guard taken <= Limits.text
        else { throw ObjectFileError(place, .tooMuch("bytes of names", limit: Limits.text)) }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
