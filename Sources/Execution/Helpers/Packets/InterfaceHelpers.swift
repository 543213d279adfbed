import EBPFBytecode

/// What the network knows: sizes of interfaces, and routes.
enum InterfaceHelpers {
    static func install(in table: inout HelperTable) {
        table[.fibLookup] = lookUpRoute
        table[.checkMtu] = checkMaximumTransmissionUnit
    }

    /// `long bpf_check_mtu(ctx, ifindex, mtu_len, len_diff, flags)`.
    ///
    /// All interfaces have the maximum of the packet's origin.
    private static func checkMaximumTransmissionUnit(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        let place = unsafe try call.writable(.third, size: 4)
        let given = unsafe Int32(bitPattern: place.loadUnaligned(as: UInt32.self))
        let maximum = call.context.origin.maximumTransmissionUnit
        let checksSegments = UInt64(1)
        let permitted = call.context.kind == .xdp ? 0 : checksSegments
        guard call.fifth & ~permitted == 0,
            call.fifth & checksSegments == 0 || call.signedWord(.fourth) == 0 && given == 0
        else { return KernelErrno.invalidArgument.helperResult }
        guard call.signedWord(.second) >= 0 else { return KernelErrno.noDevice.helperResult }
        let header = Int32(PacketHeaders.ethernetByteCount)
        let count = given == 0 ? Int32(clamping: call.packet.byteCount) : given &+ header
        let limit = Int32(bitPattern: maximum) &+ header
        unsafe place.storeBytes(of: maximum, as: UInt32.self)
        // BPF_MTU_CHK_RET_FRAG_NEEDED
        return count &+ call.signedWord(.fourth) <= limit ? 0 : 1
    }

    /// The size of `struct bpf_fib_lookup`, and its flags.
    private static let routeByteCount = 64
    private static let routeFlags: UInt32 = 0x3f

    /// `long bpf_fib_lookup(ctx, params, plen, flags)`.
    ///
    /// There are no routes: every packet is for this host (`BPF_FIB_LKUP_RET_NOT_FWDED`).
    private static func lookUpRoute(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        let parameters = unsafe try call.destination(.second, size: .third)
        guard parameters.count >= routeByteCount, call.word(.fourth) & ~routeFlags == 0
        else { return KernelErrno.invalidArgument.helperResult }
        let family = unsafe parameters[0]
        guard family == 2 || family == 10
        else { return KernelErrno.familyNotSupported.helperResult }
        call.machine.host.reportOnce(
            "bpf_fib_lookup: user space has no routes; it returns BPF_FIB_LKUP_RET_NOT_FWDED",
            key: "bpf_fib_lookup"
        )
        return 4
    }
}

extension KernelErrno {
    /// The address family is neither IPv4 nor IPv6.
    fileprivate static let familyNotSupported = KernelErrno(rawValue: 97)  // EAFNOSUPPORT
}
