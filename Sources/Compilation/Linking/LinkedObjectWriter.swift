import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Writes the functions, data and types of a program as an object file.
struct LinkedObjectWriter {
    private let functions: [LinkedFunction]
    private let data: DataSections
    private var types: SwiftTypes
    private let license: String
    private var prototypes: KernelPrototypes
    private var extensions = TypeExtensionWriter()
    private var questions = TypeQuestions()
    private var elf = ELFWriter()

    /// The code of each section, in the order of the functions.
    private var code: [(name: String, instructions: [EncodedInstruction])] = []
    /// Where each function begins: its section and slot.
    private var starts: [RawObject.Place: (section: String, slot: Int)] = [:]
    private var pending: [(section: String, slot: Int, kind: ELFRelocation.Kind, Target)] = []

    /// What an instruction of the object refers to.
    private enum Target: Hashable {
        case section(String)
        case function(RawObject.Place)
        case map(String)
        case kernel(String)
    }

    init(
        functions: [LinkedFunction], data: DataSections, types: SwiftTypes, license: String,
        prototypes: KernelPrototypes
    ) {
        self.functions = functions
        self.data = data
        self.types = types
        self.license = license
        self.prototypes = prototypes
    }

    /// The file.
    mutating func bytes(_ object: RawObject) throws -> [UInt8] {
        layOut()
        for function in functions { try relocate(function, object) }
        for function in functions { describe(function) }
        declareKernelFunctions()
        try questions.write(&extensions, &types, &code)
        return try write()
    }

    // MARK: Code

    private mutating func layOut() {
        for function in functions {
            let index = code.firstIndex { $0.name == function.section } ?? code.count
            if index == code.count { code.append((function.section, [])) }
            starts[function.place] = (function.section, code[index].instructions.count)
            code[index].instructions += function.raw.instructions
        }
    }

    private mutating func set(
        _ section: String, _ slot: Int, _ change: (inout EncodedInstruction) -> Void
    ) {
        guard let index = code.firstIndex(where: { $0.name == section }) else { return }
        change(&code[index].instructions[slot])
    }

    private mutating func relocate(
        _ function: LinkedFunction, _ object: RawObject
    ) throws(LinkFailure) {
        guard let (section, start) = starts[function.place] else { return }
        for (slot, callee) in function.calls.sorted(by: { $0.key < $1.key })
        where slot < function.raw.instructions.count {
            try call(callee, section, start + slot, function, slot)
        }
        for (slot, reference) in function.raw.references.sorted(by: { $0.key < $1.key })
        where reference.kind == .constant64 && slot < function.raw.instructions.count {
            try load(reference, section, start + slot, function, slot, object)
        }
        for (slot, offset) in function.counters.sorted(by: { $0.key < $1.key }) {
            set(section, start + slot) { $0.immediate = Int32(clamping: offset) }
            pending.append((section, start + slot, .constant64, .section(FailedCheck.section)))
        }
    }

    private mutating func call(
        _ callee: LinkedFunction.Callee, _ section: String, _ slot: Int,
        _ function: LinkedFunction, _ place: Int
    ) throws(LinkFailure) {
        switch callee {
        case .helper: break
        case .kernel(let name):
            set(section, slot) { ($0.source, $0.immediate) = (1, -1) }
            pending.append((section, slot, .call, .kernel(name)))
        case .function(let target):
            guard let (home, start) = starts[target] else {
                throw LinkFailure(
                    "a function that is called here is missing", at: function.line(place))
            }
            let isNear = home == section
            let distance = isNear ? Int32(clamping: start - slot - 1) : -1
            set(section, slot) { ($0.source, $0.immediate) = (1, distance) }
            if !isNear { pending.append((section, slot, .call, .function(target))) }
        }
    }

    private mutating func load(
        _ reference: RawFunction.Reference, _ section: String, _ slot: Int,
        _ function: LinkedFunction, _ place: Int, _ object: RawObject
    ) throws(LinkFailure) {
        let symbol = reference.symbol
        guard case .section(let index) = symbol.place else {
            try ask(symbol.name, section, slot, function, place)
            return
        }
        let base = symbol.kind == .section ? 0 : Int(clamping: symbol.value)
        let offset = base + Int(function.raw.instructions[place].immediate)
        if object.elf.sections[index].flags.contains(.executable) {
            guard let (home, start) = starts[RawObject.Place(section: index, offset: offset)]
            else { throw LinkFailure("this function is missing", at: function.line(place)) }
            set(section, slot) { ($0.source, $0.immediate) = (0, Int32(clamping: 8 * start)) }
            pending.append((section, slot, .constant64, .section(home)))
            return
        }
        let variable = object.variable(index, at: offset).map { Int(clamping: $0.value) }
        switch data.home(index, at: offset, variable: variable) {
        case .map(let name):
            set(section, slot) { $0.immediate = 0 }
            pending.append((section, slot, .constant64, .map(name)))
        case .data(let home, let offset):
            set(section, slot) { $0.immediate = Int32(clamping: offset) }
            pending.append((section, slot, .constant64, .section(home)))
        case nil:
            throw LinkFailure("a global that is used here is missing", at: function.line(place))
        }
    }

    /// An undefined symbol is a question about the kernel's types, or a mistake.
    private mutating func ask(
        _ symbol: String, _ section: String, _ slot: Int, _ function: LinkedFunction, _ place: Int
    ) throws(LinkFailure) {
        guard let question = TypeQuestion(symbol: symbol) else {
            let name = MangledName.isMangled(symbol) ? MangledName.lastName(symbol) : symbol
            throw LinkFailure(
                "\(name ?? "this") is not known to a kernel program", at: function.line(place))
        }
        questions.add(question, section: section, slot: slot, line: function.line(place))
    }

    // MARK: Types

    private mutating func describe(_ function: LinkedFunction) {
        guard let (section, start) = starts[function.place] else { return }
        let int = types.int()
        let context = types.add(.pointer(.void))
        let parameters = function.isProgram ? [PrototypeType.Parameter("ctx", context)] : []
        let prototype = types.add(
            .functionPrototype(PrototypeType(result: int, parameters: parameters)))
        let id = types.builder.add(
            .function(
                name: function.name, prototype: prototype,
                function.isProgram ? .global : .static))
        extensions.add(function: id, slot: start, in: section, &types.builder)
        for line in lines(of: function) {
            var line = line
            line.slot += start
            extensions.add(line, in: section, &types.builder)
        }
    }

    /// The lines of a function, the first one at its first slot, without those that no source has.
    private func lines(of function: LinkedFunction) -> [LineInfo] {
        guard let first = function.line(0) else { return [] }
        var lines: [LineInfo] = []
        var last = first
        for var line in function.raw.lines where line.slot < function.raw.instructions.count {
            if line.line == 0 { line = last.moved(to: line.slot) }
            if lines.isEmpty, line.slot > 0 { lines.append(first.moved(to: 0)) }
            if lines.last.map({ $0.isSamePlace(as: line) }) ?? false { continue }
            lines.append(line.printable)
            last = line
        }
        return lines
    }

    private mutating func declareKernelFunctions() {
        let names = Set(
            pending.compactMap { entry -> String? in
                guard case .kernel(let name) = entry.3 else { return nil }
                return name
            }
        ).sorted()
        guard !names.isEmpty else { return }
        let variables = names.map { name in
            let prototype = prototypes.prototype(of: name, &types)
            let id = types.builder.add(
                .function(name: name, prototype: prototype, .external))
            return DataSectionType.Variable(id, offset: 0, size: 0)
        }
        _ = types.builder.add(
            .dataSection(DataSectionType(name: ".ksyms", size: 0, variables: variables)))
    }

    // MARK: The file

    private mutating func write() throws -> [UInt8] {
        var sections: [String: ELFWriter.SectionID] = [:]
        func add(_ section: ELFWriter.Section, _ name: String) {
            sections[name] = elf.add(section)
        }
        if !code.contains(where: { $0.name == ".text" }) { code.append((".text", [])) }
        for (name, instructions) in code {
            add(
                .init(name, .contents, [.allocated, .executable], instructions.flatMap(\.bytes)),
                name)
        }
        let license = Array(license.utf8) + [0]
        add(
            .init("license", .contents, [.allocated, .writable], license, alignment: 1), "license")
        if !data.maps.isEmpty {
            let zeros = [UInt8](repeating: 0, count: data.maps.count * MapDeclaration.byteCount)
            add(.init(".maps", .contents, [.allocated, .writable], zeros), ".maps")
        }
        for name in data.sectionNames {
            guard let section = data.sections[name] else { continue }
            let flags: ELFSection.Flags = name == ".rodata" ? .allocated : [.allocated, .writable]
            add(.init(name, name == ".bss" ? .zeros : .contents, flags, section.bytes), name)
        }
        let symbols = addSymbols(sections)
        for (section, slot, kind, target) in pending {
            guard let home = sections[section], let symbol = symbols[target] else { continue }
            elf.relocate(home, at: 8 * slot, kind, symbol)
        }
        for (offset, program) in data.programs {
            guard let home = sections[OperationsDeclaration.section],
                let symbol = symbols[.function(program)]
            else { continue }
            elf.relocate(home, at: offset, .data64, symbol)
        }
        let extensionBytes = extensions.bytes()
        _ = elf.add(.init(".BTF", .contents, [], try types.builder.bytes(), alignment: 4))
        _ = elf.add(.init(".BTF.ext", .contents, [], extensionBytes, alignment: 4))
        return elf.bytes()
    }

    private mutating func addSymbols(
        _ sections: [String: ELFWriter.SectionID]
    ) -> [Target: ELFWriter.SymbolID] {
        var symbols: [Target: ELFWriter.SymbolID] = [:]
        for (name, section) in sections.sorted(by: { $0.key < $1.key }) {
            symbols[.section(name)] = elf.add(.init("", .section, .local, in: section))
        }
        for function in functions {
            guard let (section, start) = starts[function.place] else { continue }
            symbols[.function(function.place)] = elf.add(
                .init(
                    function.name, .function, function.isProgram ? .global : .local,
                    in: sections[section], at: 8 * start,
                    size: 8 * function.raw.instructions.count))
        }
        for map in data.maps {
            symbols[.map(map.declaration.name)] = elf.add(
                .init(
                    map.declaration.name, .object, .global, in: sections[".maps"], at: map.offset,
                    size: MapDeclaration.byteCount))
        }
        for name in data.sectionNames {
            for variable in data.sections[name]?.variables ?? [] {
                _ = elf.add(
                    .init(
                        variable.name, .object, .global, in: sections[name], at: variable.offset,
                        size: variable.size))
            }
        }
        for case .kernel(let name) in Set(pending.map(\.3)) {
            symbols[.kernel(name)] = elf.add(.init(name, .none, .global, in: nil))
        }
        _ = elf.add(
            .init(
                "_license", .object, .global, in: sections["license"], size: license.utf8.count + 1)
        )
        return symbols
    }
}

extension LineInfo {
    fileprivate func moved(to slot: Int) -> LineInfo {
        var line = self
        line.slot = slot
        return line
    }

    fileprivate func isSamePlace(as other: LineInfo) -> Bool {
        file == other.file && self.line == other.line && column == other.column
    }

    /// The kernel takes printable characters only.
    fileprivate var printable: LineInfo {
        var line = self
        line.text = String(
            text.unicodeScalars.map { (32..<127).contains($0.value) ? Character($0) : "?" })
        return line
    }
}
