import EBPFBytecode
import Testing

@Suite struct VocabularyContextTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let type: ProgramType
        let place: AttachType?
        let offset: Int
        let size: Int
        let isWrite: Bool
        let field: String?
        var testDescription: String { "\(type) \(offset)/\(size) \(field ?? "-")" }

        init(
            _ type: ProgramType, _ place: AttachType? = nil, read offset: Int, _ size: Int,
            _ field: String?
        ) {
            (self.type, self.place, self.offset, self.size) = (type, place, offset, size)
            (isWrite, self.field) = (false, field)
        }

        init(
            _ type: ProgramType, _ place: AttachType? = nil, write offset: Int, _ size: Int,
            _ field: String?
        ) {
            (self.type, self.place, self.offset, self.size) = (type, place, offset, size)
            (isWrite, self.field) = (true, field)
        }
    }

    static let rows: [Row] = [
        Row(.xdp, read: 0, 4, "data"), Row(.xdp, read: 0, 8, nil), Row(.xdp, read: 1, 1, nil),
        Row(.xdp, .xdp, read: 20, 4, nil), Row(.xdp, .xdpDeviceMap, read: 20, 4, "egress_ifindex"),
        Row(.xdp, read: 24, 4, nil), Row(.xdp, read: -4, 4, nil), Row(.xdp, write: 0, 4, nil),
        Row(.socketFilter, read: 76, 4, nil), Row(.socketFilter, write: 48, 8, "cb"),
        Row(.schedulerClassifier, read: 9, 1, "mark"),
        Row(.schedulerClassifier, write: 8, 4, "mark"),
        Row(.schedulerClassifier, write: 8, 2, nil), Row(.schedulerClassifier, read: 10, 4, nil),
        Row(.schedulerClassifier, read: 0, 3, nil), Row(.schedulerClassifier, read: 0, 0, nil),
        Row(.flowDissector, read: 0, 4, nil), Row(.flowDissector, read: 144, 8, "flow_keys"),
        Row(.cgroupSocket, .cgroupInet4PostBind, write: 0, 4, nil),
        Row(.cgroupSocket, .cgroupInetSocketCreate, write: 0, 4, "bound_dev_if"),
        Row(.cgroupSocketAddress, .cgroupInet6Bind, write: 8, 8, "user_ip6"),
        Row(.cgroupSocketAddress, .cgroupInet4Bind, read: 8, 4, nil),
        Row(.socketOperations, write: 4, 4, "reply"), Row(.socketOperations, read: 4, 4, "args"),
        Row(.socketLookup, read: 38, 2, "remote_port"), Row(.kprobe, read: 167, 1, ""),
        Row(.kprobe, read: 168, 1, nil), Row(.tracepoint, read: 0, 8, nil),
        Row(.rawTracepointWritable, read: 0, 4, nil), Row(.rawTracepointWritable, read: 0, 8, ""),
        Row(.perfEvent, read: 0, 4, nil), Row(.perfEvent, read: 172, 4, ""),
        Row(.tracing, read: 0, 8, nil),
    ]

    @Test(arguments: rows)
    func `an access to the context is allowed by one row, or not at all`(row: Row) {
        let found = row.type.contextAccess(
            at: row.offset, size: row.size, isWrite: row.isWrite, attachedAt: row.place)
        #expect(found?.field == row.field)
    }

    @Test func `rows lie within the layout and load what it says`() {
        for type in ProgramType.allCases {
            for row in type.contextAccesses() where !row.field.isEmpty {
                #expect(type.context?.field(row.field)?.offset == row.offset)
                #expect(row.size <= 20 && !(row.reads.isEmpty && row.writes.isEmpty))
            }
        }
        #expect(ProgramType.xdp.contextAccess(at: 4, size: 4, isWrite: false)?.value == .packetEnd)
    }
}
