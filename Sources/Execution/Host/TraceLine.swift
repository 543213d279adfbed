/// A line that a program printed (`bpf_trace_printk`, `bpf_trace_vprintk`).
public struct TraceLine: Hashable, Sendable {
    /// The program that printed it.
    public let program: String
    /// The CPU it ran on.
    public let cpu: Int
    /// When, in nanoseconds of the host's monotonic clock.
    public let timestamp: UInt64
    /// The text, without the line end.
    public let text: String
}
