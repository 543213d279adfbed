import EBPFBytecode

/// Where a packet begins and ends, and what is in it, for XDP programs.
enum XDPHelpers {
    static func install(in table: inout HelperTable) {
        table[.xdpAdjustHead] = adjustHead
        table[.xdpAdjustMeta] = adjustMeta
        table[.xdpAdjustTail] = adjustTail
        table[.xdpGetBuffLen] = bufferLength
        table[.xdpLoadBytes] = loadBytes
        table[.xdpStoreBytes] = storeBytes
    }

    /// `long bpf_xdp_adjust_head(xdp_md, delta)`.
    private static func adjustHead(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        return call.changePacket { () throws(KernelErrno) in
            try call.packet.moveData(by: Int(call.signedWord(.second)))
        }
    }

    /// `long bpf_xdp_adjust_meta(xdp_md, delta)`.
    private static func adjustMeta(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        return call.changePacket { () throws(KernelErrno) in
            try call.packet.moveMeta(by: Int(call.signedWord(.second)))
        }
    }

    /// `long bpf_xdp_adjust_tail(xdp_md, delta)`.
    private static func adjustTail(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        return call.changePacket { () throws(KernelErrno) in
            try call.packet.moveEnd(by: Int(call.signedWord(.second)))
        }
    }

    /// `u64 bpf_xdp_get_buff_len(xdp_md)`.
    private static func bufferLength(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        return UInt64(call.packet.byteCount)
    }

    /// `long bpf_xdp_load_bytes(xdp_md, offset, buf, len)`.
    private static func loadBytes(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        let destination = unsafe try call.destination(.third, size: .fourth)
        return call.result { () throws(KernelErrno) in
            let bytes = unsafe try range(call, count: destination.count)
            unsafe destination.copyMemory(from: UnsafeRawBufferPointer(bytes))
        }
    }

    /// `long bpf_xdp_store_bytes(xdp_md, offset, buf, len)`.
    private static func storeBytes(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireXDP()
        let source = unsafe try call.source(.third, size: .fourth)
        return call.result { () throws(KernelErrno) in
            unsafe try range(call, count: source.count).copyMemory(from: source)
        }
    }

    private static func range(
        _ call: HelperCall,
        count: Int
    ) throws(KernelErrno) -> UnsafeMutableRawBufferPointer {
        let offset = call.word(.second)
        guard offset <= 0xffff, count <= 0xffff else { throw .badAddress }
        guard let bytes = unsafe call.packet.bytes(at: Int(offset), count: count)
        else { throw .invalidArgument }
        return unsafe bytes
    }
}
