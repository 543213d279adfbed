import EBPFBytecode

/// A function whose instructions name what they refer to; slots count from its own start.
struct ResolvedFunction {
    let function: ObjectFunction
    let instructions: [EncodedInstruction]
    /// Calls of other functions, and loads of their addresses: the slot and the other's number.
    let links: [(slot: Int, target: Int)]
    let references: [ProgramReference]
}

/// All that relocations may refer to.
struct LinkContext {
    let elf: ELFFile
    let functions: FunctionTable
    let symbols: SymbolResolver
    let externals: Externals
}

/// Applies relocations to the instructions of functions, each once.
struct FunctionResolver {
    let context: LinkContext
    private var relocations = PerSection<ELFRelocation>()
    private var resolved: [ResolvedFunction] = []
    /// Where the function with a number is among those resolved; negative if it is not.
    private var places: [Int]

    init(_ context: LinkContext) {
        self.context = context
        places = Array(repeating: -1, count: context.functions.functions.count)
    }

    /// The function with a number.
    mutating func resolve(_ index: Int) throws(ObjectFileError) -> ResolvedFunction {
        if places[index] >= 0 { return resolved[places[index]] }
        let function = context.functions.functions[index]
        var work = FunctionRelocation(context, function)
        try work.run(try relocations(in: function))
        let found = ResolvedFunction(
            function: function,
            instructions: work.instructions,
            links: work.links,
            references: work.references
        )
        places[index] = resolved.count
        resolved.append(found)
        return found
    }

    /// The relocations of the function's slots, at most one of each, in their order.
    private mutating func relocations(
        in function: ObjectFunction
    ) throws(ObjectFileError) -> ArraySlice<ELFRelocation> {
        if relocations[function.section].isEmpty {
            relocations[function.section] = try context.elf.relocations(of: function.section)
        }
        let all = relocations[function.section]
        let bytes = UInt64(function.slots.lowerBound * 8)..<UInt64(function.slots.upperBound * 8)
        let first = all.partitioningIndex { $0.offset >= bytes.lowerBound }
        let end = all.partitioningIndex { $0.offset >= bytes.upperBound }
        var previous = -1
        for relocation in all[first..<max(first, end)] {
            let slot = Int(relocation.offset - bytes.lowerBound) / 8
            // LLVM names the instruction, gcc may name its immediate.
            guard relocation.offset % 8 == 0 || relocation.offset % 8 == 4, slot != previous
            else {
                throw ObjectFileError(
                    .instruction(function: function.name, slot: slot),
                    .relocatedInstruction("changed once and as a whole")
                )
            }
            previous = slot
        }
        return all[first..<max(first, end)]
    }
}

extension Array {
    /// The first index whose element satisfies a condition that all later ones satisfy, too.
    func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
