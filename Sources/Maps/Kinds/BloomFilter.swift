public import EBPFBytecode
import Synchronization

/// A set that may answer "perhaps" for what it does not hold, but never "no" for what it does
/// (`BPF_MAP_TYPE_BLOOM_FILTER`).
///
/// `map_extra` says how many bits each value sets, 5 if it is 0. There are at least
/// `max_entries × bits × 7/5` bits, rounded up to a power of two, as in the kernel; which bits a
/// value sets depends on this package's own hash function.
@safe
public final class BloomFilter: Map, @unchecked Sendable {
    // SAFETY: points into `slab`; bit numbers are masked to its size.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let slab: Slab
    private let mask: UInt32
    private let hashCount: Int
    private let seed: UInt64

    private static let defaultHashCount = 5

    init(_ plan: MapPlan) throws(KernelErrno) {
        let extra = Int(plan.definition.extra & 15)
        hashCount = extra == 0 ? Self.defaultHashCount : extra
        seed = plan.seed
        mask = Self.mask(entryCount: plan.definition.maxEntries, hashCount: hashCount)
        slab = try Slab(count: Int(mask) / 64 + 1, stride: 8)
        unsafe words = slab.base.assumingMemoryBound(to: Atomic<UInt64>.self)
        super.init(plan: plan)
    }

    private static func mask(entryCount: Int, hashCount: Int) -> UInt32 {
        let wanted = entryCount * hashCount / 5 * 7
        guard wanted <= 1 << 31 else { return .max }
        var bits = 64
        while bits < wanted { bits *= 2 }
        return UInt32(truncatingIfNeeded: bits - 1)
    }

    /// Adds a value (`BPF_MAP_UPDATE_ELEM` without a key).
    public func insert(_ value: [UInt8]) throws(KernelErrno) { try update([], value) }

    /// Whether a value may have been added (`BPF_MAP_LOOKUP_ELEM` without a key, ENOENT if not).
    public func contains(_ value: [UInt8]) throws(KernelErrno) -> Bool {
        guard applicationsMayRead else { throw .notPermitted }
        guard value.count == definition.valueSize else { throw .invalidArgument }
        return try unsafe withBytes(value) { value in unsafe test(value) }
    }

    // MARK: The program's side

    @unsafe
    public override func programPush(
        _ value: UnsafeRawPointer,
        flags: UInt64
    ) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        guard flags == 0 else { throw .invalidArgument }
        unsafe add(value)
    }

    @unsafe
    public override func programPeek(_ value: UnsafeMutableRawPointer) throws(KernelErrno) {
        guard unsafe test(value) else { throw .noEntry }
    }

    // MARK: The application's side

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] { throw .invalidArgument }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        guard flags == 0 else { throw .invalidArgument }
        try unsafe withBytes(value) { value in unsafe add(value) }
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) { throw .operationNotSupported }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        throw .operationNotSupported
    }

    // MARK: Bits

    private func bit(_ value: UnsafeRawPointer, _ number: Int) -> UInt32 {
        let seed = seed &+ UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15
        return unsafe KeyHash.hash(value, count: definition.valueSize, seed: seed) & mask
    }

    private func add(_ value: UnsafeRawPointer) {
        for number in 0..<hashCount {
            let bit = unsafe bit(value, number)
            unsafe words[Int(bit >> 6)].bitwiseOr(1 << UInt64(bit & 63), ordering: .relaxed)
        }
    }

    private func test(_ value: UnsafeRawPointer) -> Bool {
        for number in 0..<hashCount {
            let bit = unsafe bit(value, number)
            let word = unsafe words[Int(bit >> 6)].load(ordering: .relaxed)
            if word & 1 << UInt64(bit & 63) == 0 { return false }
        }
        return true
    }
}
