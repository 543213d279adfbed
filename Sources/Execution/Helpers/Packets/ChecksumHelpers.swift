import EBPFBytecode

/// Checksums: of bytes, in headers, and what a socket buffer knows about its own.
enum ChecksumHelpers {
    static func install(in table: inout HelperTable) {
        table[.l3CsumReplace] = replaceInNetworkHeader
        table[.l4CsumReplace] = replaceInTransportHeader
        table[.csumDiff] = difference
        table[.csumUpdate] = updateComplete
        table[.csumLevel] = level
    }

    /// The size of the changed field, in the lower bits of the flags (`BPF_F_HDR_FIELD_MASK`).
    private static let sizeMask: UInt64 = 0xf
    /// The part of the flags of `bpf_l4_csum_replace` that says how to treat the checksum.
    private static let pseudoHeader: UInt64 = 0x10
    private static let keepsZero: UInt64 = 0x20
    private static let enforce: UInt64 = 0x40
    private static let isIPv6: UInt64 = 0x80

    /// `long bpf_l3_csum_replace(skb, offset, from, to, size)`.
    private static func replaceInNetworkHeader(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        return call.result { () throws(KernelErrno) in
            guard call.fifth & ~sizeMask == 0 else { throw .invalidArgument }
            let field = unsafe try checksumField(call)
            let checksum = unsafe field.loadUnaligned(as: UInt16.self).littleEndian
            let updated =
                switch call.fifth {
                case 0: try replaceByDifference(checksum, call)
                case 2:
                    InternetChecksum.update(
                        checksum,
                        replacing: UInt16(truncatingIfNeeded: call.third),
                        by: UInt16(truncatingIfNeeded: call.fourth)
                    )
                case 4:
                    InternetChecksum.update(
                        checksum,
                        replacing: call.word(.third),
                        by: call.word(.fourth)
                    )
                default: throw KernelErrno.invalidArgument
                }
            unsafe field.storeBytes(of: updated.littleEndian, as: UInt16.self)
        }
    }

    /// `long bpf_l4_csum_replace(skb, offset, from, to, flags)`.
    private static func replaceInTransportHeader(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        return call.result { () throws(KernelErrno) in
            let flags = call.fifth
            guard flags & ~(sizeMask | pseudoHeader | keepsZero | enforce | isIPv6) == 0
            else { throw .invalidArgument }
            let field = unsafe try checksumField(call)
            let checksum = unsafe field.loadUnaligned(as: UInt16.self).littleEndian
            let isZeroKept = flags & keepsZero != 0
            if isZeroKept, flags & enforce == 0, checksum == 0 { return }
            var updated =
                switch flags & sizeMask {
                case 0: try replaceByDifference(checksum, call)
                case 2:
                    InternetChecksum.update(
                        checksum,
                        replacing: UInt32(call.word(.third) & 0xffff),
                        by: UInt32(call.word(.fourth) & 0xffff)
                    )
                case 4:
                    InternetChecksum.update(
                        checksum,
                        replacing: call.word(.third),
                        by: call.word(.fourth)
                    )
                default: throw KernelErrno.invalidArgument
                }
            // In UDP zero means "none": the other zero of ones' complement takes its place.
            if isZeroKept, updated == 0 { updated = 0xffff }
            unsafe field.storeBytes(of: updated.littleEndian, as: UInt16.self)
        }
    }

    /// The two bytes of the checksum that the second argument gives the offset of.
    private static func checksumField(
        _ call: HelperCall
    ) throws(KernelErrno) -> UnsafeMutableRawPointer {
        let offset = call.word(.second)
        guard offset <= PacketLimit.offset, offset.isMultiple(of: 2),
            let bytes = unsafe call.packet.bytes(at: Int(offset), count: 2),
            let field = bytes.baseAddress
        else { throw .badAddress }
        return unsafe field
    }

    private static func replaceByDifference(
        _ checksum: UInt16,
        _ call: HelperCall
    ) throws(KernelErrno) -> UInt16 {
        guard call.third == 0 else { throw .invalidArgument }
        return InternetChecksum.update(checksum, adding: call.word(.fourth))
    }

    /// `s64 bpf_csum_diff(from, from_size, to, to_size, seed)`.
    ///
    /// The manual wants sizes that 4 divides; Linux 6.18 takes any, and so does this.
    private static func difference(_ call: HelperCall) throws(Fault) -> UInt64 {
        let from = unsafe try call.readableBytes(.first, size: .second)
        let to = unsafe try call.readableBytes(.third, size: .fourth)
        let seed = call.word(.fifth)
        // Both zeros of ones' complement can come out: which one, the order of operations decides.
        let sum =
            if unsafe to.isEmpty {
                unsafe ~InternetChecksum.sum(from, start: ~seed)
            } else if unsafe from.isEmpty {
                unsafe InternetChecksum.sum(to, start: seed)
            } else {
                unsafe InternetChecksum.subtract(
                    InternetChecksum.sum(to, start: seed),
                    InternetChecksum.sum(from)
                )
            }
        return UInt64(InternetChecksum.fold(sum))
    }

    /// `s64 bpf_csum_update(skb, csum)`.
    ///
    /// Adds to the checksum of the whole packet, which only some interfaces compute.
    private static func updateComplete(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        return KernelErrno.notSupported.helperResult
    }

    /// `long bpf_csum_level(skb, level)`.
    private static func level(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireSocketBuffer()
        let context = call.context
        switch call.second {
        case 0:
            guard case .verified(let level) = context.headers.checksum
            else { return KernelErrno.accessDenied.helperResult }
            return UInt64(level)
        case 1: context.headers.checksum.increment()
        case 2: context.headers.checksum.decrement()
        case 3: context.headers.checksum = .unknown
        default: return KernelErrno.invalidArgument.helperResult
        }
        return 0
    }
}

extension PacketHeaders.Checksum {
    /// One more checksum was verified; the kernel counts to 3.
    fileprivate mutating func increment() {
        guard case .verified(let level) = self else {
            self = .verified(level: 0)
            return
        }
        self = .verified(level: min(level + 1, 3))
    }

    /// One header less whose checksum was verified.
    fileprivate mutating func decrement() {
        guard case .verified(let level) = self else { return }
        self = level == 0 ? .unknown : .verified(level: level - 1)
    }
}
