import EBPFBytecode

/// VLAN tags of socket buffers: the outer one is kept beside the packet, others in it.
enum VLANHelpers {
    static func install(in table: inout HelperTable) {
        table[.skbVlanPush] = push
        table[.skbVlanPop] = pop
    }

    /// How many bytes a tag has, and what it follows: the two addresses.
    private static let tagByteCount = 4
    private static let addressByteCount = 12

    /// `long bpf_skb_vlan_push(skb, vlan_proto, vlan_tci)`.
    private static func push(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let context = call.context
        // The parameter is in network order.
        let wanted = UInt16(truncatingIfNeeded: call.second).byteSwapped
        let type = EtherType.isVLAN(wanted) ? wanted : EtherType.vlan
        return call.changePacket { () throws(KernelErrno) in
            if let tag = context.vlan {
                try insert(tag, call)
                context.networkProtocol = tag.type
            }
            context.vlan = VLANTag(type: type, control: UInt16(truncatingIfNeeded: call.third))
        }
    }

    /// `long bpf_skb_vlan_pop(skb)`.
    private static func pop(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let context = call.context
        return call.changePacket { () throws(KernelErrno) in
            if context.vlan != nil {
                context.vlan = nil
            } else if EtherType.isVLAN(context.networkProtocol) {
                _ = try remove(call)
            }
            // The next tag takes the place beside the packet.
            let type = context.networkProtocol
            guard EtherType.isVLAN(type) else { return }
            let control = try remove(call)
            context.vlan = VLANTag(type: type, control: control)
        }
    }

    /// Puts a tag between the addresses and the type.
    private static func insert(_ tag: VLANTag, _ call: HelperCall) throws(KernelErrno) {
        guard call.context.headers.linkOffset == 0 else { throw .invalidArgument }
        try PacketShapeHelpers.grow(call, at: addressByteCount, by: tagByteCount)
        call.context.headers.moveTransportHeader(by: tagByteCount)
        guard let bytes = unsafe call.packet.bytes(at: addressByteCount, count: tagByteCount)
        else { throw .noMemory }
        for (index, word) in [tag.type, tag.control].enumerated() {
            unsafe bytes.storeBytes(of: word.bigEndian, toByteOffset: 2 * index, as: UInt16.self)
        }
    }

    /// Takes a tag out of the packet; returns its control information.
    private static func remove(_ call: HelperCall) throws(KernelErrno) -> UInt16 {
        let headers = call.context.headers
        guard headers.linkOffset == 0 else { throw .invalidArgument }
        guard
            let bytes = unsafe call.packet.bytes(
                at: 0,
                count: PacketHeaders.taggedEthernetByteCount
            )
        else { throw .noMemory }
        let control = unsafe bytes.loadUnaligned(
            fromByteOffset: addressByteCount + 2,
            as: UInt16.self
        )
        let type = unsafe bytes.loadUnaligned(
            fromByteOffset: addressByteCount + tagByteCount,
            as: UInt16.self
        )
        call.context.networkProtocol = encapsulated(UInt16(bigEndian: type), call)
        try PacketShapeHelpers.shrink(call, at: addressByteCount, by: tagByteCount)
        call.context.headers.moveTransportHeader(by: -tagByteCount)
        call.context.headers.networkOffset = max(
            headers.networkOffset - tagByteCount,
            PacketHeaders.ethernetByteCount
        )
        return UInt16(bigEndian: control)
    }

    /// The protocol behind a tag: a type, or one of Linux's names for frames with a length.
    private static func encapsulated(_ type: UInt16, _ call: HelperCall) -> UInt16 {
        guard type < 0x600 else { return type }
        guard
            let bytes = unsafe call.packet.bytes(
                at: PacketHeaders.taggedEthernetByteCount,
                count: 2
            )
        else { return EtherType.ieee8022 }
        return unsafe bytes.allSatisfy { $0 == 0xff } ? EtherType.ieee8023 : EtherType.ieee8022
    }
}
