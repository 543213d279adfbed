#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A socket that waits two seconds for anything, and is closed with its owner.
@safe
struct TrialSocket: ~Copyable {
    /// The descriptor's number.
    let number: Int32

    /// Opens a socket of a family, type and protocol, as socket(2) takes them.
    init(_ family: Int32, _ type: __socket_type, _ protocolNumber: Int = 0) throws {
        let type = Int32(bitPattern: type.rawValue | SOCK_CLOEXEC.rawValue)
        number = socket(family, type, Int32(protocolNumber))
        guard number >= 0 else { throw Self.failure("socket") }
        try set(SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 2, tv_usec: 0))
        try set(SOL_SOCKET, SO_SNDTIMEO, timeval(tv_sec: 2, tv_usec: 0))
    }

    private init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Sets an option.
    func set<Value: BitwiseCopyable>(_ level: Int32, _ option: Int32, _ value: Value) throws {
        let status = unsafe withUnsafeBytes(of: value) { bytes in
            unsafe setsockopt(
                number, level, option, bytes.baseAddress, socklen_t(bytes.count))
        }
        guard status == 0 else { throw Self.failure("setsockopt") }
    }

    /// Reads an option that is a number.
    func get(_ level: Int32, _ option: Int32) throws -> Int32 {
        var value: Int32 = 0
        var size = socklen_t(4)
        guard unsafe getsockopt(number, level, option, &value, &size) == 0 else {
            throw Self.failure("getsockopt")
        }
        return value
    }

    /// Binds to an address.
    func bind(_ address: SocketAddress) throws {
        try unsafe check("bind", address) { unsafe systemBind(number, $0, $1) }
    }

    /// Connects to an address.
    func connect(_ address: SocketAddress) throws {
        try unsafe check("connect", address) { unsafe systemConnect(number, $0, $1) }
    }

    /// Waits for connections.
    func listen() throws {
        guard systemListen(number) == 0 else { throw Self.failure("listen") }
    }

    /// Takes a connection.
    func accept() throws -> TrialSocket {
        let accepted = systemAccept(number)
        guard accepted >= 0 else { throw Self.failure("accept") }
        return TrialSocket(owning: accepted)
    }

    /// The address it is bound to.
    var ownAddress: SocketAddress {
        get throws { try unsafe address("getsockname") { unsafe getsockname(number, $0, $1) } }
    }

    /// The address it is connected to.
    var peerAddress: SocketAddress {
        get throws { try unsafe address("getpeername") { unsafe getpeername(number, $0, $1) } }
    }

    /// Sends bytes to whom it is connected to, or to an address.
    func send(_ bytes: [UInt8], to address: SocketAddress? = nil) throws {
        let sent: Int
        if let address {
            sent = unsafe address.withPointer { pointer, size in
                unsafe sendto(
                    number, bytes, bytes.count, Int32(MSG_NOSIGNAL), pointer, size)
            }
        } else {
            sent = systemSend(number, bytes)
        }
        guard sent == bytes.count else { throw Self.failure("send") }
    }

    /// Waits for bytes; for datagrams, one of them, asking who sent it.
    func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var count = 0
        _ = unsafe SocketAddress { address, size in
            unsafe count = recvfrom(number, &buffer, buffer.count, 0, address, size)
            return 0
        }
        guard count >= 0 else { throw Self.failure("recv") }
        return Array(buffer.prefix(count))
    }

    private func check(
        _ call: String, _ address: SocketAddress,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        guard unsafe address.withPointer(body) == 0 else { throw Self.failure(call) }
    }

    private func address(
        _ call: String,
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) throws -> SocketAddress {
        guard let address = unsafe SocketAddress(filledBy: body) else { throw Self.failure(call) }
        return address
    }

    private static func failure(_ call: String) -> CallFailure {
        CallFailure(call: call, errno: errno)
    }
}

// What the methods above would hide under their own names.

private func systemBind(
    _ socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
) -> Int32 {
    unsafe bind(socket, address, size)
}

private func systemConnect(
    _ socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
) -> Int32 {
    unsafe connect(socket, address, size)
}

private func systemListen(_ socket: Int32) -> Int32 { listen(socket, 8) }

private func systemAccept(_ socket: Int32) -> Int32 { accept(socket, nil, nil) }

private func systemSend(_ socket: Int32, _ bytes: [UInt8]) -> Int {
    unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
}
