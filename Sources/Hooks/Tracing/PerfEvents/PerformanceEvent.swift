/// Something that the kernel or the processor counts, and runs a program at (kind perf event).
///
/// As text it is what perf(1) calls it: `cpu-clock`, `cycles`, `page-faults`, `r1a8` for a raw
/// event, `mem:0x601040/4:w` for a breakpoint.
public enum PerformanceEvent: Hashable, Sendable {
    /// Something that the kernel counts.
    case software(SoftwareEvent)
    /// Something that the processor counts, if it has counters.
    case hardware(HardwareEvent)
    /// A number of the processor's manual.
    case raw(UInt64)
    /// Uses of some bytes of memory.
    case breakpoint(address: UInt64, length: UInt64, MemoryAccess)

    /// What the kernel counts (`enum perf_sw_ids`).
    public enum SoftwareEvent: UInt64, CaseIterable, Sendable {
        /// `PERF_COUNT_SW_CPU_CLOCK`: nanoseconds of a processor.
        case cpuClock = 0
        /// `PERF_COUNT_SW_TASK_CLOCK`: nanoseconds of a thread.
        case taskClock
        /// `PERF_COUNT_SW_PAGE_FAULTS`.
        case pageFaults
        /// `PERF_COUNT_SW_CONTEXT_SWITCHES`.
        case contextSwitches
        /// `PERF_COUNT_SW_CPU_MIGRATIONS`.
        case migrations
        /// `PERF_COUNT_SW_PAGE_FAULTS_MIN`.
        case minorFaults
        /// `PERF_COUNT_SW_PAGE_FAULTS_MAJ`.
        case majorFaults
        /// `PERF_COUNT_SW_ALIGNMENT_FAULTS`.
        case alignmentFaults
        /// `PERF_COUNT_SW_EMULATION_FAULTS`.
        case emulationFaults
        /// `PERF_COUNT_SW_CGROUP_SWITCHES`.
        case controlGroupSwitches = 11
    }

    /// What processors count (`enum perf_hw_id`).
    public enum HardwareEvent: UInt64, CaseIterable, Sendable {
        /// `PERF_COUNT_HW_CPU_CYCLES`.
        case cycles = 0
        /// `PERF_COUNT_HW_INSTRUCTIONS`.
        case instructions
        /// `PERF_COUNT_HW_CACHE_REFERENCES`.
        case cacheReferences
        /// `PERF_COUNT_HW_CACHE_MISSES`.
        case cacheMisses
        /// `PERF_COUNT_HW_BRANCH_INSTRUCTIONS`.
        case branches
        /// `PERF_COUNT_HW_BRANCH_MISSES`.
        case branchMisses
        /// `PERF_COUNT_HW_BUS_CYCLES`.
        case busCycles
        /// `PERF_COUNT_HW_STALLED_CYCLES_FRONTEND`.
        case stalledCyclesFrontend
        /// `PERF_COUNT_HW_STALLED_CYCLES_BACKEND`.
        case stalledCyclesBackend
        /// `PERF_COUNT_HW_REF_CPU_CYCLES`.
        case referenceCycles
    }

    /// The accesses that a breakpoint waits for (`HW_BREAKPOINT_…`).
    public struct MemoryAccess: OptionSet, Hashable, Sendable {
        /// The bits as the kernel takes them.
        public let rawValue: UInt32
        /// Bits as the kernel takes them.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// `HW_BREAKPOINT_R`.
        public static let read = MemoryAccess(rawValue: 1)
        /// `HW_BREAKPOINT_W`.
        public static let write = MemoryAccess(rawValue: 2)
        /// `HW_BREAKPOINT_X`.
        public static let execute = MemoryAccess(rawValue: 4)
    }
}

/// How often a program at a perf event runs.
public enum PerfEventRate: Hashable, Sendable {
    /// Once for so many: clocks count nanoseconds.
    case every(UInt64)
    /// About so many times a second, as far as the event is frequent enough.
    case perSecond(UInt64)
}

/// Where a perf event is watched.
public enum PerfEventScope: Hashable, Sendable {
    /// On all processors, whoever runs.
    case everywhere
    /// On one processor, whoever runs.
    case processor(Int32)
    /// In a thread (0 for the calling one), on whichever processor, or on one only.
    case thread(Int32, processor: Int32? = nil)
    /// In the threads of a control group, by its directory, on all processors.
    case controlGroup(path: String)
}
