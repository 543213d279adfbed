/// What becomes of a packet at a hook of netfilter.
public struct NetfilterVerdict: Verdict {
    /// The number that the kernel sees.
    public let rawValue: Int32

    /// A verdict by its number.
    @inline(__always)
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// It is dropped (`NF_DROP`).
    public static var drop: NetfilterVerdict { @inline(__always) get { NetfilterVerdict(0) } }
    /// It goes on (`NF_ACCEPT`).
    public static var accept: NetfilterVerdict { @inline(__always) get { NetfilterVerdict(1) } }
}
