import EBPFHooks

/// Frames that come in and go out of an interface.
extension HookTrial {
    static let interfaces: [HookTrial] = [
        HookTrial(hook: "XDP, generic") { _ in try xdp(.generic) },
        HookTrial(hook: "XDP, native") { _ in try xdp(.native) },
        HookTrial(hook: "XDP, offload") { _ in
            throw Skip("it cannot be told without a network card that runs programs itself")
        },
        HookTrial(hook: "tc ingress (clsact)") { _ in try clsact(.ingress) { $0.second } },
        HookTrial(hook: "tc egress (clsact)") { _ in try clsact(.egress) { $0.first } },
        HookTrial(hook: "tcx/ingress") { _ in try tcx("tcx/ingress", .ingress) { $0.second } },
        HookTrial(hook: "tcx/egress") { _ in try tcx("tcx/egress", .egress) { $0.first } },
        HookTrial(hook: "netkit/primary") { _ in
            try netkit("netkit/primary", .primary) { try $0.send(into: $0.first) }
        },
        HookTrial(hook: "netkit/peer") { _ in
            try netkit("netkit/peer", .peer) { try $0.send(into: $0.second) }
        },
    ]

    private static func xdp(_ mode: XDPMode) throws -> String {
        let proof = try Proof()
        let wire = try Wire()
        let pass = 2
        let program = try proof.counter.program("xdp", returning: "w0 = \(pass)")
        return try proof(
            attach: { try program.attachXDP(to: .index(wire.second), mode: mode) },
            trigger: { try wire.send() })
    }

    private static func clsact(
        _ direction: TrafficDirection, at end: (borrowing Wire) -> UInt32
    ) throws -> String {
        let proof = try Proof()
        let wire = try Wire()
        let program = try proof.counter.program("tc")
        return try proof(
            attach: {
                try program.attachTrafficControl(
                    to: .index(end(wire)), TrafficFilterOptions(direction))
            }, trigger: { try wire.send() })
    }

    private static func tcx(
        _ section: String, _ direction: TrafficDirection, at end: (borrowing Wire) -> UInt32
    ) throws -> String {
        let proof = try Proof()
        let wire = try Wire()
        let next = -1
        let program = try proof.counter.program(section, returning: "w0 = \(next)")
        return try proof(
            attach: { try program.attach(to: .tcx(direction), of: .index(end(wire))) },
            trigger: { try wire.send() })
    }

    /// Both programs are attached by way of the first end; each runs on what its end sends.
    private static func netkit(
        _ section: String, _ side: NetkitSide, send: (borrowing Wire) throws -> Void
    ) throws -> String {
        let proof = try Proof()
        let next = -1
        let program = try proof.counter.program(section, returning: "w0 = \(next)")
        let wire = try Wire(kind: "netkit")
        return try proof(
            attach: { try program.attach(to: .netkit(side), of: .index(wire.first)) },
            trigger: { try send(wire) })
    }
}
