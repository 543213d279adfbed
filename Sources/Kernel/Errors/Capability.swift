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

    /// The names, in the order in which people ask for them.
    public var names: [String] {
        let known: [(Capabilities, String)] = [
            (.bpf, "CAP_BPF"), (.performanceMonitoring, "CAP_PERFMON"),
            (.networkAdministration, "CAP_NET_ADMIN"), (.systemAdministration, "CAP_SYS_ADMIN"),
            (.resources, "CAP_SYS_RESOURCE"),
        ]
        return known.filter { contains($0.0) }.map(\.1)
    }
}
