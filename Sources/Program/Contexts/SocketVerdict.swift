/// What becomes of data at a socket (`enum sk_action`), or of a packet at a control group: 0 is
/// drop, 1 is pass.
public struct SocketVerdict: Verdict {
    /// The number that the kernel sees.
    public let rawValue: Int32

    /// A verdict by its number.
    @inline(__always)
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// It is dropped.
    public static var drop: SocketVerdict { @inline(__always) get { SocketVerdict(0) } }
    /// It goes on.
    public static var pass: SocketVerdict { @inline(__always) get { SocketVerdict(1) } }
}
