import EBPFBytecode

/// How programs of one type see a socket buffer: where its data begins, and what they may do.
///
/// | type | data begins at | `data`, `data_end` | may write |
/// |---|---|---|---|
/// | traffic control | link header | yes | mark, queue_mapping, priority, tc_index, cb, tc_classid, tstamp |
/// | socket filter | link header | no | cb |
/// | cgroup | network header | yes | mark, priority, cb, tstamp |
/// | lightweight tunnel | network header | yes | mark, priority, cb |
/// | stream parser and verdict | first byte given | yes | priority, tc_index |
/// | flow dissector | link header | yes | nothing |
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
    /// A bit for each four-byte word.
    let writableWords: UInt64

    /// How a type of program sees a socket buffer.
    init(of type: ProgramType) {
        typealias Field = SocketBufferField
        switch type {
        case .socketFilter:
            self.init(false, false, Self.controlBlock)
        case .cgroupSKB:
            self.init(
                true, true,
                Self.controlBlock | Self.words(Field.mark, Field.priority) | Self.timestamp)
        case .lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local:
            self.init(true, true, Self.controlBlock | Self.words(Field.mark, Field.priority))
        case .socketSKB:
            self.init(false, true, Self.words(Field.priority, Field.trafficControlIndex))
        case .flowDissector:
            self.init(false, true, 0)
        default:
            self.init(
                false, true,
                Self.controlBlock | Self.timestamp
                    | Self.words(
                        Field.mark, Field.queueMapping, Field.priority,
                        Field.trafficControlIndex, Field.trafficControlClass))
        }
    }

    private init(_ hidesLinkHeader: Bool, _ hasDirectAccess: Bool, _ writableWords: UInt64) {
        self.hidesLinkHeader = hidesLinkHeader
        self.hasDirectAccess = hasDirectAccess
        self.writableWords = writableWords
    }

    private static let controlBlock = stride(
        from: SocketBufferField.controlBlock, to: SocketBufferField.controlBlockEnd, by: 4
    ).reduce(0) { $0 | words($1) }

    private static let timestamp = words(
        SocketBufferField.timestamp, SocketBufferField.timestamp + 4)

    private static func words(_ offsets: Int...) -> UInt64 {
        offsets.reduce(0) { $0 | 1 << UInt64($1 / 4) }
    }
}
