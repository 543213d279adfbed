import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// The members of the kernel's structures that programs at a hook may write.
struct WritableMembers: Sendable {
    /// The places of one structure.
    private struct Structure: Sendable {
        let name: String
        var places: [Place] = []
    }

    private struct Place: Sendable {
        let bytes: Range<Int>
        /// Whether stores may begin inside it, and not only where it begins.
        let anywhere: Bool
    }

    private var structures: [TypeID: Structure] = [:]

    /// Nothing may be written.
    static let none = WritableMembers()

    private init() {}

    /// What programs at a hook may write.
    ///
    /// - Parameters:
    ///   - type: the kind of program.
    ///   - operations: for `struct_ops`, the name of the struct whose member the program is.
    ///   - types: the kernel's.
    init(_ type: ProgramType, operations: String? = nil, types: BTF) {
        switch type {
        case .xdp, .schedulerClassifier, .schedulerAction: allow(Self.packetRows, types)
        case .structOperations: allow(Self.operationRows[operations ?? ""] ?? [], types)
        default: break
        }
    }

    private mutating func allow(_ rows: [Row], _ types: BTF) {
        for row in rows {
            guard let structure = types.first(named: row.structure, kind: .structure)
            else { continue }
            var entry = structures[structure] ?? Structure(name: row.structure)
            if let path = row.path, let bytes = bytes(of: path, row.overlay, structure, types) {
                entry.places.append(Place(bytes: bytes, anywhere: row.anywhere))
            } else if row.path == nil, let size = try? types.size(of: structure) {
                entry.places.append(Place(bytes: 0..<size, anywhere: true))
            }
            structures[structure] = entry
        }
    }

    /// The bytes of a member, or of a member of the struct that uses it as scratch space.
    private func bytes(
        of path: String, _ overlay: Overlay?, _ structure: TypeID, _ types: BTF
    ) -> Range<Int>? {
        guard let outer = types.bytes(of: path, in: structure), let overlay else {
            return types.bytes(of: path, in: structure)
        }
        guard let inner = types.first(named: overlay.structure, kind: .structure),
            let bytes = types.bytes(of: overlay.member, in: inner)
        else { return nil }
        return outer.lowerBound + bytes.lowerBound..<outer.lowerBound + bytes.upperBound
    }

    /// Whether a store to a structure is allowed.
    ///
    /// - Throws: ``TypeFault``, which says what may be written instead.
    func check(
        _ structure: TypeID, at offset: Int, size: Int, _ types: BTF
    ) throws(TypeFault) {
        guard let entry = structures[structure] else {
            let name = (try? types.name(of: structure)) ?? ""
            throw TypeFault(
                .readOnly, "programs at this hook may only read struct \(name)",
                suggestion: "keep what you want to remember in a map or in local storage")
        }
        guard
            let place = entry.places.first(where: {
                $0.anywhere ? $0.bytes.contains(offset) : $0.bytes.lowerBound == offset
            })
        else {
            throw TypeFault(
                .readOnly,
                "programs at this hook may not write byte \(offset) of struct \(entry.name)",
                suggestion: "it has other members that they may write")
        }
        guard offset + size <= place.bytes.upperBound else {
            throw TypeFault(
                .readOnly,
                "\(size) bytes from byte \(offset) of struct \(entry.name) go past the member, "
                    + "which ends at byte \(place.bytes.upperBound)",
                suggestion: "store a value of the member's own size")
        }
    }
}

extension WritableMembers {
    /// A struct that lies in another's scratch space, and its member that may be written.
    private struct Overlay: Sendable {
        let structure: String
        let member: String
    }

    /// A member that may be written; the whole struct without a path.
    private struct Row: Sendable {
        let structure: String
        let path: String?
        let anywhere: Bool
        let overlay: Overlay?

        init(
            _ structure: String, _ path: String?, anywhere: Bool = false, overlay: Overlay? = nil
        ) {
            (self.structure, self.path) = (structure, path)
            (self.anywhere, self.overlay) = (anywhere, overlay)
        }
    }

    /// Connections found in the connection table can be marked.
    private static let packetRows: [Row] = [
        Row("nf_conn", "mark"), Row("nf_conn___init", "ct.mark"),
    ]

    private static let operationRows: [String: [Row]] = [
        "tcp_congestion_ops": [
            "inet_conn.icsk_inet.sk.sk_pacing_rate", "inet_conn.icsk_inet.sk.sk_pacing_status",
            "inet_conn.icsk_ack.pending", "snd_cwnd", "snd_cwnd_cnt", "snd_cwnd_stamp",
            "snd_ssthresh", "ecn_flags", "app_limited",
        ].map { Row("tcp_sock", $0) } + [
            Row("tcp_sock", "inet_conn.icsk_ca_priv", anywhere: true)
        ],
        "bpf_dummy_ops": [Row("bpf_dummy_ops_state", nil)],
        "sched_ext_ops": [
            Row("task_struct", "scx.slice", anywhere: true),
            Row("task_struct", "scx.dsq_vtime", anywhere: true),
            Row("task_struct", "scx.disallow", anywhere: true),
        ],
        "Qdisc_ops": [
            Row("sk_buff", "tstamp"),
            Row(
                "sk_buff", "cb", anywhere: true,
                overlay: Overlay(structure: "qdisc_skb_cb", member: "data")),
            Row("Qdisc", "limit"), Row("Qdisc", "q.qlen"),
            Row("Qdisc", "qstats", anywhere: true),
        ],
        "hid_bpf_ops": [
            Row("hid_bpf_ctx", "retval", anywhere: true),
            Row("hid_device", "name", anywhere: true), Row("hid_device", "uniq", anywhere: true),
            Row("hid_device", "phys", anywhere: true), Row("hid_device", "quirks", anywhere: true),
        ],
    ]
}
