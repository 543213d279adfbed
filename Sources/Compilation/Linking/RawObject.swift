import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What clang made of a program: functions with what they refer to, before they are put in order.
struct RawObject {
    /// The file.
    let elf: ELFFile
    /// The functions, by the section and offset where they begin.
    private(set) var functions: [Place: RawFunction] = [:]

    /// A place in a section.
    struct Place: Hashable {
        let section: Int
        let offset: Int
    }

    /// Reads the object.
    init(_ bytes: [UInt8]) throws {
        elf = try ELFFile(bytes)
        let types = try elf.section(named: ".BTF").map { try BTF(elf.contents($0)) }
        let information = try TypeExtension(elf, types)
        var relocations: [Int: [ELFRelocation]] = [:]
        for symbol in elf.symbols {
            guard symbol.kind == .function, case .section(let index) = symbol.place else {
                continue
            }
            if relocations[index] == nil { relocations[index] = try elf.relocations(of: index) }
            let place = Place(section: index, offset: Int(clamping: symbol.value))
            functions[place] = RawFunction(
                symbol, in: index, elf, relocations[index] ?? [], information.lines[index])
        }
    }

    /// The function that begins at a place.
    func function(_ section: Int, at offset: Int) -> RawFunction? {
        functions[Place(section: section, offset: offset)]
    }

    /// The variable whose bytes include a place.
    func variable(_ section: Int, at offset: Int) -> ELFSymbol? {
        elf.symbols.first { symbol in
            guard symbol.kind == .object, symbol.place == .section(section) else { return false }
            let start = Int(clamping: symbol.value)
            return start <= offset && offset < start + max(Int(clamping: symbol.size), 1)
        }
    }
}

/// A function as clang left it.
struct RawFunction {
    /// Its symbol: a mangled name.
    let symbol: String
    /// The number and the name of its section.
    let section: Int
    let sectionName: String
    /// Where it begins in its section, in bytes.
    let offset: Int
    var instructions: [EncodedInstruction]
    /// What its instructions refer to, by slots of the function.
    private(set) var references: [Int: Reference]
    /// Its lines of source, by slots of the function.
    private(set) var lines: [LineInfo]

    /// What an instruction needs to know.
    struct Reference {
        let symbol: ELFSymbol
        let kind: ELFRelocation.Kind
    }

    init(
        _ symbol: ELFSymbol, in index: Int, _ elf: ELFFile, _ relocations: [ELFRelocation],
        _ lines: [LineInfo]
    ) {
        let section = elf.sections[index]
        let bytes = elf.contents(section)
        let start = min(Int(clamping: symbol.value), bytes.count)
        let end = min(start + Int(clamping: symbol.size), bytes.count)
        let slots = start / 8..<end / 8
        self.symbol = symbol.name
        self.section = index
        sectionName = section.name
        offset = start
        instructions = EncodedInstruction.program(bytes[start..<end]) ?? []
        var references: [Int: Reference] = [:]
        for relocation in relocations where slots.contains(Int(clamping: relocation.offset) / 8) {
            references[Int(clamping: relocation.offset) / 8 - slots.lowerBound] = Reference(
                symbol: elf.symbols[relocation.symbol], kind: relocation.kind)
        }
        self.references = references
        self.lines = lines.filter { slots.contains($0.slot) }.map { line in
            var line = line
            line.slot -= slots.lowerBound
            return line
        }
    }

    /// Whether the function is a program: those stand in sections that say what they are for.
    var isProgram: Bool {
        !sectionName.isEmpty && sectionName != ".text" && !sectionName.hasPrefix(".text.")
            && sectionName != LazyGlobals.section
    }
}

extension RawFunction {
    /// Moves everything to where its instructions have gone. What is put before an instruction
    /// belongs to its line, and what is put behind it, too.
    mutating func move(_ insertion: CodeInsertion) {
        references = insertion.moved(references)
        lines = lines.map { line in
            var line = line
            line.slot = insertion.line(line.slot)
            return line
        }
    }

    /// Moves everything to where its instructions have gone, and adds the lines of new ones.
    mutating func move(_ editor: CodeEditor, adding new: [LineInfo]) {
        references = editor.moved(references)
        var moved: [LineInfo] = []
        for (index, line) in lines.enumerated() {
            let end = index + 1 < lines.count ? lines[index + 1].slot : editor.positions.count
            let left = (line.slot..<max(line.slot, end)).lazy
                .filter { editor.positions.indices.contains($0) }
            guard let position = left.compactMap({ editor.positions[$0] }).first else { continue }
            var line = line
            line.slot = position
            moved.append(line)
        }
        lines = moved + new
    }
}
