/// An address of IPv6, in the order of the network.
public struct IPv6Address: BitwiseCopyable, Hashable, Sendable {
    /// Its four words, as they lie in a packet.
    public var words: (UInt32, UInt32, UInt32, UInt32)

    /// An address of four words in the order of the network.
    @inline(__always)
    public init(words first: UInt32, _ second: UInt32, _ third: UInt32, _ fourth: UInt32) {
        words = (first, second, third, fourth)
    }

    /// An address of eight groups: `2001:db8:0:0:0:0:0:1`.
    @inline(__always)
    public init(
        _ a: UInt16, _ b: UInt16, _ c: UInt16, _ d: UInt16, _ e: UInt16, _ f: UInt16, _ g: UInt16,
        _ h: UInt16
    ) {
        words = (Self.word(a, b), Self.word(c, d), Self.word(e, f), Self.word(g, h))
    }

    /// An address of IPv4 as one of IPv6: `::ffff:192.0.2.1` (RFC 4291, section 2.5.5.2).
    @inline(__always)
    public init(mapping address: IPv4Address) {
        words = (0, 0, UInt32(0xffff).bigEndian, address.stored)
    }

    @inline(__always) @usableFromInline
    static func word(_ high: UInt16, _ low: UInt16) -> UInt32 {
        (UInt32(high) << 16 | UInt32(low)).bigEndian
    }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool {
        left.words.0 == right.words.0 && left.words.1 == right.words.1
            && left.words.2 == right.words.2 && left.words.3 == right.words.3
    }

    /// Feeds the words to a hasher.
    @inline(__always)
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}
