import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile

/// Frames that come in and go out of an interface.
extension HookTrial {
    static let interfaces: [HookTrial] = [
        HookTrial(hook: "XDP, generic") { _ in try xdp(flags: 1 << 1) },
        HookTrial(hook: "XDP, native") { _ in try xdp(flags: 1 << 2) },
        HookTrial(hook: "tcx/ingress") { _ in try tcx("tcx/ingress") { $0.second } },
        HookTrial(hook: "tcx/egress") { _ in try tcx("tcx/egress") { $0.first } },
        HookTrial(hook: "netkit/primary") { _ in
            try netkit("netkit/primary") { try $0.send(into: $0.first) }
        },
        HookTrial(hook: "netkit/peer") { _ in
            try netkit("netkit/peer") { try $0.send(into: $0.second) }
        },
    ]

    private static func xdp(flags: UInt32) throws -> String {
        let proof = try Proof()
        let wire = try Wire()
        let pass = 2
        let program = try proof.counter.program("xdp", returning: "w0 = \(pass)")
        return try proof(
            attach: { try program.attach(toInterface: wire.second, flags: flags) },
            trigger: { try wire.send() })
    }

    private static func tcx(
        _ section: String, at end: (borrowing Wire) -> UInt32
    ) throws -> String {
        let proof = try Proof()
        let wire = try Wire()
        let next = -1
        let program = try proof.counter.program(section, returning: "w0 = \(next)")
        return try proof(
            attach: { try program.attach(toInterface: end(wire)) }, trigger: { try wire.send() })
    }

    /// Both programs are attached by way of the first end; each runs on what its end sends.
    private static func netkit(
        _ section: String, send: (borrowing Wire) throws -> Void
    ) throws -> String {
        let proof = try Proof()
        let next = -1
        let program = try proof.counter.program(section, returning: "w0 = \(next)")
        let wire = try Wire(kind: "netkit")
        return try proof(
            attach: { try program.attach(toInterface: wire.first) }, trigger: { try send(wire) })
    }
}

extension KernelProgram {
    func attach(toInterface index: UInt32, flags: UInt32 = 0) throws -> Link {
        var attributes = OrderedLinkAttributes()
        attributes.program = number
        attributes.target = index
        attributes.attachType = spec?.attachType?.rawValue ?? 0
        attributes.flags = flags
        return try BPFLink.create(attributes, hook: "interface", program: self)
    }
}
