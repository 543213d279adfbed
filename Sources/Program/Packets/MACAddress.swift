/// The address of a network interface.
public struct MACAddress: BitwiseCopyable, Hashable, Sendable {
    /// Its bytes.
    public var bytes: InlineArray<6, UInt8>

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool {
        var difference: UInt8 = 0
        for index in 0..<6 { difference |= left.bytes[index] ^ right.bytes[index] }
        return difference == 0
    }

    /// Feeds the bytes to a hasher.
    @inline(__always)
    public func hash(into hasher: inout Hasher) {
        for index in 0..<6 { hasher.combine(bytes[index]) }
    }

    /// Whether it is for many: multicast or broadcast.
    @inline(__always)
    public var isGroup: Bool { bytes[0] & 1 != 0 }
}
