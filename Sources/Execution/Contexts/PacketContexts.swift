import EBPFBytecode

/// The contexts of programs that see packets: `struct xdp_md` and `struct __sk_buff`.
extension Machine {
    /// Puts a packet in place, and the context of an XDP program that sees it.
    func prepareXDP(_ bytes: UnsafeRawBufferPointer, _ origin: PacketOrigin) {
        unsafe packet.fill(bytes)
        context.clear(.xdp, byteCount: XDPField.byteCount, writableWords: 0)
        context.mayWritePacket = true
        context[word: XDPField.ingressInterface] = origin.interface
        context[word: XDPField.receiveQueue] = origin.queue
        context[word: XDPField.egressInterface] = origin.egressInterface
        context.origin = origin
        memory[Address.contextRegion] = context.region
        refreshPacket()
    }

    /// Puts a packet in place, and the context of a program that sees it as a socket buffer.
    func prepareSocketBuffer(
        _ bytes: UnsafeRawBufferPointer,
        _ origin: PacketOrigin,
        for type: ProgramType
    ) {
        let form = SocketBufferForm(of: type)
        unsafe packet.fill(bytes)
        context.clear(
            .socketBuffer(hasDirectAccess: form.hasDirectAccess),
            byteCount: SocketBufferField.byteCount,
            writableWords: form.writableWords
        )
        context[word: SocketBufferField.interface] = origin.interface
        context[word: SocketBufferField.ingressInterface] = origin.interface
        context[word: SocketBufferField.queueMapping] = origin.queue
        context[word: SocketBufferField.mark] = origin.mark
        context[word: SocketBufferField.priority] = origin.priority
        context[doubleWord: SocketBufferField.timestamp] = origin.timestamp
        context[word: SocketBufferField.packetType] =
            unsafe (origin.packetType ?? PacketType(destination: bytes)).rawValue
        context.networkProtocol = unsafe Self.networkProtocol(of: bytes)
        context.vlan = origin.vlan
        context.hash = origin.hash
        context.origin = origin
        context.mayWritePacket = form.mayWritePacket
        if origin.hidesLinkHeader ?? form.hidesLinkHeader { hideLinkHeader() }
        context[word: SocketBufferField.wireLength] = UInt32(
            clamping: origin.wireLength ?? packet.byteCount
        )
        memory[Address.contextRegion] = context.region
        refreshPacket()
    }

    private func hideLinkHeader() {
        let count = min(PacketHeaders.ethernetByteCount, packet.byteCount)
        packet.hideFront(count)
        context.headers.linkOffset = -count
        context.headers.networkOffset = 0
    }

    /// What an Ethernet header says; a length instead of a type has names of Linux's own.
    private static func networkProtocol(of bytes: UnsafeRawBufferPointer) -> UInt16 {
        guard bytes.count >= PacketHeaders.ethernetByteCount else { return 0 }
        let type = unsafe UInt16(bytes[12]) << 8 | UInt16(bytes[13])
        guard type < 0x600 else { return type }
        let isRaw = unsafe bytes.count >= 16 && bytes[14] == 0xff && bytes[15] == 0xff
        return isRaw ? EtherType.ieee8023 : EtherType.ieee8022
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
        memory[Address.packetRegion] = packet.region(isWritable: context.mayWritePacket)
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
}
