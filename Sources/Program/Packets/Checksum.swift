/// The checksum of the Internet (RFC 1071), kept right while fields change (RFC 1624).
public enum Checksum {
    /// The checksum after a word of 16 bits has changed. Words are as they lie in the packet.
    @inline(__always)
    public static func updated(_ checksum: UInt16, from old: UInt16, to new: UInt16) -> UInt16 {
        folded(UInt64(~checksum) &+ UInt64(~old) &+ UInt64(new))
    }

    /// The checksum after a word of 32 bits has changed, such as an address.
    @inline(__always)
    public static func updated(_ checksum: UInt16, from old: UInt32, to new: UInt32) -> UInt16 {
        folded(UInt64(~checksum) &+ UInt64(~old) &+ UInt64(new))
    }

    /// A sum of words as a checksum.
    @inline(__always)
    public static func folded(_ sum: UInt64) -> UInt16 {
        var sum = (sum & 0xffff_ffff) &+ (sum >> 32)
        sum = (sum & 0xffff) &+ (sum >> 16)
        sum = (sum & 0xffff) &+ (sum >> 16)
        sum = (sum & 0xffff) &+ (sum >> 16)
        return ~UInt16(truncatingIfNeeded: sum)
    }

    /// The sum of the words of a value, of a multiple of 4 bytes, added to another sum
    /// (`bpf_csum_diff`). ``folded(_:)`` makes a checksum of it.
    @inline(__always)
    public static func sum<Value: BitwiseCopyable>(of value: Value, adding sum: UInt32 = 0)
        -> UInt64
    {
        var value = value
        let count = UInt32(truncatingIfNeeded: MemoryLayout<Value>.size)
        return UInt64(bitPattern: Helpers.csumDiff(nil, 0, &value, count, sum))
    }
}

extension BigEndian<UInt16> {
    /// As a checksum: kept right when a number of 16 bits, such as a port, changes.
    @inline(__always)
    public mutating func update(from old: BigEndian<UInt16>, to new: BigEndian<UInt16>) {
        stored = Checksum.updated(stored, from: old.stored, to: new.stored)
    }

    /// As a checksum: kept right when an address changes.
    @inline(__always)
    public mutating func update(from old: IPv4Address, to new: IPv4Address) {
        stored = Checksum.updated(stored, from: old.stored, to: new.stored)
    }

    /// As a checksum: kept right when an address changes.
    @inline(__always)
    public mutating func update(from old: IPv6Address, to new: IPv6Address) {
        stored = Checksum.updated(stored, from: old.words.0, to: new.words.0)
        stored = Checksum.updated(stored, from: old.words.1, to: new.words.1)
        stored = Checksum.updated(stored, from: old.words.2, to: new.words.2)
        stored = Checksum.updated(stored, from: old.words.3, to: new.words.3)
    }
}
