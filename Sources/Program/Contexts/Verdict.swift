/// What a program returns: a number with a name.
public protocol Verdict: BitwiseCopyable, Equatable, Sendable {
    /// The number that the kernel sees.
    var rawValue: Int32 { get }
    /// A verdict by its number.
    init(_ rawValue: Int32)
}

extension Verdict {
    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }
}
