/// Which network interface is meant.
///
/// ```swift
/// let link = try program.attachXDP(to: "eth0")
/// ```
public enum InterfaceReference: Hashable, Sendable {
    /// The one with a name: "eth0".
    case name(String)
    /// The one with a number (`ifindex`).
    case index(UInt32)
}

extension InterfaceReference: ExpressibleByStringLiteral {
    /// The interface with a name.
    public init(stringLiteral name: String) { self = .name(name) }
}

extension InterfaceReference: CustomStringConvertible {
    /// The name, or "interface 3".
    public var description: String {
        switch self {
        case .name(let name): name
        case .index(let index): "interface \(index)"
        }
    }
}
