import EBPFTypeFormat

/// An IPv4 address as packets and programs hold it: 4 bytes, the first one first (`__be32`).
public struct IPv4Address: BitwiseCopyable, Hashable, Sendable, OpaqueValue {
    private var bigEndian: UInt32

    /// The address that a number stands for: `0x7f00_0001` is 127.0.0.1.
    public init(_ number: UInt32) { bigEndian = number.bigEndian }

    /// The number that the address stands for: of 127.0.0.1 it is `0x7f00_0001`.
    public var number: UInt32 { UInt32(bigEndian: bigEndian) }
}

extension IPv4Address: LosslessStringConvertible {
    /// Reads `10.0.0.1`, or returns `nil`.
    public init?(_ description: String) {
        guard case .ipv4(let number) = NetworkAddress(ipv4: description) else { return nil }
        self.init(number)
    }

    /// `10.0.0.1`.
    public var description: String { NetworkAddress.ipv4(number).description }
}

/// An IPv6 address as packets and programs hold it: 16 bytes, the first one first
/// (`struct in6_addr`).
public struct IPv6Address: BitwiseCopyable, Hashable, Sendable, OpaqueValue {
    // Aligned like `struct in6_addr`, to 4 bytes.
    private var words: (UInt32, UInt32, UInt32, UInt32)

    /// The address that a number stands for: `1` is `::1`.
    public init(_ number: UInt128) {
        func word(_ index: Int) -> UInt32 {
            UInt32(truncatingIfNeeded: number >> (32 * (3 - index))).bigEndian
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The number that the address stands for: of `::1` it is `1`.
    public var number: UInt128 {
        [words.0, words.1, words.2, words.3].reduce(0) { $0 << 32 | UInt128(UInt32(bigEndian: $1)) }
    }

    /// Whether two addresses are the same.
    public static func == (left: IPv6Address, right: IPv6Address) -> Bool {
        left.words == right.words
    }

    /// Feeds the bytes to a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension IPv6Address: LosslessStringConvertible {
    /// Reads any of the forms of RFC 4291, or returns `nil`.
    public init?(_ description: String) {
        guard case .ipv6(let number) = NetworkAddress(ipv6: description) else { return nil }
        self.init(number)
    }

    /// `2001:db8::1` (RFC 5952).
    public var description: String { NetworkAddress.ipv6(number).description }
}
