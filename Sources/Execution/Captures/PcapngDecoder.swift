import EBPFBytecode

/// The extensible format (draft-ietf-opsawg-pcapng): blocks, in sections.
///
/// ```
///  block:  type │ total length │ body …, padded to four bytes │ total length
/// ```
///
/// A section header starts a section, sets its byte order and forgets the interfaces before it.
/// Blocks of unknown types are skipped without being looked at.
struct PcapngDecoder: CaptureDecoder {
    /// The types of blocks that matter here.
    private enum BlockType {
        static let interfaceDescription: UInt32 = 1
        static let packet: UInt32 = 2
        static let simplePacket: UInt32 = 3
        static let enhancedPacket: UInt32 = 6
        /// The same in both byte orders.
        static let sectionHeader: UInt32 = 0x0a0d_0d0a
    }

    /// A block whose bytes up to the end of its body are in the window.
    private struct Block {
        let type: UInt32
        let length: UInt32
        /// Type and length before the body, length after it.
        static let overhead = 12
        static let bodyStart = 8
        var bodySize: Int { Int(length) - Self.overhead }
        var bodyEnd: Int { Int(length) - 4 }
    }

    private var order = ByteOrder.little
    private var interfaces: [CaptureInterface] = []

    /// Looks at the first block's type; `nil` if it is not that of a section header.
    init?(_ input: inout CaptureInput) throws(CaptureError) {
        guard input.number(UInt32.self, at: 0, .big) == BlockType.sectionHeader else { return nil }
        try readSectionHeader(&input)
    }

    mutating func next(_ input: inout CaptureInput) throws(CaptureError) -> Packet? {
        while try input.require(Block.bodyStart) {
            let type = input.number(UInt32.self, at: 0, order)
            guard type != BlockType.sectionHeader else {
                try readSectionHeader(&input)
                continue
            }
            let length = input.number(UInt32.self, at: 4, order)
            let block = Block(type: type, length: length)
            if let packet = try read(block, &input) { return packet }
        }
        guard input.available > 0 else { return nil }
        throw CaptureError(
            offset: input.offset,
            .truncated(part: "a block header", missing: Block.bodyStart - input.available)
        )
    }

    /// Reads one block and moves past it; `nil` if it is not a packet's.
    private mutating func read(
        _ block: Block,
        _ input: inout CaptureInput
    ) throws(CaptureError) -> Packet? {
        var packet: Packet?
        switch block.type {
        case BlockType.interfaceDescription:
            try require(block, atLeast: 8, &input)
            interfaces.append(CaptureInterface(input, bodyEnd: block.bodyEnd, order))
        case BlockType.enhancedPacket:
            try require(block, atLeast: 20, &input)
            let interface = input.number(UInt32.self, at: 8, order)
            packet = try timedPacket(block, interface: Int(interface), input)
        case BlockType.packet:
            try require(block, atLeast: 20, &input)
            let interface = input.number(UInt16.self, at: 8, order)
            packet = try timedPacket(block, interface: Int(interface), input)
        case BlockType.simplePacket:
            try require(block, atLeast: 4, &input)
            packet = try simplePacket(block, input)
        default:
            try checkLength(block, atLeast: 0, input)
        }
        try skip(block, &input)
        return packet
    }

    /// The packet of an enhanced packet block or of its predecessor, whose layouts agree from
    /// the timestamp on.
    private func timedPacket(
        _ block: Block,
        interface number: Int,
        _ input: borrowing CaptureInput
    ) throws(CaptureError) -> Packet {
        let interface = try self.interface(number, input)
        let high = UInt64(input.number(UInt32.self, at: 12, order))
        let low = UInt64(input.number(UInt32.self, at: 16, order))
        let captured = input.number(UInt32.self, at: 20, order)
        let original = input.number(UInt32.self, at: 24, order)
        guard captured <= UInt32(clamping: block.bodySize - 20) else {
            throw CaptureError(
                offset: input.offset,
                .tooLong(
                    part: "a packet in a block of \(block.length)",
                    byteCount: UInt64(captured)
                )
            )
        }
        return Packet(
            timestamp: interface.nanoseconds(high << 32 | low),
            originalLength: Int(original),
            bytes: input.bytes(at: 28, count: Int(captured)),
            interface: number,
            linkType: interface.linkType
        )
    }

    /// The packet of a simple packet block, which has no time and is from the first interface.
    private func simplePacket(
        _ block: Block,
        _ input: borrowing CaptureInput
    ) throws(CaptureError) -> Packet {
        let interface = try self.interface(0, input)
        let original = Int(input.number(UInt32.self, at: 8, order))
        let captured = min(original, block.bodySize - 4, interface.snapshotLength)
        return Packet(
            originalLength: original,
            bytes: input.bytes(at: 12, count: captured),
            linkType: interface.linkType
        )
    }

    private func interface(
        _ number: Int,
        _ input: borrowing CaptureInput
    ) throws(CaptureError) -> CaptureInterface {
        guard interfaces.indices.contains(number) else {
            throw CaptureError(
                offset: input.offset,
                .noSuchInterface(number, described: interfaces.count)
            )
        }
        return interfaces[number]
    }

    // MARK: Blocks

    /// Starts a section; its length field may be unknown and is not needed.
    private mutating func readSectionHeader(_ input: inout CaptureInput) throws(CaptureError) {
        guard try input.require(12) else {
            throw CaptureError(
                offset: input.offset,
                .truncated(part: "a section header", missing: 12 - input.available)
            )
        }
        switch input.number(UInt32.self, at: 8, .little) {
        case 0x1a2b_3c4d: order = .little
        case 0x4d3c_2b1a: order = .big
        case let magic: throw CaptureError(offset: input.offset + 8, .badByteOrderMagic(magic))
        }
        interfaces = []
        let length = input.number(UInt32.self, at: 4, order)
        let block = Block(type: BlockType.sectionHeader, length: length)
        try require(block, atLeast: 16, &input)
        try skip(block, &input)
    }

    /// Brings a whole block into the window, whose body must have at least `size` bytes.
    private func require(
        _ block: Block,
        atLeast size: Int,
        _ input: inout CaptureInput
    ) throws(CaptureError) {
        try checkLength(block, atLeast: size, input)
        guard block.length <= CaptureLimits.packet else {
            throw CaptureError(
                offset: input.offset,
                .tooLong(part: "a block", byteCount: UInt64(block.length))
            )
        }
        guard try input.require(Int(block.length)) else {
            let missing = Int(block.length) - input.available
            throw CaptureError(
                offset: input.offset,
                .truncated(part: "a block", missing: missing)
            )
        }
    }

    private func checkLength(
        _ block: Block,
        atLeast size: Int,
        _ input: borrowing CaptureInput
    ) throws(CaptureError) {
        guard block.length.isMultiple(of: 4), block.bodySize >= size else {
            throw CaptureError(offset: input.offset, .badBlockLength(block.length))
        }
    }

    /// Moves past a block and compares the lengths at its two ends.
    private func skip(_ block: Block, _ input: inout CaptureInput) throws(CaptureError) {
        let start = input.offset
        var missing = try input.skip(block.bodyEnd)
        if missing == 0, try input.require(4) == false { missing = -input.available }
        guard missing == 0 else {
            throw CaptureError(
                offset: start,
                .truncated(part: "a block", missing: missing + 4)
            )
        }
        let end = input.number(UInt32.self, at: 0, order)
        guard end == block.length else {
            throw CaptureError(
                offset: start,
                .unequalBlockLengths(start: block.length, end: end)
            )
        }
        _ = try input.skip(4)
    }
}
