/// Whether something may be done: of programs of control groups.
public struct Permission: Verdict {
    /// The number that the kernel sees.
    public let rawValue: Int32

    /// A verdict by its number.
    @inline(__always)
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// No: the process gets `EPERM`.
    public static var deny: Permission { @inline(__always) get { Permission(0) } }
    /// Yes.
    public static var allow: Permission { @inline(__always) get { Permission(1) } }
}
