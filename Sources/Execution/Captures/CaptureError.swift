import EBPFBytecode

/// Why a capture cannot be read or written, and at which byte of the file.
public struct CaptureError: Error, Hashable, Sendable {
    /// The byte of the file at which the trouble starts.
    public let offset: UInt64
    /// What is wrong there.
    public let reason: Reason

    /// A fault at a byte of the file.
    public init(offset: UInt64 = 0, _ reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    /// The kinds of trouble.
    public enum Reason: Hashable, Sendable {
        /// The system refused to open, read or write; `errno` says why.
        case system(operation: String, path: String, errno: Int32)
        /// There are no bytes at all.
        case empty
        /// The first bytes are not those of a capture, but perhaps of something known.
        case notACapture(instead: OtherFile?)
        /// The file ends inside `part`, of which `missing` bytes are not there.
        case truncated(part: String, missing: Int)
        /// A record says that it is longer than any packet can be.
        case tooLong(part: String, byteCount: UInt64)
        /// A block's length is not a multiple of four or too short for what it must hold.
        case badBlockLength(UInt32)
        /// The length at a block's end differs from the one at its start.
        case unequalBlockLengths(start: UInt32, end: UInt32)
        /// A section's byte-order magic is neither way round.
        case badByteOrderMagic(UInt32)
        /// A packet names an interface that its section has not described.
        case noSuchInterface(Int, described: Int)
        /// Packets of different link types cannot go into one pcap file.
        case mixedLinkTypes(LinkType, LinkType)
    }

    /// Files that are mistaken for captures.
    public enum OtherFile: String, Hashable, Sendable, CaseIterable {
        /// Compressed files, which may well hold a capture.
        case gzip, zstandard, xz, bzip2, lz4, zip
        /// Captures of other tools.
        case snoop, netMon = "Network Monitor"
        /// Programs.
        case elf = "ELF"
    }
}

extension CaptureError: CustomStringConvertible {
    /// One line: the offset, what is wrong, and what would help.
    public var description: String {
        switch reason {
        case .system(let operation, let path, let errno):
            "cannot \(operation) \(path): errno \(errno)"
        case .empty, .notACapture: reason.description
        default: "offset \(offset): \(reason)"
        }
    }
}

extension CaptureError.Reason: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .system(let operation, let path, let errno):
            "cannot \(operation) \(path): errno \(errno)"
        case .empty:
            "the file is empty; a capture has at least a header of 24 bytes"
        case .notACapture(let instead):
            "not a pcap or pcapng file" + (instead.map { ": \($0.remedy)" } ?? "")
        case .truncated(let part, let missing):
            "the file ends inside \(part), \(missing) bytes early"
        case .tooLong(let part, let byteCount):
            "\(part) claims \(byteCount) bytes; the most is \(CaptureLimits.packet)"
        case .badBlockLength(let length):
            "no block can be \(length) bytes long here; a length is a multiple of 4 and covers "
                + "the block's fields"
        case .unequalBlockLengths(let start, let end):
            "the block starts with length \(start) and ends with \(end)"
        case .badByteOrderMagic(let magic):
            "byte-order magic 0x\(String(magic, radix: 16)) is not 0x1a2b3c4d either way round"
        case .noSuchInterface(let number, let described):
            "the packet is from interface \(number), but the section has described \(described)"
        case .mixedLinkTypes(let first, let second):
            "a pcap file has one link type: \(first), not also \(second)"
        }
    }
}

extension CaptureError.OtherFile {
    /// What the file is and what to do with it.
    var remedy: String {
        switch self {
        case .gzip, .zstandard, .xz, .bzip2, .lz4, .zip:
            "it is compressed with \(rawValue); decompress it first"
        case .snoop, .netMon:
            "it is a \(rawValue) capture; convert it with `editcap -F pcapng`"
        case .elf:
            "it is an ELF file, perhaps the program; give the capture instead"
        }
    }

    /// The first bytes of each kind of file.
    private static let magics: [(bytes: [UInt8], file: Self)] = [
        ([0x1f, 0x8b], .gzip),
        ([0x28, 0xb5, 0x2f, 0xfd], .zstandard),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], .xz),
        ([0x42, 0x5a, 0x68], .bzip2),
        ([0x04, 0x22, 0x4d, 0x18], .lz4),
        ([0x50, 0x4b, 0x03, 0x04], .zip),
        (Array("snoop".utf8), .snoop),
        (Array("GMBU".utf8), .netMon),
        (Array("RTSS".utf8), .netMon),
        ([0x7f, 0x45, 0x4c, 0x46], .elf),
    ]

    /// The kind of file that starts with these bytes, if it is a known one.
    init?(startingWith bytes: [UInt8]) {
        guard let row = Self.magics.first(where: { bytes.starts(with: $0.bytes) }) else {
            return nil
        }
        self = row.file
    }
}

/// What bounds the memory that a hostile file can claim.
enum CaptureLimits {
    /// The most bytes that one packet, with its block's options, may have: 16 MiB.
    static let packet = 16 << 20
}
