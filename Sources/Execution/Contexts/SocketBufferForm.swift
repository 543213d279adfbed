import EBPFBytecode

/// How programs of one type see a socket buffer: where its data begins, and what they may do.
///
/// | type | data begins at | the packet's bytes | may write |
/// |---|---|---|---|
/// | traffic control | link header | read, write | mark, queue_mapping, priority, tc_index, cb, tc_classid, tstamp |
/// | socket filter | link header | by helpers | cb |
/// | cgroup | network header | read | mark, priority, cb, tstamp |
/// | lightweight tunnel | network header | read; transmit writes | mark, priority, cb |
/// | stream parser and verdict | first byte given | read, write | priority, tc_index |
/// | flow dissector | link header | read | nothing |
///
/// A kernel gives a socket filter what its socket sees: the link header for packet sockets of type
/// `SOCK_RAW`, which is how captures are made, and that is the choice here. `BPF_PROG_TEST_RUN`
/// shows what other sockets see: it hides the link header (``PacketOrigin/hidesLinkHeader``).
/// Stream programs see payload, so callers give payload.
///
/// The kernel moves a VLAN tag out of received packets before traffic control sees them. Captures
/// show packets with the tag in place; so it stays there, as in a test run, unless the caller moved
/// it to ``PacketOrigin/vlan``.
struct SocketBufferForm {
    let hidesLinkHeader: Bool
    let hasDirectAccess: Bool
    let mayWritePacket: Bool
    /// A bit for each four-byte word.
    let writableWords: UInt64

    /// How a type of program sees a socket buffer.
    init(of type: ProgramType) {
        typealias Field = SocketBufferField
        switch type {
        case .socketFilter:
            self.init(false, .none, Self.controlBlock)
        case .cgroupSKB:
            self.init(
                true,
                .read,
                Self.controlBlock | Self.words(Field.mark, Field.priority) | Self.timestamp
            )
        case .lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local:
            self.init(
                true,
                type == .lwtTransmit ? .write : .read,
                Self.controlBlock | Self.words(Field.mark, Field.priority)
            )
        case .socketSKB:
            self.init(false, .write, Self.words(Field.priority, Field.trafficControlIndex))
        case .flowDissector:
            self.init(false, .read, 0)
        default:
            self.init(
                false,
                .write,
                Self.controlBlock | Self.timestamp
                    | Self.words(
                        Field.mark,
                        Field.queueMapping,
                        Field.priority,
                        Field.trafficControlIndex,
                        Field.trafficControlClass
                    )
            )
        }
    }

    /// What programs may do through `data`.
    private enum Access { case none, read, write }

    private init(_ hidesLinkHeader: Bool, _ access: Access, _ writableWords: UInt64) {
        self.hidesLinkHeader = hidesLinkHeader
        hasDirectAccess = access != .none
        mayWritePacket = access == .write
        self.writableWords = writableWords
    }

    private static let controlBlock = stride(
        from: SocketBufferField.controlBlock,
        to: SocketBufferField.controlBlockEnd,
        by: 4
    ).reduce(0) { $0 | words($1) }

    private static let timestamp = words(
        SocketBufferField.timestamp,
        SocketBufferField.timestamp + 4
    )

    private static func words(_ offsets: Int...) -> UInt64 {
        offsets.reduce(0) { $0 | 1 << UInt64($1 / 4) }
    }
}
