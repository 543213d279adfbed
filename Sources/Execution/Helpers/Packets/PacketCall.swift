import EBPFBytecode

/// What the helpers about packets have in common.
extension HelperCall {
    /// The packet that the program sees.
    var packet: PacketBuffer { machine.packet }
    /// The context that the program sees.
    var context: ContextState { machine.context }

    /// The lower half of an argument, for parameters that are `u32`.
    func word(_ argument: Argument) -> UInt32 { UInt32(truncatingIfNeeded: self[argument]) }

    /// The lower half of an argument, for parameters that are `int` or `s32`.
    func signedWord(_ argument: Argument) -> Int32 { Int32(truncatingIfNeeded: self[argument]) }

    /// Checks that the first argument is the context of a program that sees a socket buffer.
    func requireSocketBuffer() throws(Fault) {
        try requireContext()
        guard case .socketBuffer = context.kind else { throw .badArgument(1, .context) }
    }

    /// Checks that the first argument is the context of an XDP program.
    func requireXDP() throws(Fault) {
        try requireContext()
        guard case .xdp = context.kind else { throw .badArgument(1, .context) }
    }

    /// Bytes that the program may write; there must be one at least.
    func destination(
        _ pointer: Argument,
        size: Argument
    ) throws(Fault) -> UnsafeMutableRawBufferPointer {
        guard self[size] != 0 else { throw .badArgument(size.rawValue, .size) }
        return try unsafe writableBytes(pointer, size: size)
    }

    /// Bytes that the program may read; there must be one at least.
    func source(_ pointer: Argument, size: Argument) throws(Fault) -> UnsafeRawBufferPointer {
        guard self[size] != 0 else { throw .badArgument(size.rawValue, .size) }
        return try unsafe readableBytes(pointer, size: size)
    }

    /// Runs an operation that changes where the packet is; afterwards the context agrees with it.
    func changePacket(_ body: () throws(KernelErrno) -> Void) -> UInt64 {
        let result = result(body)
        machine.refreshPacket()
        return result
    }
}

/// The offsets and lengths that packet helpers accept.
enum PacketLimit {
    /// The longest socket buffer that helpers make (`SKB_MAX_ALLOC` less its own record).
    static let byteCount = 16384 - 320
    /// The greatest offset of a checksum, or relative to a header.
    static let offset: UInt32 = 0xffff
}
