import EBPFHooks
import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What belongs to one socket.
extension HookTrial {
    static let sockets: [HookTrial] = [
        HookTrial(hook: "socket filter") { _ in
            try datagrams("socket", returning: "w0 = 65536") { try $0.attach(toSocket: $1) }
        },
        HookTrial(hook: "sk_reuseport") { _ in
            try datagrams("sk_reuseport", returning: "w0 = 1") {
                try $0.attach(toReusePortGroupOf: $1)
            }
        },
    ]

    /// Attaches a program to a socket, and sends datagrams there.
    private static func datagrams(
        _ section: String, returning verdict: String,
        attach: (KernelProgram, Int32) throws -> Link
    ) throws -> String {
        let proof = try Proof()
        let program = try proof.counter.program(section, returning: verdict)
        let receiver = try TrialSocket(AF_INET, SOCK_DGRAM)
        try receiver.set(SOL_SOCKET, SO_REUSEPORT, Int32(1))
        try receiver.bind(.ip4())
        let sender = try TrialSocket(AF_INET, SOCK_DGRAM)
        return try proof(
            attach: { try attach(program, receiver.number) },
            trigger: {
                try sender.send([1], to: try receiver.ownAddress)
                _ = try receiver.receive()
            })
    }
}
