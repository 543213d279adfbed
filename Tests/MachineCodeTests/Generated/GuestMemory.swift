import EBPFBytecode

/// The memory that generated programs find, the same for every engine.
enum GuestMemory {
    /// Where r1 points to: bytes that may be read and written.
    static let contextAddress: UInt64 = 2 << 32
    static let contextByteCount = 64

    /// Many objects at a distance: accesses that machine code leaves to the runtime.
    static let objectRegion = 64
    static let objectAddress = UInt64(objectRegion) << 32
    static let objectCount = 4
    static let objectByteCount = 40
    static let objectStride = 64
    static var objects: [UInt8] { (0..<(4 * 64)).map { UInt8(truncatingIfNeeded: $0 * 7) } }

    /// Bytes that may only be read, and do not begin at the region's beginning.
    static let constantRegion = 65
    static let constantAddress = UInt64(constantRegion) << 32 | 256
    static let constantByteCount = 48
    static var constants: [UInt8] { (0..<48).map { UInt8(truncatingIfNeeded: $0 * 11 + 1) } }

    /// A helper of five arguments, here one that mixes them.
    static let mixingHelper: Int32 = 25
    /// `bpf_loop`.
    static let loopHelper: Int32 = 181

    /// What ``mixingHelper`` returns.
    static func mix(
        _ r1: UInt64, _ r2: UInt64, _ r3: UInt64, _ r4: UInt64, _ r5: UInt64
    ) -> UInt64 {
        r1 &* 3 ^ (r2 << 7 | r2 >> 57) ^ (r3 &+ r4 &* 5) ^ ~r5
    }
}

/// A program to run, and what it runs on.
struct GuestRun {
    var program: [EncodedInstruction]
    /// The bytes of the context.
    var context = Array(repeating: UInt8(0), count: GuestMemory.contextByteCount)
    /// How many branches backwards and calls it may make.
    var budget = 4096
}

/// What is left of a run.
struct GuestOutcome: Equatable, CustomStringConvertible {
    /// r0, if the program ended by itself.
    var result: UInt64?
    /// The slot at which it was stopped.
    var slot: Int?
    var context: [UInt8]

    var description: String {
        let end = result.map { "r0 0x" + String($0, radix: 16) } ?? "stopped at \(slot ?? -1)"
        return end + ", context " + context.map { String($0, radix: 16) }.joined(separator: " ")
    }
}
