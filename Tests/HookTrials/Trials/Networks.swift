import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What belongs to a whole network namespace.
extension HookTrial {
    static let networks: [HookTrial] = [
        HookTrial(hook: "sk_lookup") { _ in
            let proof = try Proof()
            let pass = 1
            let program = try proof.counter.program("sk_lookup", returning: "w0 = \(pass)")
            return try proof(
                attach: { try program.attachSocketLookup() }, trigger: datagram)
        },
        HookTrial(hook: "flow_dissector") { _ in
            let proof = try Proof()
            let wire = try Wire()
            let program = try proof.counter.program("flow_dissector")
            return try proof(
                attach: { try program.attachFlowDissector() },
                trigger: { try wire.send(Wire.datagram(from: [10, 0, 0, 1], to: [10, 0, 0, 2])) })
        },
        HookTrial(hook: "netfilter") { _ in
            let proof = try Proof()
            let accept = 1
            let program = try proof.counter.program("netfilter", returning: "w0 = \(accept)")
            return try proof(
                attach: {
                    var attributes = NetfilterLinkAttributes()
                    attributes.program = program.number
                    attributes.attachType = AttachType.netfilter.rawValue
                    attributes.protocolFamily = 2
                    attributes.hook = 1
                    attributes.priority = -128
                    return try BPFLink.create(attributes, hook: "netfilter", program: program)
                }, trigger: datagram)
        },
    ]

    /// Sends a datagram from a socket to another one of this namespace.
    static func datagram() throws {
        let receiver = try TrialSocket(AF_INET, SOCK_DGRAM)
        try receiver.bind(.ip4())
        try TrialSocket(AF_INET, SOCK_DGRAM).send([1], to: try receiver.ownAddress)
        _ = try receiver.receive()
    }
}
