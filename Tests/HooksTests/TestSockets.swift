import EBPFTestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Two connected sockets that send each other messages.
struct SocketPair: ~Copyable {
    let first: Int32
    let second: Int32

    init() throws {
        var numbers: [Int32] = [0, 0]
        let type = Int32(bitPattern: SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &numbers) == 0 else {
            throw SetupFailure("socketpair: \(errno)")
        }
        (first, second) = (numbers[0], numbers[1])
    }

    deinit {
        close(first)
        close(second)
    }

    /// What arrives at the second of a message that the first sends.
    func received(_ message: [UInt8]) throws -> [UInt8] {
        guard unsafe write(first, message, message.count) == message.count else {
            throw SetupFailure("write: \(errno)")
        }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = unsafe recv(second, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count >= 0 else { throw SetupFailure("recv: \(errno)") }
        return Array(buffer.prefix(count))
    }
}

/// A UDP socket on loopback that shares its port, and waits two seconds.
struct LoopbackSocket: ~Copyable {
    let number: Int32

    init(port: UInt16) throws {
        let type = Int32(bitPattern: SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        number = socket(AF_INET, type, 0)
        var (yes, patience) = (Int32(1), timeval(tv_sec: 2, tv_usec: 0))
        unsafe setsockopt(number, SOL_SOCKET, SO_REUSEPORT, &yes, 4)
        unsafe setsockopt(
            number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let status = unsafe Self.withLoopback(port) { unsafe bind(number, $0, $1) }
        guard status == 0 else { throw SetupFailure("bind: \(errno)") }
    }

    deinit { close(number) }

    func send(_ bytes: [UInt8], toPort port: UInt16) throws {
        let sent = unsafe Self.withLoopback(port) { address, size in
            unsafe Int32(sendto(number, bytes, bytes.count, 0, address, size))
        }
        guard Int(sent) == bytes.count else { throw SetupFailure("sendto: \(errno)") }
    }

    func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = unsafe recv(number, &buffer, buffer.count, 0)
        guard count >= 0 else { throw SetupFailure("recv: \(errno)") }
        return Array(buffer.prefix(count))
    }

    private static func withLoopback(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
