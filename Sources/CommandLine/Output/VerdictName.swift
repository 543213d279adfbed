import EBPFBytecode

/// What a program's return value means to its hook.
enum VerdictName {
    /// The UAPI's name, or the number where there is none.
    static func of(_ returned: UInt32, _ type: ProgramType) -> String {
        switch type {
        case .xdp: name(returned, xdp)
        case .schedulerClassifier, .schedulerAction: name(returned, trafficControl)
        case .socketFilter: returned == 0 ? "DROP" : "KEEP"
        case .cgroupSKB: returned & 1 == 0 ? "DENY" : "ALLOW"
        case .socketSKB: name(returned, ["SK_DROP", "SK_PASS"])
        case .netfilter: name(returned, ["NF_DROP", "NF_ACCEPT"])
        default: "\(Int32(bitPattern: returned))"
        }
    }

    /// Whether a packet with this verdict goes on, here or elsewhere.
    static func letsThrough(_ returned: UInt32, _ type: ProgramType) -> Bool {
        switch type {
        case .xdp: (2...4).contains(returned)
        case .schedulerClassifier, .schedulerAction: ![2, 4, 5].contains(returned)
        default: returned != 0
        }
    }

    /// `enum xdp_action`.
    private static let xdp = ["XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT"]

    /// `TC_ACT_…` of `linux/pkt_cls.h`; −1 means "as the class says".
    private static let trafficControl = [
        "TC_ACT_OK", "TC_ACT_RECLASSIFY", "TC_ACT_SHOT", "TC_ACT_PIPE", "TC_ACT_STOLEN",
        "TC_ACT_QUEUED", "TC_ACT_REPEAT", "TC_ACT_REDIRECT", "TC_ACT_TRAP",
    ]

    private static func name(_ returned: UInt32, _ names: [String]) -> String {
        if names == trafficControl, returned == .max { return "TC_ACT_UNSPEC" }
        return names.indices.contains(Int(returned))
            ? names[Int(returned)] : "\(Int32(bitPattern: returned))"
    }
}
