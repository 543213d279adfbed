import EBPFTypeFormat

/// A function of the object, where it lies in its section.
struct ObjectFunction {
    /// Its number among the functions of the object.
    let index: Int
    /// Its name.
    let name: String
    /// The number of its section.
    let section: Int
    /// Its first slot and the one after its last, from the start of the section.
    let slots: Range<Int>
    /// Whether it is seen only in this object.
    let isStatic: Bool
    /// Whether it is a program and not a function that programs call.
    var isEntry: Bool
}

/// The functions of an object, found by where they begin.
///
/// Symbols say where; type information says it, too, for static functions whose symbols were
/// stripped.
struct FunctionTable {
    /// All functions, by section and in the order of their slots.
    private(set) var functions: [ObjectFunction] = []

    init(
        _ elf: ELFFile,
        roles: [SectionRole],
        _ information: TypeInformation?,
        _ records: TypeExtension
    ) throws(ObjectFileError) {
        let symbols = Self.symbols(elf)
        for section in elf.sections where roles[section.index].isCode {
            guard section.size.isMultiple(of: 8) else {
                throw ObjectFileError(
                    .section(section.name),
                    .notMultiple(size: UInt64(section.size), of: 8)
                )
            }
            var found: [Candidate] = []
            for symbol in symbols[section.index] {
                found.append(try Self.candidate(symbol, in: section))
            }
            Self.addFromRecords(records.functions[section.index], information, to: &found)
            if found.isEmpty { found = [Self.whole(section)] }
            append(found, of: section, isProgram: roles[section.index] == .programs)
        }
        chooseEntries(roles)
    }

    /// The function that begins at a slot of a section; of several, the first.
    func function(section: Int, slot: Int) -> ObjectFunction? {
        let index = functions.partitioningIndex {
            ($0.section, $0.slots.lowerBound) >= (section, slot)
        }
        guard index < functions.count, functions[index].section == section,
            functions[index].slots.lowerBound == slot
        else { return nil }
        return functions[index]
    }

    // MARK: Finding

    private struct Candidate {
        let name: String
        let start: Int
        let count: Int?
        let isStatic: Bool
        /// Its number among those found.
        var order = 0
    }

    /// The symbols of functions by section; of code without any, the other global symbols.
    private static func symbols(_ elf: ELFFile) -> PerSection<ELFSymbol> {
        var functions = PerSection<ELFSymbol>()
        var others = PerSection<ELFSymbol>()
        for symbol in elf.symbols where !symbol.name.isEmpty {
            guard case .section(let index) = symbol.place else { continue }
            if symbol.kind == .function {
                functions.append(symbol, to: index)
            } else if symbol.kind == .none, symbol.binding != .local {
                others.append(symbol, to: index)
            }
        }
        for section in elf.sections where functions[section.index].isEmpty {
            functions[section.index] = others[section.index]
        }
        return functions
    }

    private static func candidate(
        _ symbol: ELFSymbol,
        in section: ELFSection
    ) throws(ObjectFileError) -> Candidate {
        let (end, overflow) = symbol.value.addingReportingOverflow(symbol.size)
        guard !overflow, end <= section.size, symbol.value < section.size,
            symbol.value.isMultiple(of: 8), symbol.size.isMultiple(of: 8)
        else {
            throw ObjectFileError(
                .symbol(symbol.index),
                .functionBounds(offset: symbol.value, size: symbol.size)
            )
        }
        return Candidate(
            name: symbol.name,
            start: Int(symbol.value) / 8,
            count: symbol.size == 0 ? nil : Int(symbol.size) / 8,
            isStatic: symbol.binding == .local || symbol.isHidden
        )
    }

    private static func addFromRecords(
        _ records: [TypeExtension.FunctionRecord],
        _ information: TypeInformation?,
        to found: inout [Candidate]
    ) {
        let known = found.map(\.start).sorted()
        for record in records {
            let index = known.partitioningIndex { $0 >= record.slot }
            guard index == known.count || known[index] != record.slot else { continue }
            guard let name = try? information?.types.name(of: record.type) else { continue }
            found.append(Candidate(name: name, start: record.slot, count: nil, isStatic: true))
        }
    }

    private static func whole(_ section: ELFSection) -> Candidate {
        Candidate(name: section.name, start: 0, count: nil, isStatic: false)
    }

    private mutating func append(
        _ candidates: [Candidate],
        of section: ELFSection,
        isProgram: Bool
    ) {
        var sorted = candidates
        for index in sorted.indices { sorted[index].order = index }
        sorted.sort { ($0.start, $0.order) < ($1.start, $1.order) }
        // A function without a size ends where the next one begins.
        var ends = Array(repeating: section.size / 8, count: sorted.count)
        for index in sorted.indices.dropLast().reversed() {
            let next = sorted[index + 1].start
            ends[index] = next > sorted[index].start ? next : ends[index + 1]
        }
        for (candidate, end) in zip(sorted, ends) {
            let index = functions.count
            functions.append(
                ObjectFunction(
                    index: index,
                    name: candidate.name,
                    section: section.index,
                    slots: candidate.start..<(candidate.count.map { candidate.start + $0 } ?? end),
                    isStatic: candidate.isStatic,
                    isEntry: isProgram && !candidate.isStatic
                )
            )
        }
    }

    /// Decides which functions are programs.
    ///
    /// In a section of programs the global functions are programs, or all if none is global.
    /// An object that has only `.text` is a program, too: its global functions, or its first.
    private mutating func chooseEntries(_ roles: [SectionRole]) {
        var hasEntries = Array(repeating: false, count: roles.count)
        for function in functions where function.isEntry { hasEntries[function.section] = true }
        for index in functions.indices where roles[functions[index].section] == .programs {
            if !hasEntries[functions[index].section] { functions[index].isEntry = true }
        }
        guard !functions.contains(where: \.isEntry) else { return }
        for index in functions.indices where !functions[index].isStatic {
            functions[index].isEntry = true
        }
        if !functions.isEmpty, !functions.contains(where: \.isEntry) { functions[0].isEntry = true }
    }
}
