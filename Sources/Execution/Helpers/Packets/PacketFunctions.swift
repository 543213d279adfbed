import EBPFBytecode

/// Kernel functions about packets: what an interface knew about one, and what the network knows.
enum PacketFunctions {
    static func install(in table: inout HelperTable) {
        table.add(kernelFunction: "bpf_xdp_metadata_rx_timestamp", timestamp)
        table.add(kernelFunction: "bpf_xdp_metadata_rx_hash", hash)
        table.add(kernelFunction: "bpf_xdp_metadata_rx_vlan_tag", vlanTag)
        table.add(kernelFunction: "bpf_dynptr_from_skb_meta", metadata)
        table.add(kernelFunction: "bpf_xdp_get_xfrm_state") { call throws(Fault) in
            try findNothing(call, options: .second, size: .third)
        }
        for name in ["bpf_xdp_ct_lookup", "bpf_skb_ct_lookup"] {
            table.add(kernelFunction: name) { call throws(Fault) in
                try findNothing(call, options: .fourth, size: .fifth)
            }
        }
        for name in ["bpf_xdp_xfrm_state_release", "bpf_ct_release"] {
            table.add(kernelFunction: name) { _ in 0 }
        }
    }

    /// What functions of type `int` return for an error.
    private static func failure(_ error: KernelErrno) -> UInt64 {
        error.helperResult & 0xffff_ffff
    }

    // MARK: What the interface knew

    /// `int bpf_xdp_metadata_rx_timestamp(ctx, timestamp)`.
    ///
    /// This and its sisters give what ``PacketOrigin`` says, and fail with EOPNOTSUPP, like an
    /// interface that does not have the feature, where it says nothing.
    private static func timestamp(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        let place = unsafe try call.writable(.second, size: 8)
        let time = call.context.origin.timestamp
        guard time != 0 else { return failure(.operationNotSupported) }
        unsafe place.storeBytes(of: time, as: UInt64.self)
        return 0
    }

    /// `int bpf_xdp_metadata_rx_hash(ctx, hash, rss_type)`.
    private static func hash(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        let place = unsafe try call.writable(.second, size: 4)
        let kind = unsafe try call.writable(.third, size: 4)
        guard let hash = call.context.origin.hash else { return failure(.operationNotSupported) }
        unsafe place.storeBytes(of: hash, as: UInt32.self)
        unsafe kind.storeBytes(of: 0, as: UInt32.self)
        return 0
    }

    /// `int bpf_xdp_metadata_rx_vlan_tag(ctx, vlan_proto, vlan_tci)`.
    private static func vlanTag(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        let type = unsafe try call.writable(.second, size: 2)
        let control = unsafe try call.writable(.third, size: 2)
        guard let tag = call.context.origin.vlan else { return failure(.operationNotSupported) }
        unsafe type.storeBytes(of: tag.type.bigEndian, as: UInt16.self)
        unsafe control.storeBytes(of: tag.control, as: UInt16.self)
        return 0
    }

    /// `int bpf_dynptr_from_skb_meta(skb, flags, ptr)`: no XDP program left metadata here.
    private static func metadata(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        guard call.second == 0 else {
            try call.putDynptr(.null, .third)
            return failure(.invalidArgument)
        }
        try call.putDynptr(Dynptr(storage: .packet, byteCount: 0), .third)
        return 0
    }

    // MARK: What the network knows

    /// Searches for connections and IPsec states fail with ENOENT, which goes into the first word
    /// of the options.
    private static func findNothing(
        _ call: HelperCall,
        options: HelperCall.Argument,
        size: HelperCall.Argument
    ) throws(Fault) -> UInt64 {
        try call.requireContext()
        let place = unsafe try call.writableBytes(options, size: size)
        guard place.count >= 4 else { return 0 }
        unsafe place.storeBytes(of: -KernelErrno.noEntry.rawValue, as: Int32.self)
        return 0
    }
}
