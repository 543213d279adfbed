import EBPFBytecode
import EBPFKernel

/// A program that is attached to a socket by an option.
///
/// It ends with the socket. The socket may be closed, and its number be another one's, before this
/// value goes: then nothing is left to detach.
final class SocketAttachment: Attachment {
    /// What a socket has.
    enum Place: CustomStringConvertible {
        /// A filter of its own.
        case filter(Int32)
        /// A port that it shares with others.
        case reusePort(Int32)

        var socket: Int32 {
            switch self {
            case .filter(let socket), .reusePort(let socket): socket
            }
        }

        var detachOption: SocketOption {
            switch self {
            case .filter: .detachFilter
            case .reusePort: .detachReusePort
            }
        }

        var description: String {
            switch self {
            case .filter(let socket): "socket \(socket)"
            case .reusePort(let socket): "the port of socket \(socket)"
            }
        }
    }

    var hook: String { place.description }
    private let place: Place
    private let cookie: UInt64
    private let system: SystemCalls

    private init(_ place: Place, _ cookie: UInt64, _ system: SystemCalls) {
        self.place = place
        self.cookie = cookie
        self.system = system
    }

    /// Attaches by an option.
    static func link(
        _ action: String, _ place: Place, _ option: SocketOption, _ value: [UInt8],
        on system: SystemCalls
    ) throws(KernelError) -> Link {
        do throws(KernelErrno) {
            let cookie = try system.option(.cookie, of: place.socket)
            try system.setOption(option, of: place.socket, to: value)
            return Link(SocketAttachment(place, cookie, system))
        } catch {
            throw failure("\(action) to \(place)", error, place, option, system)
        }
    }

    private static func failure(
        _ action: String, _ errno: KernelErrno, _ place: Place, _ option: SocketOption,
        _ system: SystemCalls
    ) -> KernelError {
        let notSocket = KernelErrno(rawValue: 88)
        switch (errno, place) {
        case (notSocket, _), (.badDescriptor, _):
            return KernelError(
                action, errno, reason: "the descriptor is not an open socket",
                remedy: "attach it while the socket is open")
        case (.notPermitted, .filter):
            return KernelError(
                action, errno, reason: "the socket's filter may be locked (SO_LOCK_FILTER)",
                remedy: "open another socket")
        case (.invalidArgument, .reusePort):
            return KernelError(
                action, errno, reason: "the socket does not share its port with others",
                remedy: "set SO_REUSEPORT before it is bound")
        case (.invalidArgument, _) where option == .attachClassic:
            return KernelError(
                action, errno, reason: "the kernel refuses the program",
                remedy: "let every path end with a return, and jump only forwards and within it")
        default:
            return KernelError(action, errno, diagnosing: .anything, on: system)
        }
    }

    func detach() throws(KernelError) {
        guard (try? system.option(.cookie, of: place.socket)) == cookie else { return }
        do throws(KernelErrno) {
            try system.setOption(place.detachOption, of: place.socket, to: UInt32(0).hostBytes)
        } catch {
            // Another program had taken its place and was detached already.
            guard error != .noEntry else { return }
            throw KernelError("detaching from \(hook)", error)
        }
    }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping the filter of \(hook)", .operationNotSupported,
            reason: "a filter lives as long as its socket",
            remedy: "keep the socket open, and this attachment")
    }
}
