import EBPFBytecode

/// What `bpf_skb_adjust_room` was asked for: room after the link or the network header, for
/// outer headers, or their removal.
struct RoomAdjustment {
    private let difference: Int
    private let mode: UInt32
    private let flags: Flags

    /// Takes the arguments of the call.
    init(_ call: HelperCall) {
        difference = Int(call.signedWord(.second))
        mode = call.word(.third)
        flags = Flags(rawValue: call.fourth)
    }

    /// `BPF_F_ADJ_ROOM_…` of `linux/bpf.h`.
    private struct Flags: OptionSet {
        let rawValue: UInt64

        static let fixedSegments = Flags(rawValue: 1 << 0)
        static let outerIPv4 = Flags(rawValue: 1 << 1)
        static let outerIPv6 = Flags(rawValue: 1 << 2)
        static let outerGRE = Flags(rawValue: 1 << 3)
        static let outerUDP = Flags(rawValue: 1 << 4)
        static let keepsChecksum = Flags(rawValue: 1 << 5)
        static let innerEthernet = Flags(rawValue: 1 << 6)
        static let innerIPv4 = Flags(rawValue: 1 << 7)
        static let innerIPv6 = Flags(rawValue: 1 << 8)

        /// The bits above these are the length of the inner link header.
        static let innerLinkShift: UInt64 = 56
        static let innerLink = Flags(rawValue: 0xff << innerLinkShift)

        static let growing: Flags = [
            .fixedSegments, .outerIPv4, .outerIPv6, .outerGRE, .outerUDP, .keepsChecksum,
            .innerEthernet, .innerLink,
        ]
        static let shrinking: Flags = [.fixedSegments, .keepsChecksum, .innerIPv4, .innerIPv6]

        var innerLinkByteCount: Int { Int(rawValue >> Self.innerLinkShift) }
    }

    /// The greatest change.
    private static let limit = 0xfff

    /// Changes the packet; the checks come in the kernel's order, which decides the error.
    func apply(to call: HelperCall) throws(KernelErrno) {
        let context = call.context
        guard flags.isSubset(of: Flags.growing.union(.shrinking)) else { throw .invalidArgument }
        guard abs(difference) <= Self.limit else { throw .badAddress }
        guard let headerByteCount = Self.headerByteCount(context.networkProtocol)
        else { throw .notSupported }
        let place = try place(context.headers, headerByteCount)
        let minimum = try minimum(headerByteCount)
        let current = call.packet.byteCount - context.headers.networkOffset
        guard
            difference >= 0
                ? call.packet.byteCount + difference <= PacketLimit.byteCount
                : current + difference > 0 && current + difference >= minimum
        else { throw .notSupported }
        if difference < 0 {
            try shrink(call, at: place)
        } else {
            try grow(call, at: place)
        }
        if !flags.contains(.keepsChecksum) { context.headers.checksum = .unknown }
    }

    /// Where bytes appear or go: `BPF_ADJ_ROOM_NET` or `BPF_ADJ_ROOM_MAC`.
    private func place(
        _ headers: PacketHeaders,
        _ headerByteCount: Int
    ) throws(KernelErrno) -> Int {
        switch mode {
        case 0: headers.linkByteCount + headerByteCount
        case 1: headers.linkByteCount
        default: throw .notSupported
        }
    }

    /// How long what follows the link header must stay.
    private func minimum(_ headerByteCount: Int) throws(KernelErrno) -> Int {
        guard !flags.isDisjoint(with: [.innerIPv4, .innerIPv6]) else { return headerByteCount }
        guard difference < 0, !flags.isSuperset(of: [.innerIPv4, .innerIPv6])
        else { throw .invalidArgument }
        return flags.contains(.innerIPv4) ? 20 : 40
    }

    private static func headerByteCount(_ type: UInt16) -> Int? {
        switch type {
        case EtherType.ipv4: 20
        case EtherType.ipv6: 40
        default: nil
        }
    }

    private func shrink(_ call: HelperCall, at place: Int) throws(KernelErrno) {
        guard flags.isSubset(of: .shrinking) else { throw .invalidArgument }
        try PacketShapeHelpers.shrink(call, at: place, by: -difference)
        call.context.headers.moveTransportHeader(by: difference)
        if flags.contains(.innerIPv4) { call.context.networkProtocol = EtherType.ipv4 }
        if flags.contains(.innerIPv6) { call.context.networkProtocol = EtherType.ipv6 }
    }

    private func grow(_ call: HelperCall, at place: Int) throws(KernelErrno) {
        let encapsulates = !flags.isDisjoint(with: [.outerIPv4, .outerIPv6])
        if encapsulates { try checkEncapsulation(call.context) }
        try PacketShapeHelpers.grow(call, at: place, by: difference)
        call.context.headers.moveTransportHeader(by: difference)
        guard encapsulates else { return }
        if !flags.isDisjoint(with: [.outerGRE, .outerUDP]) {
            let networkByteCount = flags.contains(.outerIPv6) ? 40 : 20
            call.context.headers.transportOffset =
                call.context.headers.linkByteCount + networkByteCount
        }
        call.context.headers.isEncapsulated = true
        call.context.networkProtocol =
            flags.contains(.outerIPv4) ? EtherType.ipv4 : EtherType.ipv6
    }

    private func checkEncapsulation(_ context: ContextState) throws(KernelErrno) {
        guard !flags.isSuperset(of: [.outerIPv4, .outerIPv6]),
            !flags.isSuperset(of: [.outerGRE, .outerUDP]),
            !flags.contains(.innerEthernet)
                || flags.innerLinkByteCount >= PacketHeaders.ethernetByteCount
        else { throw .invalidArgument }
        guard !context.headers.isEncapsulated else { throw .alreadyInProgress }
        guard flags.innerLinkByteCount <= difference else { throw .invalidArgument }
    }
}

extension KernelErrno {
    /// The packet is inside of another one already.
    fileprivate static let alreadyInProgress = KernelErrno(rawValue: 114)  // EALREADY
}
