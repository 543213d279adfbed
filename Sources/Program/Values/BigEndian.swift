/// A number as it lies in a packet: the first byte is the greatest.
public struct BigEndian<Number: FixedWidthInteger & BitwiseCopyable>: BitwiseCopyable, Hashable {
    @usableFromInline var stored: Number

    /// A number, turned into the order of packets.
    @inline(__always)
    public init(_ number: Number) { stored = number.bigEndian }

    /// The number.
    @inline(__always)
    public var value: Number {
        get { Number(bigEndian: stored) }
        set { stored = newValue.bigEndian }
    }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool { left.stored == right.stored }
}

extension BigEndian: Sendable where Number: Sendable {}

extension BigEndian: ExpressibleByIntegerLiteral {
    /// A number written in the source: `header.port = 443`.
    @inline(__always)
    public init(integerLiteral value: Number.IntegerLiteralType) {
        self.init(Number(integerLiteral: value))
    }
}
