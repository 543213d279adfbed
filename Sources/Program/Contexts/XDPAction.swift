/// What becomes of a packet (`enum xdp_action`).
public struct XDPAction: Verdict {
    /// The number that the kernel sees.
    public let rawValue: Int32

    /// A verdict by its number.
    @inline(__always)
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// It is dropped, and the failure can be traced.
    public static var aborted: XDPAction { @inline(__always) get { XDPAction(0) } }
    /// It is dropped.
    public static var drop: XDPAction { @inline(__always) get { XDPAction(1) } }
    /// It goes on.
    public static var pass: XDPAction { @inline(__always) get { XDPAction(2) } }
    /// It is sent back out of the interface it came by.
    public static var transmit: XDPAction { @inline(__always) get { XDPAction(3) } }
    /// It goes where a redirection said.
    public static var redirect: XDPAction { @inline(__always) get { XDPAction(4) } }
}
