/// The number of a type in a ``BTF``: the order in which the types are stored, from 1.
public struct TypeID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number, as other types and `.BTF.ext` store it.
    public let rawValue: UInt32

    /// The type with a number; whether there is one, only a ``BTF`` knows.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The type with a number; whether there is one, only a ``BTF`` knows.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// `void`, which is not stored: type 0.
    public static let void = TypeID(0)

    /// Types in the order in which they are stored.
    public static func < (left: TypeID, right: TypeID) -> Bool { left.rawValue < right.rawValue }
}

extension TypeID: CustomStringConvertible {
    /// The number in brackets, as bpftool prints it.
    public var description: String { "[\(rawValue)]" }
}
