import EBPFKernel

/// A datagram socket on the loopback interface of the calling thread's namespace, which sends to
/// itself.
public struct TestSocket: ~Copyable {
    private let descriptor: Descriptor
    private let port: [UInt8]

    /// Opens a socket with a port of the kernel's choice.
    public init() throws {
        let (internet, datagram, nonBlocking) = (2, 2, 0o4000)
        let system = SystemCalls.linux
        let socket = Descriptor(
            owning: try system.call(.socket, internet, datagram | nonBlocking, 0), system: system)
        var memory = CallMemory()
        let any = memory.bytes(Self.address([0, 0, 0, 0], [0, 0]))
        try system.call(.bind, Int(socket.number), Int(any), 16)
        let name = memory.buffer(count: 16)
        let size = memory.bytes([16, 0, 0, 0])
        try system.call(.getSocketName, Int(socket.number), Int(name), Int(size))
        port = Array(memory.contents(of: name, count: 4).dropFirst(2))
        descriptor = socket
    }

    /// Sends bytes to the socket itself.
    public func send(_ bytes: [UInt8]) throws { try send(bytes, [127, 0, 0, 1], port) }

    /// Sends bytes to a machine.
    public func send(_ bytes: [UInt8], to address: [UInt8], port: UInt16) throws {
        try send(bytes, address, [UInt8(port >> 8), UInt8(port & 0xff)])
    }

    /// The next datagram that came in, or nothing; it does not wait.
    public func receive() -> [UInt8]? {
        var memory = CallMemory()
        let buffer = memory.buffer(count: 2048)
        let count = try? descriptor.system.call(
            .receive, Int(descriptor.number), Int(buffer), 2048, 0, 0, 0)
        return count.map { memory.contents(of: buffer, count: $0) }
    }

    private func send(_ bytes: [UInt8], _ address: [UInt8], _ port: [UInt8]) throws {
        var memory = CallMemory()
        let data = memory.bytes(bytes)
        let target = memory.bytes(Self.address(address, port))
        try descriptor.system.call(
            .send, Int(descriptor.number), Int(data), bytes.count, 0, Int(target), 16)
        memory.keep()
    }

    /// `struct sockaddr_in`.
    private static func address(_ address: [UInt8], _ port: [UInt8]) -> [UInt8] {
        [2, 0] + port + address + [UInt8](repeating: 0, count: 8)
    }
}
