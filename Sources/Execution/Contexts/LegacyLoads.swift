/// Loads that classic BPF had: from the packet, in network order (RFC 9669, section 5.5).
extension Machine {
    /// The value of a legacy load, or `nil` past the packet's end.
    func loadPacket(_ op: OperationReference, _ r: RegisterFile) -> UInt64? {
        var offset = op.immediate
        if op.opcode == .loadPacketIndirect {
            offset += Int64(Int32(truncatingIfNeeded: r[op.source]))
        }
        return loadPacket(at: offset, byteCount: Int(op.detail))
    }

    /// The value of some bytes of the packet, or `nil` past its end.
    func loadPacket(at offset: Int64, byteCount: Int) -> UInt64? {
        guard let start = packetOffset(ofLegacy: offset),
            let bytes = unsafe packet.bytes(at: start, count: byteCount)
        else { return nil }
        return unsafe bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Negative offsets count from the network or the link header.
    private func packetOffset(ofLegacy offset: Int64) -> Int? {
        switch offset {
        case 0...: Int(offset)
        case Self.networkOffset..<Self.networkOffset + 0x10_0000:
            Int(offset - Self.networkOffset) + context.headers.networkOffset
        case Self.linkOffset..<Self.linkOffset + 0x10_0000:
            Int(offset - Self.linkOffset) + context.headers.linkOffset
        default: nil
        }
    }

    /// `SKF_NET_OFF` and `SKF_LL_OFF` of `linux/filter.h`.
    private static let networkOffset: Int64 = -0x10_0000
    private static let linkOffset: Int64 = -0x20_0000
}
