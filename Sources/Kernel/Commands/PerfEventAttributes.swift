public import EBPFBytecode

/// What perf_event_open(2) is asked for (`struct perf_event_attr` in `linux/perf_event.h`).
///
/// Older kernels know fewer members and take the rest as long as it is zero.
public struct PerfEventAttributes: BitwiseCopyable, Sendable {
    /// `type`: the kind of event, or the number of a PMU.
    public var type: UInt32 = 0
    /// `size`: of this structure.
    public var size = UInt32(MemoryLayout<Self>.size)
    /// `config`: which event of that type.
    public var config: UInt64 = 0
    /// `sample_period` or, with ``Bits/frequency``, `sample_freq`.
    public var samplePeriod: UInt64 = 0
    /// `sample_type`: what a record contains (`PERF_SAMPLE_…`).
    public var sampleType: UInt64 = 0
    /// `read_format`.
    public var readFormat: UInt64 = 0
    /// `disabled` and the bits after it.
    public var bits: Bits = []
    /// `wakeup_events` or `wakeup_watermark`.
    public var wakeup: UInt32 = 0
    /// `bp_type`: the accesses that a breakpoint waits for.
    public var breakpointType: UInt32 = 0
    /// `bp_addr`, `kprobe_func`, `uprobe_path` or `config1`.
    public var config1: UInt64 = 0
    /// `bp_len`, `kprobe_addr`, `probe_offset` or `config2`.
    public var config2: UInt64 = 0
    /// `branch_sample_type`.
    public var branchSampleType: UInt64 = 0
    /// `sample_regs_user`.
    public var sampleUserRegisters: UInt64 = 0
    /// `sample_stack_user`.
    public var sampleUserStack: UInt32 = 0
    /// `clockid`.
    public var clock: Int32 = 0
    /// `sample_regs_intr`.
    public var sampleRegisters: UInt64 = 0
    /// `aux_watermark`.
    public var auxiliaryWatermark: UInt32 = 0
    /// `sample_max_stack`.
    public var sampleMaxStack: UInt16 = 0
    private var hole1: UInt16 = 0
    /// `aux_sample_size`.
    public var auxiliarySampleSize: UInt32 = 0
    private var hole2: UInt32 = 0
    /// `sig_data`.
    public var signalData: UInt64 = 0

    /// The bits that follow `read_format`.
    public struct Bits: OptionSet, BitwiseCopyable, Sendable {
        /// The bits as the kernel takes them.
        public let rawValue: UInt64
        /// Bits as the kernel takes them.
        public init(rawValue: UInt64) { self.rawValue = rawValue }

        /// Off until it is enabled (`disabled`).
        public static let disabled = Bits(rawValue: 1 << 0)
        /// Children count, too (`inherit`).
        public static let inherit = Bits(rawValue: 1 << 1)
        /// Not in user mode (`exclude_user`).
        public static let excludeUser = Bits(rawValue: 1 << 4)
        /// Not in kernel mode (`exclude_kernel`).
        public static let excludeKernel = Bits(rawValue: 1 << 5)
        /// Not in a hypervisor (`exclude_hv`).
        public static let excludeHypervisor = Bits(rawValue: 1 << 6)
        /// Not while idle (`exclude_idle`).
        public static let excludeIdle = Bits(rawValue: 1 << 7)
        /// The period is a frequency (`freq`).
        public static let frequency = Bits(rawValue: 1 << 10)
        /// Wake-ups count bytes (`watermark`).
        public static let watermark = Bits(rawValue: 1 << 14)
    }

    /// All zero but the size.
    public init() {}
}

extension SystemCalls {
    /// perf_event_open(2); the descriptor is not inherited by other programs.
    ///
    /// - Parameters:
    ///   - process: the process or thread to watch, 0 for the calling one, -1 for all.
    ///   - cpu: the processor to watch, -1 for all.
    ///   - isControlGroup: whether `process` is the descriptor of a control group's directory,
    ///     whose threads are watched on one processor (`PERF_FLAG_PID_CGROUP`).
    /// - Throws: the kernel's error number.
    public func openPerfEvent(
        _ attributes: PerfEventAttributes, process: Int32, cpu: Int32,
        isControlGroup: Bool = false
    ) throws(KernelErrno) -> Descriptor {
        let (closeOnExec, controlGroup) = (8, 4)
        let noGroup = -1
        var attributes = attributes
        let number = try unsafe withUnsafeMutableBytes(of: &attributes) {
            bytes throws(KernelErrno) in
            try call(
                .perfEventOpen, Int(bitPattern: bytes.baseAddress), Int(process), Int(cpu),
                noGroup, isControlGroup ? closeOnExec | controlGroup : closeOnExec)
        }
        return Descriptor(owning: number, system: self)
    }
}
