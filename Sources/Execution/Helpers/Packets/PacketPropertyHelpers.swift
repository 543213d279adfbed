import EBPFBytecode

/// What is known about a socket buffer besides its bytes: hash, time, congestion mark, owner.
enum PacketPropertyHelpers {
    static func install(in table: inout HelperTable) {
        table[.getHashRecalc] = recalculateHash
        table[.setHashInvalid] = invalidateHash
        table[.setHash] = setHash
        table[.skbEcnSetCe] = setCongestionExperienced
        table[.skbSetTstamp] = setTimestamp
        installOwner(in: &table)
    }

    // MARK: Hash

    /// `u32 bpf_get_hash_recalc(skb)`.
    private static func recalculateHash(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        if let hash = call.context.hash { return UInt64(hash) }
        var flow = FlowHash(seed: call.machine.host.flowSeed)
        let hash = flow.value(
            of: call.packet,
            headers: call.context.headers,
            type: call.context.networkProtocol
        )
        call.context.hash = hash
        return UInt64(hash)
    }

    /// `void bpf_set_hash_invalid(skb)`.
    private static func invalidateHash(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        call.context.hash = nil
        return 0
    }

    /// `long bpf_set_hash(skb, hash)`.
    private static func setHash(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        call.context.hash = call.word(.second)
        return 0
    }

    // MARK: Time and congestion

    /// `long bpf_skb_set_tstamp(skb, tstamp, tstamp_type)`.
    private static func setTimestamp(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let context = call.context
        return call.result { () throws(KernelErrno) in
            guard isInternet(context) else { throw .operationNotSupported }
            // The real-time clock, the monotonic clock, international atomic time.
            let kind = call.word(.third)
            guard kind <= 2, kind == 0 || call.second != 0 else { throw .invalidArgument }
            context[doubleWord: SocketBufferField.timestamp] = call.second
            context[word: SocketBufferField.timestampKind] = kind
        }
    }

    private static func isInternet(_ context: ContextState) -> Bool {
        [EtherType.ipv4, EtherType.ipv6].contains(context.networkProtocol)
    }

    /// `long bpf_skb_ecn_set_ce(skb)`.
    ///
    /// Returns 1 if the mark is set afterwards: not, where the packet's sender does not know it.
    private static func setCongestionExperienced(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let start = call.context.headers.networkOffset
        switch protocolBehindTags(call) {
        case EtherType.ipv4:
            guard let header = unsafe call.packet.bytes(at: start, count: 20) else { return 0 }
            return unsafe markIPv4(header)
        case EtherType.ipv6:
            guard let header = unsafe call.packet.bytes(at: start, count: 40) else { return 0 }
            return unsafe markIPv6(header)
        default: return 0
        }
    }

    /// The protocol after all VLAN tags; the network header may still be the first of these, and
    /// the kernel marks it there.
    private static func protocolBehindTags(_ call: HelperCall) -> UInt16 {
        var type = call.context.networkProtocol
        var offset = call.context.headers.linkByteCount + 2
        while EtherType.isVLAN(type), let bytes = unsafe call.packet.bytes(at: offset, count: 2) {
            type = unsafe UInt16(bytes[0]) << 8 | UInt16(bytes[1])
            offset += 4
        }
        return type
    }

    /// The two bits of RFC 3168: not capable, capable (1), capable (0), experienced.
    private static func markIPv4(_ header: UnsafeMutableRawBufferPointer) -> UInt64 {
        let old = unsafe header[1] & 3
        guard old != 0 else { return 0 }
        guard old != 3 else { return 1 }
        unsafe header[1] |= 3
        let checksum = unsafe header.loadUnaligned(fromByteOffset: 10, as: UInt16.self).bigEndian
        // The sum grows by the difference, so its complement shrinks by it.
        let updated = InternetChecksum.add(checksum, ~UInt16(3 - old))
        unsafe header.storeBytes(of: updated.bigEndian, toByteOffset: 10, as: UInt16.self)
        return 1
    }

    /// In IPv6 the bits are the lower ones of the traffic class, bits 20 and 21 of the first word.
    private static func markIPv6(_ header: UnsafeMutableRawBufferPointer) -> UInt64 {
        guard unsafe header[1] & 0x30 != 0 else { return 0 }
        unsafe header[1] |= 0x30
        return 1
    }
}

/// Owners of packets: in user space there is no socket, control group or route.
extension PacketPropertyHelpers {
    private static func installOwner(in table: inout HelperTable) {
        let zero = property(0)
        table[.getCgroupClassid] = zero  // bpf_get_cgroup_classid
        table[.getRouteRealm] = zero  // bpf_get_route_realm
        table[.skbUnderCgroup] = isUnderControlGroup
        table[.getSocketCookie] = zero  // bpf_get_socket_cookie
        table[.getSocketUid] = property(65534)  // bpf_get_socket_uid: the overflow user ID
        table[.skbCgroupId] = zero  // bpf_skb_cgroup_id
        table[.skbAncestorCgroupId] = zero  // bpf_skb_ancestor_cgroup_id
        table[.getNetnsCookie] = networkNamespaceCookie
        table[.skbCgroupClassid] = zero  // bpf_skb_cgroup_classid
    }

    /// A helper that returns what the kernel returns for a packet without a socket.
    private static func property(_ value: UInt64) -> HelperBody {
        { call throws(Fault) in
            try call.requireContext()
            return value
        }
    }

    /// `long bpf_skb_under_cgroup(skb, map, index)`.
    private static func isUnderControlGroup(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        _ = try call.map(.second)
        return KernelErrno.noEntry.helperResult
    }

    /// `u64 bpf_get_netns_cookie(ctx)`: that of the first network namespace.
    private static func networkNamespaceCookie(_ call: HelperCall) throws(Fault) -> UInt64 { 1 }
}
