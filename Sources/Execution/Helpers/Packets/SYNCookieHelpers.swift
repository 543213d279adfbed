import EBPFBytecode

/// SYN cookies (RFC 4987, section 3.6): a connection's state in the sequence number that answers
/// its first segment.
enum SYNCookieHelpers {
    static func install(in table: inout HelperTable) {
        table[.tcpRawGenSyncookieIpv4] = { call throws(Fault) in try generate(call, .ipv4) }
        table[.tcpRawGenSyncookieIpv6] = { call throws(Fault) in try generate(call, .ipv6) }
        table[.tcpRawCheckSyncookieIpv4] = { call throws(Fault) in try check(call, .ipv4) }
        table[.tcpRawCheckSyncookieIpv6] = { call throws(Fault) in try check(call, .ipv6) }
    }

    /// What differs between the versions of IP.
    private struct Version {
        let headerByteCount: Int
        let addresses: Range<Int>
        /// The segment sizes that fit into a cookie.
        let segmentSizes: [UInt16]

        static let ipv4 = Version(
            headerByteCount: 20,
            addresses: 12..<20,
            segmentSizes: [536, 1300, 1440, 1460]
        )
        static let ipv6 = Version(
            headerByteCount: 40,
            addresses: 8..<40,
            segmentSizes: [1220, 1420, 1440, 8940]
        )
    }

    /// The size of a TCP header without options, and the segment size if it has none.
    private static let headerByteCount = 20
    private static let defaultSegmentSize: UInt16 = 536

    /// `s64 bpf_tcp_raw_gen_syncookie_ipv4(iph, th, th_len)`: the cookie, and above it the segment
    /// size that it stands for.
    private static func generate(_ call: HelperCall, _ version: Version) throws(Fault) -> UInt64 {
        let network = unsafe try call.readable(.first, size: version.headerByteCount)
        let header = unsafe try call.readableBytes(.second, size: .third)
        guard header.count >= headerByteCount, unsafe header.count == Int(header[12] >> 4) * 4
        else { return KernelErrno.invalidArgument.helperResult }
        let wanted = unsafe TCPOptions.segmentSize(in: header) ?? defaultSegmentSize
        let index = version.segmentSizes.lastIndex { $0 <= wanted } ?? 0
        let sequence = unsafe UInt32(
            bigEndian: header.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        )
        let flow = unsafe hash(call, network, header.baseAddress, version)
        let cookie = flow.cookie(sequence: sequence, minute: minute(call), data: UInt32(index))
        return UInt64(cookie) | UInt64(version.segmentSizes[index]) << 32
    }

    /// `long bpf_tcp_raw_check_syncookie_ipv4(iph, th)`: whether an ACK answers a cookie.
    private static func check(_ call: HelperCall, _ version: Version) throws(Fault) -> UInt64 {
        let network = unsafe try call.readable(.first, size: version.headerByteCount)
        let header = unsafe try call.readable(.second, size: headerByteCount)
        let sequence = unsafe UInt32(
            bigEndian: header.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        )
        let acknowledged = unsafe UInt32(
            bigEndian: header.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        )
        let flow = unsafe hash(call, network, header, version)
        let data = flow.data(
            of: acknowledged &- 1,
            sequence: sequence &- 1,
            minute: minute(call)
        )
        guard let data, data < version.segmentSizes.count
        else { return KernelErrno.accessDenied.helperResult }
        return 0
    }

    private static func minute(_ call: HelperCall) -> UInt32 {
        UInt32(truncatingIfNeeded: call.machine.host.options.clock.monotonic / 60_000_000_000)
    }

    private static func hash(
        _ call: HelperCall,
        _ network: UnsafeRawPointer,
        _ transport: UnsafeRawPointer?,
        _ version: Version
    ) -> CookieHash {
        var hash = SipHash(key: (call.machine.host.flowSeed, 0x5359_4e63_6f6f_6b69))
        unsafe hash.add(
            UnsafeRawBufferPointer(
                start: network + version.addresses.lowerBound,
                count: version.addresses.count
            )
        )
        unsafe hash.add(UnsafeRawBufferPointer(start: transport, count: 4))
        return CookieHash(hash: hash)
    }
}

/// Cookies of one flow: eight bits of time, and 24 that only this host can have made.
private struct CookieHash {
    let hash: SipHash

    /// How many minutes a cookie is good for.
    private static let lifetime: UInt32 = 2

    func cookie(sequence: UInt32, minute: UInt32, data: UInt32) -> UInt32 {
        number(0) &+ sequence &+ minute << 24 &+ (number(minute &+ 1) &+ data) & 0xff_ffff
    }

    /// The data in a cookie, if it is not too old.
    func data(of cookie: UInt32, sequence: UInt32, minute: UInt32) -> UInt32? {
        let rest = cookie &- number(0) &- sequence
        let age = (minute &- rest >> 24) & 0xff
        guard age < Self.lifetime else { return nil }
        return (rest &- number(minute &- age &+ 1)) & 0xff_ffff
    }

    private func number(_ salt: UInt32) -> UInt32 {
        var hash = hash
        hash.add(UInt64(salt))
        return UInt32(truncatingIfNeeded: hash.finished)
    }
}

/// The options of a TCP header (RFC 9293, section 3.2).
private enum TCPOptions {
    /// The maximum segment size that the header announces.
    static func segmentSize(in header: UnsafeRawBufferPointer) -> UInt16? {
        var found: UInt16?
        var offset = 20
        while offset < header.count {
            let kind = unsafe header[offset]
            if kind == 0 { return found }
            if kind == 1 {
                offset += 1
                continue
            }
            guard offset + 1 < header.count else { return found }
            let length = unsafe Int(header[offset + 1])
            guard length >= 2, offset + length <= header.count else { return found }
            if kind == 2, length == 4 {
                let size = unsafe UInt16(
                    bigEndian: header.loadUnaligned(fromByteOffset: offset + 2, as: UInt16.self)
                )
                if size != 0 { found = size }
            }
            offset += length
        }
        return found
    }
}
