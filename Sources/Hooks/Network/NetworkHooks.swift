import EBPFBytecode
import EBPFKernel

extension HookForm {
    /// Interfaces, traffic control, routes, netfilter.
    static let network: [HookForm] = [
        xdp("xdp", nil, "what an interface receives, before the network stack"),
        xdp("xdp/generic", .generic, "the same, in the network stack"),
        xdp("xdp/native", .native, "the same, in the driver"),
        xdp("xdp/offload", .offload, "the same, in the network card"),
        ordered("tcx/ingress", .tcxIngress, "what an interface receives, in an order"),
        ordered("tcx/egress", .tcxEgress, "what an interface sends, in an order"),
        ordered("netkit/primary", .netkitPrimary, "what a netkit device sends"),
        ordered("netkit/peer", .netkitPeer, "what its peer sends"),
        filter("tc/ingress", .ingress, "what an interface receives, by traffic control"),
        filter("tc/egress", .egress, "what an interface sends, by traffic control"),
        HookForm(
            "netfilter", "FAMILY:HOOK[:PRIORITY]", [.netfilter], "packets on their way",
            section: "netfilter"
        ) { program, text, _ throws(KernelError) in
            guard let place = NetfilterPlace(text) else {
                throw malformed(
                    "netfilter", text, "netfilter:ipv4:input:-5",
                    "hooks are prerouting, input, forward, output, postrouting")
            }
            return try program.attachNetfilter(at: place)
        },
        HookForm(
            "lwt", "PREFIX@INTERFACE", [.lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local],
            "packets on a new route"
        ) { program, text, _ throws(KernelError) in
            let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
            guard parts.count == 2, let route = TunnelRoute(parts[0], interface: .name(parts[1]))
            else {
                throw malformed(
                    "lwt", text, "lwt:10.9.0.0/16@eth0", "a prefix and an interface are needed")
            }
            return try program.attach(to: route)
        },
    ]

    private static func xdp(_ name: String, _ mode: XDPMode?, _ summary: String) -> HookForm {
        HookForm(name, "INTERFACE", [.xdp], summary, section: "xdp") {
            program, interface, _ throws(KernelError) in
            try program.attachXDP(to: .name(interface), mode: mode)
        }
    }

    private static func ordered(
        _ name: String, _ hook: InterfaceHook, _ summary: String
    ) -> HookForm {
        HookForm(name, "INTERFACE", [.schedulerClassifier], summary, section: name) {
            program, interface, _ throws(KernelError) in
            try program.attach(to: hook, of: .name(interface))
        }
    }

    private static func filter(
        _ name: String, _ direction: TrafficDirection, _ summary: String
    ) -> HookForm {
        HookForm(name, "INTERFACE", [.schedulerClassifier], summary) {
            program, interface, _ throws(KernelError) in
            try program.attachTrafficControl(
                to: .name(interface), TrafficFilterOptions(direction))
        }
    }

    private static func malformed(
        _ hook: String, _ text: String, _ example: String, _ reason: String
    ) -> KernelError {
        KernelError(
            "reading hook \(hook):\(text)", .invalidArgument, reason: reason,
            remedy: "write it like \(example)")
    }
}

extension NetfilterPlace {
    /// Reads "ipv4:input" or "ipv6:forward:-5"; `nil` if it is no place.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count),
            let family = Family.allCases.first(where: { "\($0)" == parts[0] }),
            let hook = Hook.allCases.first(where: {
                NetfilterPlace(family, $0).hookName == parts[1]
            })
        else { return nil }
        var priority: Int32 = 0
        if parts.count == 3 {
            guard let number = Int32(parts[2]) else { return nil }
            priority = number
        }
        self.init(family, hook, priority: priority)
    }
}
