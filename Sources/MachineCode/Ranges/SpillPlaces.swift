import EBPFBytecode

/// The places of a stack frame to which a function spills whole registers.
struct SpillPlaces {
    /// The displacements from r10, in order.
    private let displacements: [Int]

    init(_ function: FunctionShape, _ steps: [Step]) {
        var found: Set<Int> = []
        for index in function.steps {
            guard case .store(.doubleWord, let place, .register) = steps[index].instruction,
                place.base == .r10, place.displacement % 8 == 0, -512...(-8) ~= place.displacement
            else { continue }
            found.insert(Int(place.displacement))
        }
        displacements = found.sorted()
    }

    var count: Int { displacements.count }

    /// The place that an access of a whole register is to.
    func index(of place: MemoryOperand, _ size: MemorySize) -> Int? {
        size == .doubleWord ? displacements.firstIndex(of: Int(place.displacement)) : nil
    }

    /// The places that a store at a distance from r10 changes.
    func indices(changedBy place: MemoryOperand, _ size: MemorySize) -> [Int] {
        let start = Int(place.displacement), end = start + size.byteCount
        return displacements.indices.filter {
            displacements[$0] < end && start < displacements[$0] + 8
        }
    }
}
