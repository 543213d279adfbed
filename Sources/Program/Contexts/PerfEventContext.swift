/// The argument of programs on samples (`struct bpf_perf_event_data`): the registers, and what was
/// sampled.
public struct PerfEventContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The registers of the processor when the sample was taken.
    @inline(__always)
    public var registers: RegistersContext { RegistersContext(pointer: pointer) }

    /// How many events a sample stands for.
    @inline(__always)
    public var period: UInt64 {
        #if EBPF_TARGET_ARM64
        load(272)
        #else
        load(168)
        #endif
    }

    /// The address of the data, if the event has one.
    @inline(__always)
    public var address: UInt64 {
        #if EBPF_TARGET_ARM64
        load(280)
        #else
        load(176)
        #endif
    }
}
