/// The contexts of programs that see packets: `struct xdp_md` and `struct __sk_buff`.
///
/// Programs see the UAPI's layout. Where a kernel rewrites loads of `data` and `data_end` into loads
/// of pointers, here the addresses of packets simply fit into 32 bits.
enum XDPField {
    static let data = 0
    static let dataEnd = 4
    static let dataMeta = 8
    static let ingressInterface = 12
    static let receiveQueue = 16
    static let egressInterface = 20
    static let byteCount = 24
}

/// Byte offsets in `struct __sk_buff`.
enum SocketBufferField {
    static let length = 0
    static let packetType = 4
    static let mark = 8
    static let queueMapping = 12
    static let networkProtocol = 16
    static let vlanPresent = 20
    static let vlanTag = 24
    static let vlanProtocol = 28
    static let priority = 32
    static let ingressInterface = 36
    static let interface = 40
    static let trafficControlIndex = 44
    static let controlBlock = 48
    static let hash = 68
    static let trafficControlClass = 72
    static let data = 76
    static let dataEnd = 80
    static let dataMeta = 140
    static let timestamp = 152
    static let wireLength = 160
    static let byteCount = 192

    /// What programs may write: mark, queue_mapping, priority, tc_index, cb, tc_classid, tstamp.
    static let writableWords: UInt64 = words([
        mark..<mark + 4, queueMapping..<queueMapping + 4, priority..<priority + 4,
        trafficControlIndex..<controlBlock + 20, trafficControlClass..<trafficControlClass + 4,
        timestamp..<timestamp + 8,
    ])

    private static func words(_ ranges: [Range<Int>]) -> UInt64 {
        ranges.reduce(0) { bits, range in
            stride(from: range.lowerBound, to: range.upperBound, by: 4)
                .reduce(bits) { $0 | 1 << UInt64($1 / 4) }
        }
    }
}

extension Machine {
    /// Puts a packet in place, and the context of an XDP program that sees it.
    func prepareXDP(_ bytes: UnsafeRawBufferPointer, _ origin: PacketOrigin) {
        unsafe packet.fill(bytes)
        context.clear(.xdp, byteCount: XDPField.byteCount, writableWords: 0)
        context[word: XDPField.ingressInterface] = origin.interface
        context[word: XDPField.receiveQueue] = origin.queue
        context[word: XDPField.egressInterface] = origin.egressInterface
        memory[Address.contextRegion] = context.region
        refreshPacket()
    }

    /// Puts a packet in place, and the context of a program that sees it as a socket buffer.
    func prepareSocketBuffer(
        _ bytes: UnsafeRawBufferPointer, _ origin: PacketOrigin, hasDirectAccess: Bool
    ) {
        unsafe packet.fill(bytes)
        context.clear(
            .socketBuffer(hasDirectAccess: hasDirectAccess),
            byteCount: SocketBufferField.byteCount,
            writableWords: SocketBufferField.writableWords)
        context[word: SocketBufferField.interface] = origin.interface
        context[word: SocketBufferField.ingressInterface] = origin.interface
        context[word: SocketBufferField.queueMapping] = origin.queue
        context[word: SocketBufferField.mark] = origin.mark
        context[word: SocketBufferField.priority] = origin.priority
        context[word: SocketBufferField.wireLength] = UInt32(clamping: origin.wireLength ?? bytes.count)
        context[doubleWord: SocketBufferField.timestamp] = origin.timestamp
        if bytes.count >= 14 {
            // As the kernel keeps it: the two bytes in network order, in the low half of the word.
            context[word: SocketBufferField.networkProtocol] =
                unsafe UInt32(bytes[12]) | UInt32(bytes[13]) << 8
        }
        memory[Address.contextRegion] = context.region
        refreshPacket()
    }

    /// Makes the region and the context's fields agree with the packet after it changed.
    func refreshPacket() {
        let data = UInt32(truncatingIfNeeded: Address.packetStart) + UInt32(packet.data)
        let end = data + UInt32(packet.byteCount)
        let meta = UInt32(truncatingIfNeeded: Address.packetStart) + UInt32(packet.meta)
        switch context.kind {
        case .xdp:
            context[word: XDPField.data] = data
            context[word: XDPField.dataEnd] = end
            context[word: XDPField.dataMeta] = meta
        case .socketBuffer(let hasDirectAccess):
            context[word: SocketBufferField.length] = UInt32(packet.byteCount)
            guard hasDirectAccess else {
                memory[Address.packetRegion] = .none
                return
            }
            context[word: SocketBufferField.data] = data
            context[word: SocketBufferField.dataEnd] = end
            context[word: SocketBufferField.dataMeta] = meta
        case .bytes: return
        }
        memory[Address.packetRegion] = packet.region
    }

    /// Puts bytes in place as the context, without any packet.
    func prepareContext(_ bytes: [UInt8], isWritable: Bool) {
        context.fill(bytes, isWritable: isWritable)
        memory[Address.contextRegion] = context.region
        memory[Address.packetRegion] = .none
    }

    /// A store that the region refused: it may go to a field of the context.
    func storeToContext(_ value: UInt64, at address: UInt64, size: Int) throws(Fault) {
        let offset = address &- Address.start(ofRegion: Address.contextRegion)
        guard offset < UInt64(context.byteCount),
            context.write(value, at: Int(offset), size: size)
        else { throw .access(address: address, size: UInt32(size), isWrite: true) }
    }

    /// A legacy load from the packet, in network order (RFC 9669, section 5.5); `nil` past its end.
    func loadPacket(_ op: Operation, _ r: RegisterFile) -> UInt64? {
        var offset = op.immediate
        if op.opcode == .loadPacketIndirect {
            offset += Int64(Int32(truncatingIfNeeded: r[op.source]))
        }
        let size = Int(op.detail)
        guard let start = packetOffset(ofLegacy: offset), start >= 0,
            start + size <= packet.byteCount
        else { return nil }
        let bytes = unsafe packet.bytes
        return (start..<start + size).reduce(0) { unsafe $0 << 8 | UInt64(bytes[$1]) }
    }

    /// Classic BPF's negative offsets count from the network or the link header.
    private func packetOffset(ofLegacy offset: Int64) -> Int? {
        switch offset {
        case 0...: Int(offset)
        case Self.networkOffset..<Self.networkOffset + 0x10_0000:
            Int(offset - Self.networkOffset) + 14
        case Self.linkOffset..<Self.linkOffset + 0x10_0000: Int(offset - Self.linkOffset)
        default: nil
        }
    }

    /// `SKF_NET_OFF` and `SKF_LL_OFF` of `linux/filter.h`.
    private static let networkOffset: Int64 = -0x10_0000
    private static let linkOffset: Int64 = -0x20_0000
}

/// Where a packet came from; what the context says about it besides its bytes.
public struct PacketOrigin: Hashable, Sendable {
    /// The index of the interface that received it.
    public var interface: UInt32
    /// The receive queue.
    public var queue: UInt32
    /// The index of the interface that will send it, for XDP programs in a devmap.
    public var egressInterface: UInt32
    /// The socket buffer's mark and priority.
    public var mark: UInt32
    /// The socket buffer's priority.
    public var priority: UInt32
    /// When it was received, in nanoseconds.
    public var timestamp: UInt64
    /// Its length on the wire, where it was captured shorter.
    public var wireLength: Int?

    /// A packet from the first interface's first queue, unless said otherwise.
    public init(
        interface: UInt32 = 1, queue: UInt32 = 0, egressInterface: UInt32 = 0, mark: UInt32 = 0,
        priority: UInt32 = 0, timestamp: UInt64 = 0, wireLength: Int? = nil
    ) {
        self.interface = interface
        self.queue = queue
        self.egressInterface = egressInterface
        self.mark = mark
        self.priority = priority
        self.timestamp = timestamp
        self.wireLength = wireLength
    }
}
