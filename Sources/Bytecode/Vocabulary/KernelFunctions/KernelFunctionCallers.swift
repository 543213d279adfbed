extension KernelFunction {
    /// The kinds of programs a function is registered for.
    ///
    /// The kernel groups program types: what one type of a group may call, all may. Types that are
    /// in no group (raw tracepoints, socket messages, socket look-ups, socket selection, flow
    /// dissectors, infrared) may call only what everything may.
    public struct Callers: OptionSet, Hashable, Sendable {
        /// The bits; they mean nothing outside.
        public let rawValue: UInt16
        /// Callers from bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// Programs of all types (`BPF_PROG_TYPE_UNSPEC`).
        public static let everything = Callers(rawValue: 1 << 0)
        /// XDP.
        public static let xdp = Callers(rawValue: 1 << 1)
        /// Classifiers of traffic control.
        public static let trafficControl = Callers(rawValue: 1 << 2)
        /// Actions of traffic control.
        public static let trafficAction = Callers(rawValue: 1 << 3)
        /// Functions of kernel structures.
        public static let structOperations = Callers(rawValue: 1 << 4)
        /// Typed tracing, tracepoints, performance events and security modules.
        public static let tracing = Callers(rawValue: 1 << 5)
        /// Programs that run on demand.
        public static let syscall = Callers(rawValue: 1 << 6)
        /// Everything that is attached to control groups, socket operations too.
        public static let cgroup = Callers(rawValue: 1 << 7)
        /// Streams of socket maps.
        public static let socketSKB = Callers(rawValue: 1 << 8)
        /// Socket filters.
        public static let socketFilter = Callers(rawValue: 1 << 9)
        /// Lightweight tunnels.
        public static let tunnels = Callers(rawValue: 1 << 10)
        /// Netfilter.
        public static let netfilter = Callers(rawValue: 1 << 11)
        /// Kernel and user probes.
        public static let kprobe = Callers(rawValue: 1 << 12)
    }

    /// What must be true of a calling program besides its type (the kernel's filters).
    public enum Condition: Hashable, Sendable {
        /// It is an iterator (`BPF_TRACE_ITER`).
        case iterators
        /// It is a security module's.
        case securityModules
        /// It sees both ends of functions (`BPF_TRACE_KPROBE_SESSION`, `BPF_TRACE_UPROBE_SESSION`).
        case sessions
        /// It was loaded for one network device alone (`BPF_F_XDP_DEV_BOUND_ONLY`); the kernel
        /// refuses all others, whatever their type, before it looks at an instruction.
        case deviceBound
        /// It implements a function of a kernel structure, by the structure's name.
        case structure(String)
    }
}

extension KernelFunction.Callers {
    /// The group that a type of programs is in; empty if it is in none.
    public init(_ type: ProgramType) {
        switch type {
        case .xdp: self = .xdp
        case .schedulerClassifier: self = .trafficControl
        case .schedulerAction: self = .trafficAction
        case .structOperations: self = .structOperations
        case .tracing, .tracepoint, .perfEvent, .lsm: self = .tracing
        case .syscall: self = .syscall
        case .cgroupSKB, .cgroupSocket, .cgroupDevice, .cgroupSocketAddress, .cgroupSocketOption,
            .cgroupSysctl, .socketOperations:
            self = .cgroup
        case .socketSKB: self = .socketSKB
        case .socketFilter: self = .socketFilter
        case .lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local: self = .tunnels
        case .netfilter: self = .netfilter
        case .kprobe: self = .kprobe
        case .unspecified, .socketMessage, .rawTracepoint, .rawTracepointWritable, .lircMode2,
            .socketReusePort, .flowDissector, .socketLookup, .programExtension:
            self = []
        }
    }

    /// What may work with tasks, control groups and objects of its own.
    static let generic: Self = [
        .xdp, .trafficControl, .structOperations, .tracing, .syscall, .cgroup,
    ]
    /// What may use sets of processors, or steer a scheduler.
    static let scheduling: Self = [.structOperations, .tracing, .syscall]
    /// What may work with a scheduler's or a device's objects.
    static let owners: Self = [.structOperations, .syscall]
    /// What sees packets as `struct __sk_buff`, and what may trace them.
    static let packets: Self = [
        .trafficControl, .trafficAction, .tracing, .cgroup, .socketSKB, .socketFilter, .tunnels,
        .netfilter,
    ]
    /// What may look up and change tracked connections.
    static let connections: Self = [.trafficControl, .xdp]
    /// What may encrypt packets.
    static let ciphers: Self = [.trafficControl, .trafficAction, .xdp]
    /// Traffic control in both its forms.
    static let traffic: Self = [.trafficControl, .trafficAction]
    /// Nothing: the function is there for other uses.
    static let nobody: Self = []
}

/// Which programs may call which function, as Linux 6.18 decides.
///
/// Observed by offering every function to that kernel's verifier in programs of every type; the
/// rows for security modules and for infrared receivers follow the kernel's documentation.
extension ProgramType {
    /// Whether a program of this type may call a function of the kernel.
    ///
    /// Licence, sleeping and capabilities are other questions: see ``KernelFunction/flags``. An
    /// extension may call what its target may, so here it may call everything.
    ///
    /// - Parameters:
    ///   - place: where the program is to be attached; with `nil` the answer is whether there is a
    ///     place where it may.
    ///   - structure: the kernel structure whose function it implements ("Qdisc_ops").
    ///   - isDeviceBound: whether it is loaded for one network device alone.
    public func mayCall(
        _ function: KernelFunction, attachedAt place: AttachType? = nil,
        implementing structure: String? = nil, isDeviceBound: Bool = false
    ) -> Bool {
        guard self != .unspecified else { return false }
        guard self != .programExtension else { return true }
        let registered =
            function.callers.contains(.everything)
            || !function.callers.isDisjoint(with: KernelFunction.Callers(self))
        guard registered else { return false }
        return switch function.condition {
        case nil: true
        case .iterators: self == .tracing && (place ?? .traceIterator) == .traceIterator
        case .securityModules: self == .lsm
        case .sessions:
            place.map { [.traceKprobeSession, .traceUprobeSession].contains($0) } ?? true
        case .deviceBound: isDeviceBound
        case .structure(let name): (structure ?? name) == name
        }
    }
}
