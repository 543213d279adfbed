#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Writes packets into a pcap file with nanoseconds, little-endian.
///
/// Call ``finish()`` at the end: it writes what is still in memory and reports what went wrong.
public struct CaptureWriter: ~Copyable {
    private static let pieceSize = 1 << 16

    private let descriptor: Int32
    private let path: String
    private let linkType: LinkType
    private var pending: [UInt8]
    private var offset: UInt64 = 0

    /// Creates the file, or empties it.
    public init(path: String, linkType: LinkType = .ethernet) throws(CaptureError) {
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else {
            throw CaptureError(.system(operation: "create", path: path, errno: errno))
        }
        descriptor = opened
        self.path = path
        self.linkType = linkType
        pending = PcapEncoder.fileHeader(linkType)
    }

    deinit { _ = close(descriptor) }

    /// Adds a packet, whose link type must be the file's.
    public mutating func append(_ packet: Packet) throws(CaptureError) {
        try PcapEncoder.append(packet, linkType, to: &pending)
        if pending.count >= Self.pieceSize { try flush() }
    }

    /// Writes what is still in memory and closes the file.
    public consuming func finish() throws(CaptureError) {
        try flush()
    }

    private mutating func flush() throws(CaptureError) {
        while !pending.isEmpty {
            let count = unsafe pending.withUnsafeBytes {
                unsafe write(descriptor, $0.baseAddress, $0.count)
            }
            guard count >= 0 || errno == EINTR else {
                throw CaptureError(
                    offset: offset,
                    .system(operation: "write", path: path, errno: errno)
                )
            }
            offset += UInt64(max(count, 0))
            pending.removeFirst(max(count, 0))
        }
    }
}

/// The bytes of pcap files with nanoseconds, little-endian.
public enum PcapEncoder {
    /// A whole file in memory.
    public static func file(
        _ packets: [Packet],
        linkType: LinkType = .ethernet
    ) throws(CaptureError) -> [UInt8] {
        var bytes = fileHeader(linkType)
        for packet in packets { try append(packet, linkType, to: &bytes) }
        return bytes
    }

    /// The file's first 24 bytes.
    static func fileHeader(_ linkType: LinkType) -> [UInt8] {
        var bytes: [UInt8] = []
        let version: UInt32 = 2 | 4 << 16
        let words = [0xa1b2_3c4d, version, 0, 0, 262_144, UInt32(linkType.rawValue)]
        for word in words { append(word, to: &bytes) }
        return bytes
    }

    /// Adds a record; seconds after 2106 do not fit and are clamped.
    static func append(
        _ packet: Packet,
        _ linkType: LinkType,
        to bytes: inout [UInt8]
    ) throws(CaptureError) {
        guard packet.linkType == linkType else {
            throw CaptureError(
                offset: UInt64(bytes.count),
                .mixedLinkTypes(linkType, packet.linkType)
            )
        }
        append(UInt32(clamping: packet.timestamp / 1_000_000_000), to: &bytes)
        append(UInt32(packet.timestamp % 1_000_000_000), to: &bytes)
        append(UInt32(clamping: packet.bytes.count), to: &bytes)
        append(UInt32(clamping: packet.originalLength), to: &bytes)
        bytes += packet.bytes
    }

    private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
        for shift: UInt32 in [0, 8, 16, 24] {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }
}
