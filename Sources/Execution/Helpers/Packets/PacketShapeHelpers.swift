import EBPFBytecode

/// The length, protocol and type of a socket buffer, for traffic control and tunnels.
enum PacketShapeHelpers {
    static func install(in table: inout HelperTable) {
        table[.skbChangeProto] = changeProtocol
        table[.skbChangeType] = changeType
        table[.skbChangeTail] = changeTail
        table[.skbChangeHead] = changeHead
        table[.skbAdjustRoom] = adjustRoom
    }

    /// By how much an IPv6 header is longer than an IPv4 header.
    private static let headerDifference = 20

    /// `long bpf_skb_change_proto(skb, proto, flags)`.
    ///
    /// Makes room for an IPv6 header where an IPv4 header was, or the reverse; the program writes
    /// the header, and the Ethernet type.
    private static func changeProtocol(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let context = call.context
        // The parameter is in network order.
        let wanted = UInt16(truncatingIfNeeded: call.second).byteSwapped
        guard call.third == 0 else { return KernelErrno.invalidArgument.helperResult }
        return call.changePacket { () throws(KernelErrno) in
            let place = context.headers.linkByteCount
            switch (context.networkProtocol, wanted) {
            case (EtherType.ipv4, EtherType.ipv6):
                try grow(call, at: place, by: headerDifference)
                context.headers.moveTransportHeader(by: headerDifference)
            case (EtherType.ipv6, EtherType.ipv4):
                try shrink(call, at: place, by: headerDifference)
                context.headers.moveTransportHeader(by: -headerDifference)
            default: throw KernelErrno.notSupported
            }
            context.networkProtocol = wanted
            context.hash = nil
        }
    }

    /// `long bpf_skb_change_type(skb, type)`.
    private static func changeType(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let type = call.word(.second)
        let limit = PacketType.otherHost.rawValue
        guard type <= limit, call.context[word: SocketBufferField.packetType] <= limit
        else { return KernelErrno.invalidArgument.helperResult }
        call.context[word: SocketBufferField.packetType] = type
        return 0
    }

    /// `long bpf_skb_change_tail(skb, len, flags)`.
    private static func changeTail(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let count = Int(call.word(.second))
        let headers = call.context.headers
        return call.changePacket { () throws(KernelErrno) in
            guard call.third == 0, count <= PacketLimit.byteCount, count >= headers.minimumByteCount
            else { throw .invalidArgument }
            guard !headers.isEncapsulated else { throw .notSupported }
            guard call.packet.resize(to: count) else { throw .noMemory }
        }
    }

    /// `long bpf_skb_change_head(skb, len, flags)`.
    private static func changeHead(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let room = Int(call.word(.second))
        return call.changePacket { () throws(KernelErrno) in
            guard call.third == 0, call.packet.byteCount + room <= PacketLimit.byteCount
            else { throw .invalidArgument }
            try grow(call, at: 0, by: room)
            call.context.headers.moveNetworkHeader(by: room)
            call.context.headers.linkOffset = 0
        }
    }

    /// `long bpf_skb_adjust_room(skb, len_diff, mode, flags)`.
    private static func adjustRoom(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        return call.changePacket { () throws(KernelErrno) in
            try RoomAdjustment(call).apply(to: call)
        }
    }

    /// Inserts zeros; at the end, where the packet is too short to have the place.
    static func grow(_ call: HelperCall, at offset: Int, by count: Int) throws(KernelErrno) {
        let place = min(offset, call.packet.byteCount)
        guard call.packet.adjust(at: place, by: count) else { throw .noMemory }
    }

    /// Removes bytes.
    static func shrink(_ call: HelperCall, at offset: Int, by count: Int) throws(KernelErrno) {
        guard call.packet.adjust(at: offset, by: -count) else { throw .noMemory }
    }
}
