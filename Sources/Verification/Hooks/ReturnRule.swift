import EBPFBytecode
import EBPFTypeFormat

/// What a program may have in r0 when it ends.
enum ReturnRule: Hashable, Sendable {
    /// Nobody looks at it; it need not even be set.
    case unread
    /// Anything that was set; of programs that may not see the kernel's addresses
    /// (`CAP_PERFMON`), a number.
    case anything
    /// A number from a range, judged by its signed 32 or 64 bits.
    case within(ClosedRange<Int64>, is32Bit: Bool)
    /// A pointer to this structure that the program holds a reference to, unchanged; or 0.
    case acquired(TypeID)
    /// Programs of this kind cannot end: the attach type is none of theirs.
    case never

    /// The rule for the entry function of a program.
    ///
    /// Functions that it calls must return numbers; callbacks have rules of their own. An exception
    /// callback ends the program and follows this rule.
    ///
    /// - Parameters:
    ///   - type: the kind of program; for an extension, that of its target.
    ///   - place: its attach type.
    ///   - target: what it attaches to, for kinds with typed contexts.
    ///   - types: those that the target was found in.
    init(_ type: ProgramType, _ place: AttachType?, _ target: HookTarget?, in types: BTF?) {
        switch type {
        case .cgroupSocketAddress: self = Self.number(Self.addressRange(place))
        case .cgroupSKB: self = Self.number(place == .cgroupInetEgress ? 0...3 : 0...1)
        case .cgroupSocket, .socketOperations, .cgroupDevice, .cgroupSysctl, .cgroupSocketOption,
            .socketLookup, .netfilter:
            self = Self.number(0...1)
        case .kprobe:
            let isSession = place == .traceKprobeSession || place == .traceUprobeSession
            self = isSession ? Self.number(0...1) : .anything
        case .tracing: self = Self.tracing(place)
        case .lsm: self = Self.security(place, target)
        case .structOperations: self = Self.operation(target, types)
        case .unspecified, .socketFilter, .schedulerClassifier, .schedulerAction, .tracepoint, .xdp,
            .perfEvent, .lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local, .socketSKB, .socketMessage,
            .rawTracepoint, .rawTracepointWritable, .lircMode2, .socketReusePort, .flowDissector,
            .programExtension, .syscall:
            self = .anything
        }
    }

    /// The rule for extensions of programs of a type: the kernel takes those at raw tracepoints for
    /// others.
    func forExtensions(of type: ProgramType) -> ReturnRule {
        switch type {
        case .rawTracepoint, .rawTracepointWritable: Self.number(0...0)
        default: self
        }
    }

    private static func number(_ range: ClosedRange<Int64>) -> ReturnRule {
        .within(range, is32Bit: false)
    }

    /// Hooks after the fact can refuse nothing, those before a bind can skip the port's check.
    private static func addressRange(_ place: AttachType?) -> ClosedRange<Int64> {
        switch place {
        case .cgroupInet4Bind, .cgroupInet6Bind: 0...3
        case .cgroupUDP4ReceiveMessage, .cgroupUDP6ReceiveMessage, .cgroupUnixReceiveMessage,
            .cgroupInet4GetPeerName, .cgroupInet6GetPeerName, .cgroupUnixGetPeerName,
            .cgroupInet4GetSocketName, .cgroupInet6GetSocketName, .cgroupUnixGetSocketName:
            1...1
        default: 0...1
        }
    }

    private static func tracing(_ place: AttachType?) -> ReturnRule {
        switch place {
        case .traceFunctionEntry, .traceFunctionExit: number(0...0)
        case .traceRawTracepoint, .modifyReturn: .anything
        case .traceIterator: number(0...1)
        default: .never
        }
    }

    private static func security(_ place: AttachType?, _ target: HookTarget?) -> ReturnRule {
        let isSilent = target?.prototype.result == .void
        if place == .lsmCgroup { return number(isSilent ? 1...1 : 0...1) }
        guard let target, let range = SecurityHooks.results(of: target) else { return .unread }
        return .within(range, is32Bit: true)
    }

    private static func operation(_ target: HookTarget?, _ types: BTF?) -> ReturnRule {
        guard let target, let types, target.prototype.result != .void else { return .unread }
        guard case .pointer(let pointed)? = try? types.resolvedType(target.prototype.result),
            let structure = try? types.resolve(pointed)
        else { return .anything }
        return .acquired(structure)
    }
}
