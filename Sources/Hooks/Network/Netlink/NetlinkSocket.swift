import EBPFBytecode
public import EBPFKernel

/// A connection to the kernel's network configuration, in the network namespace of the thread that
/// opened it (rtnetlink(7)).
public struct NetlinkSocket: ~Copyable {
    private let descriptor: Descriptor
    private var sequence: UInt32 = 0

    /// How long the kernel may take to answer, in seconds.
    private static let patience = 10
    /// How often a list is asked for that changed while it was told.
    private static let attempts = 8
    /// Room for one answer; the kernel sends lists in parts of at most 32 KB.
    private static let room = 1 << 17

    /// Opens a connection.
    ///
    /// - Throws: ``KernelError``.
    public init(system: SystemCalls = .linux) throws(KernelError) {
        let opened = try attempting("opening a netlink socket") { () throws(KernelErrno) in
            try Self.open(system)
        }
        descriptor = opened
    }

    private static func open(_ system: SystemCalls) throws(KernelErrno) -> Descriptor {
        let (family, raw, closeOnExec, route) = (16, 3, 0o2000000, 0)
        let socket = Descriptor(
            owning: try system.call(.socket, family, raw | closeOnExec, route), system: system)
        let netlink: Int32 = 270
        let (capAcknowledgement, extendedAcknowledgement, strictRequests): (Int32, Int32, Int32) =
            (10, 11, 12)
        // Older kernels lack these: their failures have no words, and lists are longer.
        for option in [capAcknowledgement, extendedAcknowledgement, strictRequests] {
            try? socket.setSocketOption(netlink, option, Int32(1).hostBytes)
        }
        let (socketLevel, receiveTimeout): (Int32, Int32) = (1, 20)
        try socket.setSocketOption(
            socketLevel, receiveTimeout, patience.hostBytes + Int(0).hostBytes)
        return socket
    }

    /// Sends a request and waits until the kernel has done it.
    ///
    /// - Parameter action: what it is for, as messages name it.
    /// - Returns: what the kernel tells, without the acknowledgement.
    /// - Throws: ``KernelError``, with the kernel's own words as the reason where it has any.
    @discardableResult
    public mutating func perform(
        _ request: NetlinkMessage, _ action: @autoclosure () -> String
    ) throws(KernelError) -> [NetlinkMessage] {
        for _ in 0..<Self.attempts {
            sequence &+= 1
            do throws(KernelErrno) {
                try send(request.bytes(sequence: sequence))
            } catch {
                throw KernelError(action(), error)
            }
            if let answer = try answer(action()) { return answer }
        }
        throw KernelError(
            action(), .tryAgain, reason: "the list changed each time while it was read",
            remedy: "try again")
    }

    /// The answer to the last request; nothing if it changed while it was told.
    private func answer(
        _ action: @autoclosure () -> String
    ) throws(KernelError) -> [NetlinkMessage]? {
        var messages: [NetlinkMessage] = []
        var isConsistent = true
        while true {
            let part: [ReceivedMessage]
            do throws(KernelErrno) {
                part = ReceivedMessage.all(in: try receive())
            } catch {
                throw KernelError(
                    action(), error,
                    reason: error == .tryAgain ? "no answer within \(Self.patience) s" : nil)
            }
            for received in part where received.sequence == sequence {
                let message = received.message
                if message.flags.contains(.wasInterrupted) { isConsistent = false }
                guard [ReceivedMessage.error, ReceivedMessage.done].contains(message.type) else {
                    messages.append(message)
                    continue
                }
                guard received.errno == 0 else {
                    throw KernelError(
                        action(), KernelErrno(rawValue: received.errno),
                        reason: received.explanation)
                }
                return isConsistent ? messages : nil
            }
        }
    }

    private func send(_ bytes: [UInt8]) throws(KernelErrno) {
        var memory = CallMemory()
        let address = memory.bytes(bytes)
        try descriptor.system.call(.send, Int(descriptor.number), Int(address), bytes.count, 0)
        memory.keep()
    }

    /// What the kernel sent; what other processes sent is thrown away.
    private func receive() throws(KernelErrno) -> [UInt8] {
        let (truncation, addressSize) = (0x20, 12)
        while true {
            var memory = CallMemory()
            let buffer = memory.buffer(count: Self.room)
            let sender = memory.buffer(count: addressSize)
            let size = memory.bytes(Int32(addressSize).hostBytes)
            let count = try descriptor.system.call(
                .receive, Int(descriptor.number), Int(buffer), Self.room, truncation, Int(sender),
                Int(size))
            guard count <= Self.room else { throw .messageSize }
            let port: UInt32? = memory.contents(of: sender, count: addressSize)[...].number(at: 4)
            if port == 0 { return memory.contents(of: buffer, count: count) }
        }
    }
}

extension Descriptor {
    /// setsockopt(2) with a value of bytes.
    func setSocketOption(
        _ level: Int32, _ option: Int32, _ value: [UInt8]
    ) throws(KernelErrno) {
        var memory = CallMemory()
        let address = memory.bytes(value)
        try system.call(
            .setSocketOption, Int(number), Int(level), Int(option), Int(address), value.count)
        memory.keep()
    }
}
