import EBPFBytecode
public import EBPFKernel

/// A program or library of this machine, as an ELF file: its symbols and where they are in it.
///
/// Only what is asked for is read: executables may be hundreds of megabytes. Every number in the
/// file is checked before it is used.
public struct ExecutableFile: Sendable {
    /// The path that it was opened by.
    public let path: String
    /// The kind of processor it is for (`e_machine`).
    let machine: UInt16
    /// Whether it is always loaded at the addresses that it names (`ET_EXEC`).
    let hasFixedAddresses: Bool
    /// The sections (`Elf64_Shdr`).
    let sections: [Section]
    /// The parts that are loaded (`PT_LOAD`), as addresses and offsets.
    let segments: [Segment]
    private let system: SystemCalls

    /// A section.
    struct Section: Sendable {
        var name = ""
        var nameOffset: UInt32 = 0
        var kind: UInt32 = 0
        var flags: UInt64 = 0
        var address: UInt64 = 0
        var offset: UInt64 = 0
        var size: UInt64 = 0
        var link: UInt32 = 0
    }

    /// A part of the file that is loaded into memory.
    struct Segment: Sendable {
        var flags: UInt32 = 0
        var offset: UInt64 = 0
        var address: UInt64 = 0
        var fileSize: UInt64 = 0
        var memorySize: UInt64 = 0
    }

    /// Opens a file and reads its headers.
    ///
    /// - Throws: ``KernelError``: `ENOENT`, or `ENOEXEC` if it is no 64-bit ELF file.
    public init(_ path: String, system: SystemCalls = .linux) throws(KernelError) {
        let file = try attempting("opening \(path)") { () throws(KernelErrno) in
            try system.open(path)
        }
        let reader = FileReader(file: file, path: path)
        let header = ByteFields(try reader.bytes(at: 0, count: 64))
        guard header.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
            throw reader.unusable("it is not an ELF file", "name a program or a library")
        }
        guard header.number(at: 4, UInt8.self) == 2, header.number(at: 5, UInt8.self) == 1 else {
            throw reader.unusable("only 64-bit little-endian files are understood", nil)
        }
        self.path = path
        self.system = system
        machine = header.number(at: 18) ?? 0
        hasFixedAddresses = header.number(at: 16) == UInt16(2)
        segments = try Self.segments(header, reader)
        sections = try Self.sections(header, reader)
    }

    /// The greatest table that is read.
    private static let tableLimit = 1 << 16

    private static func segments(
        _ header: ByteFields, _ reader: borrowing FileReader
    ) throws(KernelError) -> [Segment] {
        let (offset, count) = (
            header.number(at: 32) ?? UInt64(0), header.number(at: 56) ?? UInt16(0)
        )
        guard count > 0 else { return [] }
        guard header.number(at: 54, UInt16.self) == 56 else {
            throw reader.unusable("its program headers have an unknown size", nil)
        }
        let table = ByteFields(try reader.bytes(at: offset, count: Int(count) * 56))
        return (0..<Int(count)).compactMap { index in
            let start = index * 56
            guard table.number(at: start, UInt32.self) == 1 else { return nil }
            return Segment(
                flags: table.number(at: start + 4) ?? 0, offset: table.number(at: start + 8) ?? 0,
                address: table.number(at: start + 16) ?? 0,
                fileSize: table.number(at: start + 32) ?? 0,
                memorySize: table.number(at: start + 40) ?? 0)
        }
    }

    private static func sections(
        _ header: ByteFields, _ reader: borrowing FileReader
    ) throws(KernelError) -> [Section] {
        guard let offset = header.number(at: 40, UInt64.self), offset != 0 else { return [] }
        guard header.number(at: 58, UInt16.self) == 64 else {
            throw reader.unusable("its section headers have an unknown size", nil)
        }
        // Numbers that do not fit into the header are in the first, otherwise unused, entry.
        let first = ByteFields(try reader.bytes(at: offset, count: 64))
        var count = UInt64(header.number(at: 60) ?? UInt16(0))
        if count == 0 { count = first.number(at: 32) ?? 0 }
        var names = UInt32(header.number(at: 62) ?? UInt16(0))
        if names == 0xffff { names = first.number(at: 40) ?? 0 }
        guard count <= UInt64(tableLimit) else {
            throw reader.unusable("it has \(count) sections", nil)
        }
        let table = ByteFields(try reader.bytes(at: offset, count: Int(count) * 64))
        var sections = (0..<Int(count)).map { section(table, at: $0 * 64) }
        guard sections.indices.contains(Int(names)) else { return sections }
        let strings = ByteFields(try reader.contents(sections[Int(names)]))
        for index in sections.indices {
            sections[index].name = strings.string(at: Int(sections[index].nameOffset))
        }
        return sections
    }

    private static func section(_ table: ByteFields, at start: Int) -> Section {
        var section = Section()
        section.nameOffset = table.number(at: start) ?? 0
        section.kind = table.number(at: start + 4) ?? 0
        section.flags = table.number(at: start + 8) ?? 0
        section.address = table.number(at: start + 16) ?? 0
        section.offset = table.number(at: start + 24) ?? 0
        section.size = table.number(at: start + 32) ?? 0
        section.link = table.number(at: start + 40) ?? 0
        return section
    }

    /// The bytes of a section; none for one that has no bytes in the file.
    func contents(of section: Section) throws(KernelError) -> [UInt8] {
        let file = try attempting("opening \(path)") { () throws(KernelErrno) in
            try system.open(path)
        }
        return try FileReader(file: file, path: path).contents(section)
    }

    /// Where in the file something is that is at an address in memory; `nil` if it is not loaded
    /// from the file.
    func fileOffset(ofAddress address: UInt64) -> UInt64? {
        for segment in segments
        where address >= segment.address && address - segment.address < segment.fileSize {
            let (offset, overflow) = segment.offset.addingReportingOverflow(
                address - segment.address)
            return overflow ? nil : offset
        }
        return nil
    }
}

/// Reads parts of an executable.
struct FileReader: ~Copyable {
    let file: Descriptor
    let path: String

    /// The greatest part that is read at once: no table of symbols is larger.
    private static let limit = 1 << 30

    init(file: consuming Descriptor, path: String) {
        self.file = file
        self.path = path
    }

    /// Some bytes, all of which must be there.
    func bytes(at offset: UInt64, count: Int) throws(KernelError) -> [UInt8] {
        guard count <= Self.limit, let start = Int(exactly: offset), start <= Int.max - count
        else { throw unusable("a part of it lies beyond its end", nil) }
        let bytes = try attempting("reading \(path)") { () throws(KernelErrno) in
            try file.read(at: start, count: count)
        }
        guard bytes.count == count else {
            throw unusable("it ends too early", "it may be damaged, or still being written")
        }
        return bytes
    }

    func contents(_ section: ExecutableFile.Section) throws(KernelError) -> [UInt8] {
        let (null, zeros): (UInt32, UInt32) = (0, 8)
        guard section.kind != null, section.kind != zeros else { return [] }
        guard let count = Int(exactly: section.size) else {
            throw unusable("section \(section.name) is larger than memory", nil)
        }
        // Nothing is reserved for what the file does not have.
        guard count > 0 else { return [] }
        _ = try bytes(at: section.offset &+ section.size &- 1, count: 1)
        return try bytes(at: section.offset, count: count)
    }

    func unusable(_ reason: String, _ remedy: String?) -> KernelError {
        let noExecutable = KernelErrno(rawValue: 8)
        return KernelError("reading \(path)", noExecutable, reason: reason, remedy: remedy)
    }
}

extension Descriptor {
    /// Reads at a place of the file; fewer bytes at its end (pread(2)).
    func read(at offset: Int, count: Int) throws(KernelErrno) -> [UInt8] {
        var failure: KernelErrno?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(KernelErrno) {
                while filled < count {
                    let part = try system.call(
                        .readAt, Int(number), Int(bitPattern: buffer.baseAddress) + filled,
                        count - filled, offset + filled)
                    guard part > 0 else { return }
                    filled += part
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// Numbers and texts in bytes that somebody else wrote; what lies outside is not there.
struct ByteFields: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The number at an offset, lowest byte first.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, _ type: Number.Type = Number.self
    ) -> Number? {
        guard offset >= 0, offset <= bytes.count - MemoryLayout<Number>.size else { return nil }
        // SAFETY: the bounds were checked, and every bit pattern is a number.
        let raw = unsafe bytes.span.bytes.unsafeLoadUnaligned(
            fromByteOffset: offset, as: Number.self)
        return Number(littleEndian: raw)
    }

    /// The text from an offset to the next zero; empty outside.
    func string(at offset: Int) -> String { String(decoding: text(at: offset), as: UTF8.self) }

    /// The bytes from an offset to the next zero; none outside.
    func text(at offset: Int) -> ArraySlice<UInt8> {
        guard bytes.indices.contains(offset) else { return [] }
        return bytes[offset...].prefix { $0 != 0 }
    }
}
