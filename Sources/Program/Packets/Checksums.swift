extension BigEndian<UInt16> {
    /// Keeps an Internet checksum right when a part of what it covers changes (RFC 1624,
    /// `bpf_csum_diff`). The size of the part is a multiple of four bytes.
    @inline(__always)
    public mutating func update<Part: BitwiseCopyable>(replacing old: Part, with new: Part) {
        typealias Difference =
            @convention(c) (UnsafeRawPointer, UInt32, UnsafeRawPointer, UInt32, UInt32) -> Int
        var (old, new) = (old, new)
        let count = UInt32(truncatingIfNeeded: MemoryLayout<Part>.size)
        let whole = helper(28, as: Difference.self)(&old, count, &new, count, UInt32(~stored))
        let sum = UInt32(truncatingIfNeeded: whole)
        let folded = (sum & 0xffff) &+ (sum >> 16)
        stored = ~UInt16(truncatingIfNeeded: (folded & 0xffff) &+ (folded >> 16))
    }
}

extension IPv4Address {
    /// The four bytes as they lie in memory, as a number: for hashing and comparing.
    @inline(__always)
    public var bits: UInt32 { stored }
}
