#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Two interfaces of the trial's own network namespace, the ends of one wire.
struct Wire: ~Copyable {
    /// The end that frames are sent into.
    let first: UInt32
    /// The end where they arrive.
    let second: UInt32
    private let socket: TrialSocket

    /// Makes the interfaces `v0` and `v1`.
    ///
    /// - Parameters:
    ///   - kind: `veth` or `netkit`.
    ///   - peerKind: the attribute of that kind that describes the other end.
    init(kind: String = "veth", peerKind: UInt16 = 1) throws {
        let pair = try Self.pair(kind, peerKind)
        let socket = try TrialSocket(AF_PACKET, SOCK_RAW)
        try Self.awaitPassage(by: socket, pair.first, pair.second)
        (first, second) = pair
        self.socket = socket
    }

    /// Waits until frames pass: interfaces that were just switched on drop them for a while.
    private static func awaitPassage(
        by socket: borrowing TrialSocket, _ first: UInt32, _ second: UInt32
    ) throws {
        let everything = Int(UInt16(3).bigEndian)
        let end = try TrialSocket(AF_PACKET, SOCK_RAW, everything)
        try end.bind(.interface(second))
        try end.set(SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 0, tv_usec: 10_000))
        for _ in 0..<200 {
            try socket.send(frame(), to: .interface(first))
            if (try? end.receive()) != nil { return }
        }
        throw HookTrial.Failure("the wire does not pass frames")
    }

    private static func pair(
        _ kind: String, _ peerKind: UInt16
    ) throws -> (first: UInt32, second: UInt32) {
        do {
            return try RouteSocket().makePair(kind: kind, peerKind: peerKind)
        } catch let error as RouteSocket.RouteError where error.errno == EOPNOTSUPP {
            throw HookTrial.Skip("this kernel was built without interfaces of the kind \(kind)")
        }
    }

    /// Sends a frame to everyone, of a kind that nobody understands, or an IPv4 packet.
    ///
    /// - Parameter interface: the end to send it into, the first if not told.
    func send(_ packet: [UInt8]? = nil, into interface: UInt32? = nil) throws {
        try socket.send(Self.frame(packet), to: .interface(interface ?? first))
    }

    private static func frame(_ packet: [UInt8]? = nil) -> [UInt8] {
        let (everyone, sender) = ([UInt8](repeating: 0xff, count: 6), [UInt8]([2, 0, 0, 0, 0, 1]))
        let type: UInt16 = packet == nil ? 0x88b5 : 0x0800
        let frame = everyone + sender + type.networkBytes + (packet ?? [])
        return frame + [UInt8](repeating: 0, count: max(0, 60 - frame.count))
    }

    /// A UDP packet over IPv4 without checksum, empty.
    static func datagram(from source: [UInt8], to destination: [UInt8]) -> [UInt8] {
        let udp =
            UInt16(1000).networkBytes + UInt16(2000).networkBytes + UInt16(8).networkBytes
            + [0, 0]
        var header: [UInt8] =
            [0x45, 0] + UInt16(20 + udp.count).networkBytes + [0, 0, 0, 0, 64, 17, 0, 0] + source
            + destination
        var sum = stride(from: 0, to: header.count, by: 2).reduce(UInt32(0)) {
            $0 + UInt32(header[$1]) << 8 + UInt32(header[$1 + 1])
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        header.replaceSubrange(10..<12, with: (~UInt16(sum)).networkBytes)
        return header + udp
    }
}
