/// The processor that runs the program.
public enum Processor {
    /// Its number (`bpf_get_smp_processor_id`).
    @inline(__always)
    public static var id: UInt32 { Helpers.getSmpProcessorId() }

    /// The number of its node of memory (`bpf_get_numa_node_id`, Linux 4.10).
    @inline(__always)
    public static var node: Int { Helpers.getNumaNodeId() }
}

/// A random number (`bpf_get_prandom_u32`).
@inline(__always)
public func randomNumber() -> UInt32 { Helpers.getPrandomU32() }
