import EBPFBytecode
import EBPFTypeFormat

/// Puts programs together: the entry function, then every subprogram that it reaches, each once.
struct ProgramLinker {
    private var resolver: FunctionResolver
    private let records: TypeExtension
    private let types: BTF?
    /// Slots of all programs so far; each has copies of its subprograms.
    private var slotCount = 0
    /// Where each function begins in the program that is put together; negative if it is not there.
    private var starts: [Int]

    init(_ resolver: FunctionResolver, _ records: TypeExtension, _ types: BTF?) {
        self.resolver = resolver
        self.records = records
        self.types = types
        starts = Array(repeating: -1, count: resolver.context.functions.functions.count)
    }

    /// The program that begins with a function.
    mutating func link(
        _ entry: ObjectFunction,
        section: String
    ) throws(ObjectFileError) -> ProgramSpec {
        let parts = try collect(entry)
        var spec = Self.spec(named: entry.name, section: section)
        for part in parts { append(part, to: &spec) }
        for part in parts { starts[part.function.index] = -1 }
        return spec
    }

    /// The functions that an entry reaches, depth first in the order of their first mention.
    ///
    /// Recursion is no fault here: whoever runs the program judges it.
    private mutating func collect(
        _ entry: ObjectFunction
    ) throws(ObjectFileError) -> [ResolvedFunction] {
        var parts: [ResolvedFunction] = []
        var size = 0
        // The parts on the way from the entry, and which of its links each follows next.
        var (pending, links): ([Int], [Int]) = ([], [])
        var next: Int? = entry.index
        var last = exceptionHandler(of: entry)
        repeat {
            if let index = next, starts[index] < 0 {
                try check(size + resolver.context.functions.functions[index].slots.count, entry)
                let function = try resolver.resolve(index)
                pending.append(parts.count)
                links.append(0)
                parts.append(function)
                starts[index] = size
                size += function.instructions.count
            }
            next = nil
            while let part = pending.last, let link = links.last, next == nil {
                if link < parts[part].links.count {
                    next = parts[part].links[link].target
                    links[links.count - 1] += 1
                } else {
                    pending.removeLast()
                    links.removeLast()
                }
            }
            if next == nil {
                next = last
                last = nil
            }
        } while next != nil
        slotCount += size
        return parts
    }

    /// The function that a tag on a program names as the handler of its exceptions; nothing in the
    /// program mentions it.
    private func exceptionHandler(of entry: ObjectFunction) -> Int? {
        let prefix = "exception_callback:"
        guard let types, let type = type(of: entry),
            let tags = try? types.declarationTags(on: type),
            let tag = tags.first(where: { $0.name.hasPrefix(prefix) })
        else { return nil }
        let name = tag.name.dropFirst(prefix.count)
        return resolver.context.functions.functions.first { $0.name == name }?.index
    }

    private func check(_ size: Int, _ entry: ObjectFunction) throws(ObjectFileError) {
        guard size <= Limits.programSlots else {
            throw ObjectFileError(
                .program(entry.name),
                .tooMuch("instructions in a program", limit: Limits.programSlots)
            )
        }
        guard slotCount + size <= Limits.allSlots else {
            throw ObjectFileError(
                .program(entry.name),
                .tooMuch("instructions in all programs", limit: Limits.allSlots)
            )
        }
    }

    /// Appends a function with all that is known about its instructions.
    private func append(
        _ part: ResolvedFunction,
        to spec: inout ProgramSpec
    ) {
        let function = part.function
        let start = starts[function.index]
        var instructions = part.instructions
        for (slot, target) in part.links {
            let distance = starts[target] - (start + slot + 1)
            instructions[slot].immediate = Int32(truncatingIfNeeded: distance)
        }
        spec.instructions += instructions
        spec.references += part.references.map {
            ProgramReference(slot: $0.slot + start, target: $0.target)
        }
        let shift = start - function.slots.lowerBound
        spec.functions.append(
            FunctionInfo(
                slot: start,
                name: function.name,
                type: type(of: function),
                linkage: function.isStatic ? .static : .global
            )
        )
        for record in Self.slice(records.lines[function.section], function.slots, \.slot) {
            var line = record
            line.slot += shift
            spec.lines.append(line)
        }
        for record in Self.slice(records.coreRelocations[function.section], function.slots, \.slot)
        {
            var relocation = record
            relocation.slot += shift
            spec.coreRelocations.append(relocation)
        }
    }

    private func type(of function: ObjectFunction) -> TypeID? {
        Self.slice(records.functions[function.section], function.slots, \.slot)
            .first { $0.slot == function.slots.lowerBound }?.type
    }

    /// The records of the slots of a function.
    private static func slice<Record>(
        _ records: [Record],
        _ slots: Range<Int>,
        _ slot: (Record) -> Int
    ) -> ArraySlice<Record> {
        let first = records.partitioningIndex { slot($0) >= slots.lowerBound }
        let end = records.partitioningIndex { slot($0) >= slots.upperBound }
        return records[first..<end]
    }

    /// What the name of the section says about a program.
    private static func spec(named name: String, section: String) -> ProgramSpec {
        guard let known = SectionName(legacy: section) else {
            return ProgramSpec(name: name, section: section, type: .unspecified, instructions: [])
        }
        var flags: ProgramFlags = []
        if known.isSleepable { flags.insert(.sleepable) }
        if known.takesFragments { flags.insert(.fragments) }
        return ProgramSpec(
            name: name,
            section: known.autoload ? section : String(section.dropFirst()),
            type: known.programType,
            attachType: known.attachType,
            attachTarget: known.target,
            flags: flags,
            autoload: known.autoload,
            instructions: []
        )
    }
}
