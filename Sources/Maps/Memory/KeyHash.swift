/// The hash function of keys: multiply-and-fold over 16 bytes at a time.
///
/// It is keyed by a seed so that whoever chooses the keys (the sender of packets, often) cannot
/// choose the collisions.
enum KeyHash {
    private static let first: UInt64 = 0x9e37_79b9_7f4a_7c15
    private static let second: UInt64 = 0xd6e8_feb8_6659_fd93
    private static let third: UInt64 = 0xa076_1d64_78bd_642f

    /// The hash of `count` bytes.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawPointer, count: Int, seed: UInt64) -> UInt32 {
        var state = seed ^ first ^ (UInt64(truncatingIfNeeded: count) &* second)
        var offset = 0
        while count &- offset >= 16 {
            let low = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let high = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
            state = fold(low ^ second, high ^ state)
            offset &+= 16
        }
        if count &- offset >= 8 {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            state = fold(word ^ third, state ^ first)
            offset &+= 8
        }
        if count &- offset >= 4 {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            state = fold(UInt64(word) ^ second, state ^ third)
            offset &+= 4
        }
        while offset < count {
            let byte = unsafe bytes.load(fromByteOffset: offset, as: UInt8.self)
            state = fold(UInt64(byte) ^ first, state ^ second)
            offset &+= 1
        }
        let mixed = fold(state ^ first, third)
        return UInt32(truncatingIfNeeded: mixed ^ (mixed >> 32))
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.low ^ product.high
    }

    /// Whether two runs of `count` bytes are equal.
    @inline(__always)
    static func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
        var offset = 0
        while count &- offset >= 8 {
            let here = unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let there = unsafe right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if here != there { return false }
            offset &+= 8
        }
        if count &- offset >= 4 {
            let here = unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            let there = unsafe right.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            if here != there { return false }
            offset &+= 4
        }
        while offset < count {
            let here = unsafe left.load(fromByteOffset: offset, as: UInt8.self)
            let there = unsafe right.load(fromByteOffset: offset, as: UInt8.self)
            if here != there { return false }
            offset &+= 1
        }
        return true
    }
}
