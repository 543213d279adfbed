#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An address as the kernel takes it: the bytes of a `struct sockaddr`.
struct SocketAddress: Equatable {
    let bytes: [UInt8]

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// An IPv4 address, 127.0.0.1 if not told (ip(7)).
    static func ip4(_ host: [UInt8] = [127, 0, 0, 1], port: UInt16 = 0) -> SocketAddress {
        let padding = [UInt8](repeating: 0, count: 8)
        return SocketAddress(UInt16(AF_INET).bytes + port.networkBytes + host + padding)
    }

    /// The IPv6 loopback address (ipv6(7)).
    static func ip6(port: UInt16 = 0) -> SocketAddress {
        let host = [UInt8](repeating: 0, count: 15) + [1]
        let (flow, scope) = (UInt32(0).bytes, UInt32(0).bytes)
        return SocketAddress(UInt16(AF_INET6).bytes + port.networkBytes + flow + host + scope)
    }

    /// A name in the abstract space of this network namespace (unix(7)).
    static func unix(_ name: String) -> SocketAddress {
        SocketAddress(UInt16(AF_UNIX).bytes + [0] + Array(name.utf8))
    }

    /// Packets of all protocols at an interface (packet(7)).
    static func interface(_ number: UInt32, protocolNumber: UInt16 = 3) -> SocketAddress {
        let (type, addressLength): (UInt16, UInt8) = (0, 6)
        let broadcast = [UInt8](repeating: 0xff, count: 6) + [0, 0]
        return SocketAddress(
            UInt16(AF_PACKET).bytes + protocolNumber.networkBytes + number.bytes + type.bytes
                + [0, addressLength] + broadcast)
    }

    /// What getsockname(2) and its like fill in; `nil` if they fail.
    init?(filledBy body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32)
    {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        // SAFETY: a `sockaddr_storage` is made to hold every kind of address, and says its size.
        let status = unsafe withUnsafeMutableBytes(of: &storage) { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return unsafe body(base.assumingMemoryBound(to: sockaddr.self), &size)
        }
        guard status == 0 else { return nil }
        bytes = unsafe withUnsafeBytes(of: storage) { unsafe Array($0.prefix(Int(size))) }
    }

    /// The port of an IPv4 or IPv6 address.
    var port: UInt16 { bytes.count < 4 ? 0 : UInt16(bytes[2]) << 8 | UInt16(bytes[3]) }

    /// Hands the bytes to a system call.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        // SAFETY: calls read as many bytes as they are told, at any alignment of two.
        unsafe bytes.withUnsafeBytes { bytes in
            let base = unsafe bytes.baseAddress.unsafelyUnwrapped
            return unsafe body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }
}

/// A system call that failed in a trial's own part.
struct CallFailure: Error, CustomStringConvertible {
    let call: String
    let errno: Int32

    var description: String { "\(call): errno \(errno)" }
}
