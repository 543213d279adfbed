import EBPFBytecode
import EBPFKernel

/// The options of sockets that concern programs (`asm-generic/socket.h`).
enum SocketOption: Int {
    /// `SO_ATTACH_FILTER`: a classic program.
    case attachClassic = 26
    /// `SO_DETACH_FILTER`, which is `SO_DETACH_BPF`.
    case detachFilter = 27
    /// `SO_LOCK_FILTER`: nobody changes the filter any more.
    case lockFilter = 44
    /// `SO_ATTACH_BPF`.
    case attachFilter = 50
    /// `SO_ATTACH_REUSEPORT_CBPF`: a classic program.
    case attachReusePortClassic = 51
    /// `SO_ATTACH_REUSEPORT_EBPF`.
    case attachReusePort = 52
    /// `SO_COOKIE`: a number that no other socket of this machine has or will have.
    case cookie = 57
    /// `SO_DETACH_REUSEPORT_BPF`.
    case detachReusePort = 68
}

extension SystemCalls {
    private static let socketLevel = 1

    /// setsockopt(2) with an option of the socket level.
    func setOption(
        _ option: SocketOption, of socket: Int32, to bytes: [UInt8]
    ) throws(KernelErrno) {
        var memory = CallMemory()
        let value = memory.bytes(bytes)
        try call(
            .setSocketOption, Int(socket), Self.socketLevel, option.rawValue, Int(value),
            bytes.count)
        memory.keep()
    }

    /// getsockopt(2) with an option of the socket level that is a number of 64 bits.
    func option(_ option: SocketOption, of socket: Int32) throws(KernelErrno) -> UInt64 {
        var memory = CallMemory()
        let value = memory.buffer(count: 8)
        let size = memory.array([UInt32(8)])
        try call(
            .getSocketOption, Int(socket), Self.socketLevel, option.rawValue, Int(value), Int(size))
        return memory.contents(of: value, count: 8)[...].number(at: 0) ?? 0
    }
}
