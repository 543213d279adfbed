extension ContextAccess {
    static func rows(of type: ProgramType, attachedAt place: AttachType?) -> [ContextAccess] {
        switch type {
        case .xdp: place == nil || place == .xdpDeviceMap ? xdpOfDeviceMap : xdp
        case .socketFilter: socketFilter
        case .schedulerClassifier, .schedulerAction: trafficControl
        case .cgroupSKB: cgroupSKB
        case .lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local: tunnels
        case .socketSKB: socketSKB
        case .flowDissector: flowDissector
        case .cgroupSocket: cgroupSocket(place)
        case .cgroupSocketAddress: socketAddress(place)
        case .socketOperations: socketOperations
        case .socketMessage: socketMessage
        case .socketReusePort: reusePort
        case .socketLookup: socketLookup
        case .cgroupDevice: device
        case .cgroupSysctl: systemControl
        case .cgroupSocketOption: socketOption(place)
        case .kprobe: [bytes(0, 168, reads: .any)]
        case .rawTracepoint: [bytes(0, 96, reads: .any)]
        case .rawTracepointWritable:
            [bytes(0, 8, reads: .double, is: .tracepointBuffer), bytes(1, 95, reads: .any)]
        case .tracepoint: [bytes(8, 8_184, reads: .any)]
        case .perfEvent: [bytes(0, 168, reads: .double), bytes(168, 16, reads: .any)]
        case .syscall: [bytes(0, 65_535, reads: .any, writes: .any)]
        case .lircMode2: [bytes(0, 4, reads: .word)]
        case .netfilter: netfilter
        case .unspecified, .tracing, .structOperations, .programExtension, .lsm: []
        }
    }

    private static func bytes(
        _ offset: Int, _ size: Int, reads: Widths, writes: Widths = [], is value: Value = .number
    ) -> ContextAccess {
        ContextAccess(
            field: "", offset: offset, size: size, reads: reads, writes: writes, value: value,
            onlyAtStart: false)
    }

    /// A row of a table, before its member is looked up in the layout.
    struct Row: Sendable {
        let field: String
        let reads: Widths
        let writes: Widths
        let value: Value
        let size: Int?
        let onlyAtStart: Bool

        init(
            _ field: String, _ reads: Widths, writes: Widths = [], is value: Value = .number,
            size: Int? = nil, onlyAtStart: Bool = false
        ) {
            self.field = field
            self.reads = reads
            self.writes = writes
            self.value = value
            self.size = size
            self.onlyAtStart = onlyAtStart
        }
    }

    /// Looks up the members of rows in a layout; an unknown one would be left out.
    static func resolve(_ rows: [Row], in layout: StructureLayout) -> [ContextAccess] {
        rows.compactMap { row in
            layout.field(row.field).map { field in
                ContextAccess(
                    field: row.field, offset: field.offset, size: row.size ?? field.size,
                    reads: row.reads, writes: row.writes, value: row.value,
                    onlyAtStart: row.onlyAtStart)
            }
        }
    }
}
