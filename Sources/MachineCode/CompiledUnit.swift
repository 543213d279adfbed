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

    /// Machine code of an analysed unit, with the places of its functions and steps in their order.
    init(_ analysis: UnitAnalysis, code: [UInt8], entries: [Int32], places: [Int32]) {
        self.code = code
        self.places = places
        slots = analysis.steps.map(\.slot)
        var table: [Int: Int] = [:]
        for (function, entry) in zip(analysis.functions, entries) {
            table[Int(analysis.steps[function.steps.lowerBound].slot)] = Int(entry)
        }
        self.entries = table
    }

    /// The parts of the code in their order, each with the slot that it comes from; `nil` is what
    /// belongs to none: beginnings of functions, and what all share.
    ///
    /// What an instruction does rarely lies behind its function, and counts to the last one.
    public var parts: [(slot: Int?, bytes: Range<Int>)] {
        var starts: [Int: Int?] = [0: nil]
        for entry in entries.values { starts[entry] = .some(nil) }
        for (place, slot) in zip(places, slots) where starts[Int(place)] == nil {
            starts[Int(place)] = Int(slot)
        }
        // Of instructions that became one, the first has the place.
        let ordered = starts.sorted { $0.key < $1.key }
        return ordered.enumerated().map { index, part in
            let end = index + 1 < ordered.count ? ordered[index + 1].key : code.count
            return (part.value, part.key..<max(part.key, end))
        }
    }
}
