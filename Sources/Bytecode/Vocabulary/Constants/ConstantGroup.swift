/// Constants of the UAPI about one subject: an enumeration of `linux/bpf.h`, or macros.
///
/// A header is the list of all groups, printed.
public struct ConstantGroup: Hashable, Sendable {
    /// The name of the C enumeration, if it has one: "xdp_action".
    public let tag: String?
    /// Whether C has them as macros instead of an enumeration.
    public let areMacros: Bool
    /// The constants, in the UAPI's order.
    public let constants: [Constant]

    /// A name and its value.
    public struct Constant: Hashable, Sendable {
        /// The name: "XDP_PASS".
        public let name: String
        /// The value; all of the UAPI's fit.
        public let value: Int64
    }

    init(_ tag: String?, areMacros: Bool = false, _ constants: [(String, Int64)]) {
        self.tag = tag
        self.areMacros = areMacros
        self.constants = constants.map { Constant(name: $0.0, value: $0.1) }
    }
}

extension ConstantGroup {
    /// Every public constant of `linux/bpf.h` and `linux/bpf_common.h` of Linux 6.18, and the
    /// actions of `linux/pkt_cls.h`.
    public static let all: [ConstantGroup] =
        instructions + types + objects + packets + sockets + tracing

    /// The value of a constant, or nothing: `ConstantGroup.value(of: "XDP_PASS") == 2`.
    public static func value(of name: String) -> Int64? { valuesByName[name] }

    /// The name of a value in this group, or nothing.
    public func name(of value: Int64) -> String? {
        constants.first { $0.value == value }?.name
    }

    private static let valuesByName: [String: Int64] =
        Dictionary(all.flatMap(\.constants).map { ($0.name, $0.value) }) { first, _ in first }

    private static let instructions: [ConstantGroup] = [
        .instructionClasses, .instructionExtensions, .registers, .conditionalPseudoJumps,
        .addressSpaceCasts, .pseudoSources, .relocationKinds,
    ]

    private static let objects: [ConstantGroup] = [
        .commands, .elementFlags, .mapFlags, .programFlags, .attachFlags, .testRunFlags,
        .linkTypes, .perfEventTypes, .kprobeMultiFlags, .uprobeMultiFlags, .controlGroupOrders,
        .statistics, .streams, .taskDescriptorTypes, .kernelFunctionFlags, .sizes,
    ]

    private static let packets: [ConstantGroup] = [
        .xdpActions, .trafficControlActions, .tcxActions, .returnCodes, .storeFlags,
        .checksumReplaceFlags, .checksumPseudoHeaderFlags, .checksumLevels, .adjustRoomModes,
        .adjustRoomFlags, .adjustRoomFields, .headerStarts, .timestampTypes, .redirectFlags,
        .redirectMask, .tunnelFlags, .setTunnelFlags, .getTunnelFlags, .encapsulationModes,
        .routeLookupFlags, .routeLookupResults, .checkMTUFlags, .checkMTUResults,
        .flowDissectorFlags,
    ]

    private static let sockets: [ConstantGroup] = [
        .socketActions, .assignFlags, .socketOperationFlags, .socketOperationCodes, .tcpStates,
        .tcpOptions, .timestampingFlags, .loadHeaderOptionFlags, .writeHeaderOptionReasons,
        .networkNamespaces, .systemControlFlags, .deviceAccess, .deviceTypes, .execFlags,
    ]

    private static let tracing: [ConstantGroup] = [
        .stackFlags, .buildIDStates, .perfEventFlags, .branchRecordFlags, .ringBufferFlags,
        .ringBufferQueries, .ringBufferHeader, .storageFlags, .typePrinterFlags, .timerFlags,
    ]
}
