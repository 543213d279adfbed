/// SipHash-1-3, a short-input hash that nobody can predict without the key (Aumasson, Bernstein).
struct SipHash {
    private var v0, v1, v2, v3: UInt64
    private var count: UInt64 = 0

    /// A hash with a key of 128 bits.
    init(key: (UInt64, UInt64)) {
        v0 = 0x736f_6d65_7073_6575 ^ key.0
        v1 = 0x646f_7261_6e64_6f6d ^ key.1
        v2 = 0x6c79_6765_6e65_7261 ^ key.0
        v3 = 0x7465_6462_7974_6573 ^ key.1
    }

    /// Adds a word.
    mutating func add(_ word: UInt64) {
        v3 ^= word
        round()
        v0 ^= word
        count &+= 8
    }

    /// Adds bytes, padded with zeros to whole words.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for start in stride(from: 0, to: bytes.count, by: 8) {
            let word = (start..<min(start + 8, bytes.count)).reversed().reduce(0 as UInt64) {
                unsafe $0 << 8 | UInt64(bytes[$1])
            }
            add(word)
        }
    }

    /// The hash of what was added.
    var finished: UInt64 {
        var state = self
        let last = count << 56
        state.v3 ^= last
        state.round()
        state.v0 ^= last
        state.v2 ^= 0xff
        for _ in 0..<3 { state.round() }
        return state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    }

    private mutating func round() {
        v0 &+= v1
        v1 = rotate(v1, 13) ^ v0
        v0 = rotate(v0, 32)
        v2 &+= v3
        v3 = rotate(v3, 16) ^ v2
        v0 &+= v3
        v3 = rotate(v3, 21) ^ v0
        v2 &+= v1
        v1 = rotate(v1, 17) ^ v2
        v2 = rotate(v2, 32)
    }

    private func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word &<< count | word &>> (64 - count)
    }
}
