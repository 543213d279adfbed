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
        (first, second) = pair
        self.socket = socket
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
        let (everyone, sender) = ([UInt8](repeating: 0xff, count: 6), [UInt8]([2, 0, 0, 0, 0, 1]))
        let type: UInt16 = packet == nil ? 0x88b5 : 0x0800
        let frame = everyone + sender + type.networkBytes + (packet ?? [])
        let padding = [UInt8](repeating: 0, count: max(0, 60 - frame.count))
        try socket.send(frame + padding, to: .interface(interface ?? first))
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
