import EBPFBytecode

/// The bytes of a socket buffer: reading, writing, and making them directly accessible.
enum PacketBytesHelpers {
    static func install(in table: inout HelperTable) {
        table[.skbStoreBytes] = storeBytes
        table[.skbLoadBytes] = loadBytes
        table[.skbPullData] = pullData
        table[.skbLoadBytesRelative] = loadBytesRelative
    }

    /// `long bpf_skb_store_bytes(skb, offset, from, len, flags)`.
    private static func storeBytes(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let source = unsafe try call.source(.third, size: .fourth)
        let flags = StoreFlags(rawValue: call.fifth)
        let offset = call.word(.second)
        return call.result { () throws(KernelErrno) in
            guard flags.isSubset(of: .all) else { throw .invalidArgument }
            guard offset <= UInt32(Int32.max),
                let target = unsafe call.packet.bytes(at: Int(offset), count: source.count)
            else { throw .badAddress }
            unsafe target.copyMemory(from: source)
            if flags.contains(.invalidateHash) { call.context.hash = nil }
        }
    }

    /// `BPF_F_RECOMPUTE_CSUM` and `BPF_F_INVALIDATE_HASH`.
    ///
    /// The first keeps the checksum of the whole packet, which only some interfaces compute, up to
    /// date: here there is none.
    private struct StoreFlags: OptionSet {
        let rawValue: UInt64

        static let recomputeChecksum = StoreFlags(rawValue: 1)
        static let invalidateHash = StoreFlags(rawValue: 2)
        static let all: StoreFlags = [.recomputeChecksum, .invalidateHash]
    }

    /// `long bpf_skb_load_bytes(skb, offset, to, len)`.
    private static func loadBytes(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let destination = unsafe try call.destination(.third, size: .fourth)
        let offset = call.word(.second)
        let source =
            unsafe offset > UInt32(Int32.max)
            ? nil : call.packet.bytes(at: Int(offset), count: destination.count)
        return unsafe copy(source, to: destination)
    }

    /// `long bpf_skb_load_bytes_relative(skb, offset, to, len, start_header)`.
    private static func loadBytesRelative(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let destination = unsafe try call.destination(.third, size: .fourth)
        let offset = call.word(.second)
        let start: Int? =
            switch call.word(.fifth) {
            case 0: call.context.headers.linkOffset
            case 1: call.context.headers.networkOffset
            default: nil
            }
        guard offset <= PacketLimit.offset, let start else {
            return unsafe copy(nil, to: destination)
        }
        let source = unsafe call.packet.bytes(
            at: start + Int(offset),
            count: destination.count
        )
        return unsafe copy(source, to: destination)
    }

    /// Copies; or, if there is nothing to copy, clears the destination and fails.
    private static func copy(
        _ source: UnsafeMutableRawBufferPointer?,
        to destination: UnsafeMutableRawBufferPointer
    ) -> UInt64 {
        guard let source = unsafe source else {
            unsafe destination.initializeMemory(as: UInt8.self, repeating: 0)
            return KernelErrno.badAddress.helperResult
        }
        unsafe destination.copyMemory(from: UnsafeRawBufferPointer(source))
        return 0
    }

    /// `long bpf_skb_pull_data(skb, len)`.
    ///
    /// All bytes are accessible already; what is left is the error for bytes that do not exist.
    private static func pullData(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let count = Int(call.word(.second))
        return count <= call.packet.byteCount ? 0 : KernelErrno.noMemory.helperResult
    }
}
