import Synchronization

/// The random numbers of programs: a fixed sequence if a seed is given.
///
/// The generator is SplitMix64 (Steele, Lea and Flood, 2014): small, fast, and good enough for what
/// `bpf_get_prandom_u32` promises.
final class RandomNumbers: Sendable {
    private let state: Atomic<UInt64>

    init(seed: UInt64?) {
        state = Atomic(seed ?? UInt64.random(in: .min ... .max))
    }

    /// Begins the sequence of a seed.
    func begin(with seed: UInt64) { state.store(seed, ordering: .relaxed) }

    /// The next number.
    func next() -> UInt32 {
        let step: UInt64 = 0x9e37_79b9_7f4a_7c15
        var z = state.wrappingAdd(step, ordering: .relaxed).newValue
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return UInt32(truncatingIfNeeded: (z ^ (z >> 31)) >> 32)
    }
}
