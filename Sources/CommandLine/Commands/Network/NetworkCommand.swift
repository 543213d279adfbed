import ArgumentParser
import EBPFHooks

/// `ebpf net`: what is attached to the network.
struct NetworkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "net",
        abstract: "Lists, attaches and detaches programs of the network.",
        discussion: """
            ebpf net list
            ebpf net list --interface eth0
            ebpf net attach xdp /sys/fs/bpf/drop --interface eth0
            ebpf net attach tcx-ingress 17 --interface eth0 --before 12
            ebpf net attach tc-egress shape --interface eth0 --priority 10
            ebpf net detach xdp --interface eth0

            HOOK is one of \(NetworkHook.names.joined(separator: ", ")).
            PROGRAM is a number, a name, tag:DIGITS, or the path of a pin. What is attached here
            stays until it is detached.
            """,
        subcommands: [
            NetworkListCommand.self, NetworkAttachCommand.self, NetworkDetachCommand.self,
        ])
}

/// Which network is meant.
struct NetworkArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Another network namespace: a name of `ip netns`, or a path.", valueName: "name"))
    var namespace: String?

    /// Runs a body in the namespace that was named, or in this one.
    func inside<Result>(_ body: () throws -> Result) throws -> Result {
        guard let namespace else { return try body() }
        return try NetworkNamespace(namespace).run(body)
    }
}

/// A hook of an interface as users write it.
enum NetworkHook: Hashable, ExpressibleByArgument {
    case xdp(XDPMode?)
    case ordered(InterfaceHook)
    case filter(TrafficDirection)

    private static let words: [(name: String, alias: String?, hook: NetworkHook)] = [
        ("xdp", nil, .xdp(nil)),
        ("xdp-generic", "xdpgeneric", .xdp(.generic)),
        ("xdp-native", "xdpdrv", .xdp(.native)),
        ("xdp-offload", "xdpoffload", .xdp(.offload)),
        ("tcx-ingress", "tcx_ingress", .ordered(.tcxIngress)),
        ("tcx-egress", "tcx_egress", .ordered(.tcxEgress)),
        ("netkit", nil, .ordered(.netkitPrimary)),
        ("netkit-peer", nil, .ordered(.netkitPeer)),
        ("tc-ingress", nil, .filter(.ingress)),
        ("tc-egress", nil, .filter(.egress)),
    ]

    /// The words of all hooks; those of bpftool are understood, too.
    static let names = words.map(\.name)

    init?(argument: String) {
        guard let word = Self.words.first(where: { $0.name == argument || $0.alias == argument })
        else { return nil }
        self = word.hook
    }

    /// Whether an attachment is on this hook.
    func holds(_ attachment: NetworkAttachment) -> Bool {
        switch (self, attachment.place) {
        case (.xdp(let mode), .xdp(let other)): mode == nil || mode == other
        case (.ordered(let hook), .hook(let other)): hook == other
        case (.filter(let direction), .trafficControl(let filter)): direction == filter.direction
        default: false
        }
    }
}

extension NetworkHook: CustomStringConvertible {
    /// The hook's word.
    var description: String { Self.words.first { $0.hook == self }?.name ?? "" }
}
