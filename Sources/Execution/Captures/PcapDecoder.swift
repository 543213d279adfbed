import EBPFBytecode

/// The classic format: a header of 24 bytes, then records.
///
/// ```
///  file:    magic │ major │ minor │ zone │ accuracy │ snapshot length │ link type
///  record:  seconds │ fraction │ captured length │ original length │ bytes …
/// ```
///
/// All fields have four bytes, except for the two version numbers of two; all are in the byte
/// order of the machine that wrote the file, which shows in the magic.
struct PcapDecoder: CaptureDecoder {
    private static let headerSize = 24

    private let order: ByteOrder
    private let nanosecondsPerFraction: UInt64
    private let recordHeaderSize: Int
    private let linkType: LinkType

    /// Reads the file's header; `nil` if it is not that of a pcap file.
    init?(_ input: inout CaptureInput) throws(CaptureError) {
        guard let variant = Self.variant(of: input.number(UInt32.self, at: 0, .big)) else {
            return nil
        }
        guard try input.require(Self.headerSize) else {
            throw CaptureError(
                .truncated(
                    part: "the file header",
                    missing: Self.headerSize - input.available
                )
            )
        }
        order = variant.order
        nanosecondsPerFraction = variant.nanosecondsPerFraction
        recordHeaderSize = variant.recordHeaderSize
        // The upper half tells whether frames end in a checksum; the lower half is the type.
        let network = input.number(UInt32.self, at: 20, variant.order)
        linkType = LinkType(rawValue: UInt16(truncatingIfNeeded: network))
        _ = try input.skip(Self.headerSize)
    }

    private typealias Variant = (
        order: ByteOrder, nanosecondsPerFraction: UInt64, recordHeaderSize: Int
    )

    /// The layouts by their magic; the last two have eight bytes more a record (Linux 2.2).
    private static func variant(of magic: UInt32) -> Variant? {
        switch magic {
        case 0xa1b2_c3d4: (.big, 1_000, 16)
        case 0xd4c3_b2a1: (.little, 1_000, 16)
        case 0xa1b2_3c4d: (.big, 1, 16)
        case 0x4d3c_b2a1: (.little, 1, 16)
        case 0xa1b2_cd34: (.big, 1_000, 24)
        case 0x34cd_b2a1: (.little, 1_000, 24)
        default: nil
        }
    }

    mutating func next(_ input: inout CaptureInput) throws(CaptureError) -> Packet? {
        guard try input.require(recordHeaderSize) else {
            guard input.available > 0 else { return nil }
            throw CaptureError(
                offset: input.offset,
                .truncated(
                    part: "a record header",
                    missing: recordHeaderSize - input.available
                )
            )
        }
        let captured = input.number(UInt32.self, at: 8, order)
        guard captured <= CaptureLimits.packet else {
            throw CaptureError(
                offset: input.offset,
                .tooLong(part: "a record", byteCount: UInt64(captured))
            )
        }
        let length = recordHeaderSize + Int(captured)
        guard try input.require(length) else {
            throw CaptureError(
                offset: input.offset,
                .truncated(part: "a packet", missing: length - input.available)
            )
        }
        let seconds = UInt64(input.number(UInt32.self, at: 0, order))
        let fraction = UInt64(input.number(UInt32.self, at: 4, order))
        let packet = Packet(
            timestamp: seconds * 1_000_000_000 + fraction * nanosecondsPerFraction,
            originalLength: Int(input.number(UInt32.self, at: 12, order)),
            bytes: input.bytes(at: recordHeaderSize, count: Int(captured)),
            linkType: linkType
        )
        _ = try input.skip(length)
        return packet
    }
}
