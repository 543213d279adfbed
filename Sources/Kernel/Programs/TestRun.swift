public import EBPFBytecode

/// What a program is run on without being attached (`BPF_PROG_TEST_RUN`).
public struct TestRun: Hashable, Sendable {
    /// The packet; `nil` for programs that see none.
    public var packet: [UInt8]?
    /// The context, in the layout of the UAPI; what is not given is zero.
    public var context: [UInt8]?
    /// How often it runs on the same packet.
    public var repetitions: UInt32
    /// How it runs.
    public var flags: Flags
    /// The processor, where `flags` says so.
    public var cpu: UInt32
    /// How many live frames are sent at a time; 0 for the kernel's choice (64).
    public var batchSize: UInt32

    /// A run on a packet, on a context, or on nothing.
    public init(
        packet: [UInt8]? = nil, context: [UInt8]? = nil, repetitions: UInt32 = 1,
        flags: Flags = [], cpu: UInt32 = 0, batchSize: UInt32 = 0
    ) {
        self.packet = packet
        self.context = context
        self.repetitions = repetitions
        self.flags = flags
        self.cpu = cpu
        self.batchSize = batchSize
    }

    /// How a program runs.
    public struct Flags: OptionSet, Hashable, Sendable {
        /// The bits, `BPF_F_TEST_…` in `linux/bpf.h`.
        public let rawValue: UInt32
        /// Flags from bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// On a certain processor; raw tracepoints only (`BPF_F_TEST_RUN_ON_CPU`).
        public static let onProcessor = Flags(rawValue: 1)
        /// The packets are really sent, redirected or passed to the stack; XDP only
        /// (`BPF_F_TEST_XDP_LIVE_FRAMES`).
        public static let liveFrames = Flags(rawValue: 2)
        /// The packet's checksum is complete; for what sees socket buffers
        /// (`BPF_F_TEST_SKB_CHECKSUM_COMPLETE`).
        public static let completeChecksum = Flags(rawValue: 4)
    }
}

/// What a run without attachment left behind.
public struct TestRunResult: Hashable, Sendable {
    /// The program's verdict: the lower half of r0 of the last run.
    public let returned: UInt32
    /// The packet after the last run; of flow dissectors the `struct bpf_flow_keys`.
    public let packet: [UInt8]
    /// The context after the last run, if one was given.
    public let context: [UInt8]
    /// The mean time of a run in nanoseconds; 0 for kinds that are not timed.
    public let nanoseconds: UInt32
}

extension ProgramType {
    /// Whether the kernel runs programs of this type without attaching them.
    ///
    /// Of typed tracing programs only those at the entry and the exit of functions, of those that
    /// implement structures only some.
    public var canBeTestRun: Bool { Self.testable.contains(self) }

    /// The types that can be run without attaching them, in the order of their numbers.
    public static let testable: [ProgramType] = [
        .socketFilter, .schedulerClassifier, .schedulerAction, .xdp, .cgroupSKB, .lwtIn, .lwtOut,
        .lwtTransmit, .rawTracepoint, .lwtSeg6Local, .flowDissector, .rawTracepointWritable,
        .tracing, .structOperations, .socketLookup, .syscall, .netfilter,
    ]
}
