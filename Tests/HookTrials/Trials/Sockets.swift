import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What belongs to one socket.
extension HookTrial {
    static let sockets: [HookTrial] = [
        HookTrial(hook: "socket filter") { _ in
            try datagrams("socket", returning: "w0 = 65536", at: 50, 27)
        },
        HookTrial(hook: "sk_reuseport") { _ in
            try datagrams("sk_reuseport", returning: "w0 = 1", at: 52, 68)
        },
    ]

    /// Attaches a program to a socket, and sends datagrams there.
    private static func datagrams(
        _ section: String, returning verdict: String, at option: Int32, _ detach: Int32
    ) throws -> String {
        let proof = try Proof()
        let program = try proof.counter.program(section, returning: verdict)
        let receiver = try TrialSocket(AF_INET, SOCK_DGRAM)
        try receiver.set(SOL_SOCKET, SO_REUSEPORT, Int32(1))
        try receiver.bind(.ip4())
        let sender = try TrialSocket(AF_INET, SOCK_DGRAM)
        return try proof(
            attach: { try program.attach(toSocket: receiver.number, option, detach) },
            trigger: {
                try sender.send([1], to: try receiver.ownAddress)
                _ = try receiver.receive()
            })
    }
}

extension KernelProgram {
    func attach(toSocket socket: Int32, _ option: Int32, _ detach: Int32) throws -> Link {
        var fd = Int32(number)
        guard unsafe setsockopt(socket, SOL_SOCKET, option, &fd, 4) == 0 else {
            throw CallFailure(call: "attach", errno: errno)
        }
        return Link(SocketAttachment(socket: socket, option: detach))
    }
}

final class SocketAttachment: Attachment {
    let hook = "socket"
    let socket: Int32
    let option: Int32
    init(socket: Int32, option: Int32) {
        self.socket = socket
        self.option = option
    }

    func detach() throws(KernelError) {
        var zero: Int32 = 0
        let status = unsafe setsockopt(socket, SOL_SOCKET, option, &zero, 4)
        guard status == 0 else { throw KernelError("detach", KernelErrno(rawValue: errno)) }
    }

    func persist(at path: String) throws(KernelError) {}
}
