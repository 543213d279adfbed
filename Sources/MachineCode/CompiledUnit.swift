/// Machine code of a unit, and where its parts are.
public struct CompiledUnit: Sendable {
    /// The code; it can lie anywhere.
    public let code: [UInt8]
    /// Where each function begins in the code, by its first slot.
    public let entries: [Int: Int]
    /// Where each instruction begins in the code, in the order of slots.
    public let places: [Int32]
    /// The slot of each of those instructions.
    public let slots: [Int32]
}
