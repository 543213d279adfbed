/// What the kernel's flow dissector does after a program (`enum bpf_ret_code`).
public struct FlowVerdict: Verdict {
    /// The number that the kernel sees.
    public let rawValue: Int32

    /// A verdict by its number.
    @inline(__always)
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// The program has filled the keys (`BPF_OK`).
    public static var done: FlowVerdict { @inline(__always) get { FlowVerdict(0) } }
    /// The packet is dropped (`BPF_DROP`).
    public static var drop: FlowVerdict { @inline(__always) get { FlowVerdict(2) } }
    /// The kernel goes on by itself (`BPF_FLOW_DISSECTOR_CONTINUE`).
    public static var next: FlowVerdict { @inline(__always) get { FlowVerdict(129) } }
}
