/// Rights of a process that matter to eBPF (`capabilities(7)`).
public struct Capabilities: OptionSet, Hashable, Sendable {
    /// A bit for each, as in `/proc/self/status`.
    public let rawValue: UInt64

    /// Capabilities from bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Changes networks: XDP, traffic control, sockets of others (`CAP_NET_ADMIN`).
    public static let networkAdministration = Capabilities(rawValue: 1 << 12)
    /// Everything that has no capability of its own, and what all others allow in eBPF
    /// (`CAP_SYS_ADMIN`).
    public static let systemAdministration = Capabilities(rawValue: 1 << 21)
    /// Exceeds limits, such as that of locked memory (`CAP_SYS_RESOURCE`).
    public static let resources = Capabilities(rawValue: 1 << 24)
    /// Traces and measures everything (`CAP_PERFMON`, Linux 5.8).
    public static let performanceMonitoring = Capabilities(rawValue: 1 << 38)
    /// Loads programs and makes maps (`CAP_BPF`, Linux 5.8).
    public static let bpf = Capabilities(rawValue: 1 << 39)

    /// Those that open all of eBPF.
    public static let all: Capabilities = [
        .bpf, .performanceMonitoring, .networkAdministration, .systemAdministration,
    ]

    /// Those that have a say in eBPF, in the order in which people ask for them.
    private static let known: [(capability: Capabilities, name: String)] = [
        (.bpf, "CAP_BPF"), (.performanceMonitoring, "CAP_PERFMON"),
        (.networkAdministration, "CAP_NET_ADMIN"), (.systemAdministration, "CAP_SYS_ADMIN"),
        (.resources, "CAP_SYS_RESOURCE"),
    ]

    /// The names, in the order in which people ask for them.
    public var names: [String] {
        Self.known.filter { contains($0.capability) }.map(\.name)
    }

    /// The capability of a name, with or without its beginning, in letters of any size: `CAP_BPF`,
    /// `net_admin`; `nil` for other names.
    public init?(name: String) {
        let name = name.uppercased()
        let full = name.hasPrefix("CAP_") ? name : "CAP_" + name
        guard let found = Self.known.first(where: { $0.name == full }) else { return nil }
        self = found.capability
    }

    /// Whether a process with these may do what needs a capability: administration of the system
    /// allows all of eBPF.
    public func allow(_ needed: Capabilities) -> Bool {
        contains(.systemAdministration) || isSuperset(of: needed)
    }
}

extension ProgramType {
    /// What a process needs to load programs of the type, as Linux 6.18 decides: observed there.
    ///
    /// Programs that need nothing can also be loaded without any capability, where
    /// `kernel.unprivileged_bpf_disabled` is 0.
    public var neededCapabilities: Capabilities {
        switch self {
        case .socketFilter, .cgroupSKB: []
        case .kprobe, .tracepoint, .perfEvent, .rawTracepoint, .rawTracepointWritable, .tracing,
            .lsm, .structOperations:
            [.bpf, .performanceMonitoring]
        case .programExtension: [.bpf, .performanceMonitoring, .networkAdministration]
        case .schedulerClassifier, .schedulerAction, .xdp, .lwtIn, .lwtOut, .lwtTransmit,
            .lwtSeg6Local, .socketSKB, .socketMessage, .flowDissector, .cgroupDevice,
            .cgroupSocket, .cgroupSocketAddress, .cgroupSocketOption, .cgroupSysctl,
            .socketOperations, .netfilter, .lircMode2:
            [.bpf, .networkAdministration]
        default: [.bpf]
        }
    }
}
