/// A function of the kernel that programs call by number (`BPF_FUNC_…` in `linux/bpf.h`).
///
/// One row says everything that a header, a verifier or a machine must know: the C prototype, what
/// each argument must be, what comes back and what the call does besides.
public struct Helper: Hashable, Sendable {
    /// The number, as the call instruction has it.
    public let id: HelperID
    /// The UAPI's name without `bpf_`: "map_lookup_elem".
    public let name: String
    /// The first kernel that has it.
    public let since: KernelVersion
    /// The C type of the result.
    public let resultType: String
    /// What the result is.
    public let result: Result
    /// The parameters, in the registers r1, r2, ….
    public let parameters: [Parameter]
    /// What else the call does or needs.
    public let effects: Effects

    /// A row of the table.
    init(
        _ id: HelperID,
        _ name: String,
        since major: UInt8,
        _ minor: UInt8,
        _ resultType: String,
        _ result: Result,
        _ parameters: [Parameter] = [],
        _ effects: Effects = []
    ) {
        self.id = id
        self.name = name
        since = KernelVersion(major, minor)
        self.resultType = resultType
        self.result = result
        self.parameters = parameters
        self.effects = effects
    }
}

extension Helper {
    /// What a call does besides computing its result, and what it needs.
    public struct Effects: OptionSet, Hashable, Sendable {
        /// The bits; they mean nothing outside.
        public let rawValue: UInt16
        /// Effects from bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// Only programs under a licence compatible with the GPL may call it (`gpl_only`).
        public static let requiresGPL = Effects(rawValue: 1)
        /// It may sleep: only sleepable programs may call it (`might_sleep`).
        public static let mightSleep = Effects(rawValue: 2)
        /// Pointers into a packet may be arguments (`pkt_access`).
        public static let takesPacketPointers = Effects(rawValue: 4)
        /// It may move the packet: pointers into it are invalid after the call.
        public static let movesPacket = Effects(rawValue: 8)
        /// The result is a reference that the program must give back.
        public static let acquires = Effects(rawValue: 16)
        /// More arguments may follow the named ones, in the registers that are left.
        public static let isVariadic = Effects(rawValue: 32)
        /// A compiler may keep r1 to r5 over the call (`bpf_fastcall`).
        public static let keepsRegisters = Effects(rawValue: 64)
        /// The result is the same object as the argument: giving either back gives both back.
        public static let passesReference = Effects(rawValue: 128)
    }

    /// What comes back in r0.
    public struct Result: Hashable, Sendable {
        /// What it is.
        public let kind: Kind
        /// Whether it may be null instead.
        public let isNullable: Bool

        private init(_ kind: Kind, isNullable: Bool = false) {
            self.kind = kind
            self.isNullable = isNullable
        }

        /// A number (`RET_INTEGER`).
        public static let integer = Result(.integer)
        /// Nothing: r0 must not be read (`RET_VOID`).
        public static let nothing = Result(.nothing)

        /// A pointer of a kind that is never null.
        public static func pointer(_ kind: Kind) -> Result { Result(kind) }

        /// A pointer of a kind, or null.
        public static func pointerOrNull(_ kind: Kind) -> Result { Result(kind, isNullable: true) }

        /// The kinds of results.
        public enum Kind: Hashable, Sendable {
            /// A number.
            case integer
            /// Nothing.
            case nothing
            /// A value of the map that is an argument.
            case mapValue
            /// A full socket (`struct bpf_sock`).
            case socket
            /// A TCP socket (`struct bpf_tcp_sock`).
            case tcpSocket
            /// A socket of which only the common part exists (`struct bpf_sock`).
            case socketCommon
            /// A record of a ring buffer, as long as the constant size argument says.
            case ringBufferRecord
            /// Memory of a dynptr, as long as the constant size argument says.
            case dynptrMemory
            /// A value of the kernel's per-CPU variable: memory, or a structure if it is one.
            case perCPUVariable
            /// A structure of the kernel, by its name; `trusted` ones are alive for certain.
            case structure(String, trusted: Bool)
            /// What the exchanged pointer's field points to.
            case kernelPointer
        }
    }
}

extension Helper {
    /// The helper with a number.
    public init(_ id: HelperID) {
        // The table holds every number; the fallback keeps the lookup total and is never reached.
        self =
            Self.all.indices.contains(Int(id.rawValue) - 1)
            ? Self.all[Int(id.rawValue) - 1] : Helper(id, "", since: 0, 0, "long", .integer)
    }

    /// The helper with the number of a call instruction, or nothing.
    public init?(number: UInt32) {
        guard let id = HelperID(rawValue: number) else { return nil }
        self.init(id)
    }

    /// The helper with a name, with or without `bpf_`, or nothing.
    public init?(name: String) {
        let bare = name.hasPrefix("bpf_") ? String(name.dropFirst(4)) : name
        guard let found = Self.byName[bare] else { return nil }
        self = found
    }

    /// Whether only programs under a licence compatible with the GPL may call it.
    public var requiresGPL: Bool { effects.contains(.requiresGPL) }

    /// The prototype in C: `long bpf_map_update_elem(void *map, const void *key, …)`.
    public var prototype: String {
        let separator = resultType.hasSuffix("*") ? "" : " "
        let named = parameters.map(\.declaration) + (effects.contains(.isVariadic) ? ["..."] : [])
        let list = named.isEmpty ? "void" : named.joined(separator: ", ")
        return "\(resultType)\(separator)bpf_\(name)(\(list))"
    }

    /// All 211 helpers of Linux 6.18, by number, the first is 1.
    public static let all: [Helper] =
        (maps + memory + packets + redirections + sockets + streams + controlGroups + tracing
        + identities + text + security + flow + time)
        .sorted { $0.id.rawValue < $1.id.rawValue }

    private static let byName: [String: Helper] =
        Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}

extension Helper: CustomStringConvertible {
    /// The prototype in C.
    public var description: String { prototype }
}
