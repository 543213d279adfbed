import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Makes a program of an object ready for a walk.
struct SubjectReader {
    let specs: ObjectSpecs
    let kernelTypes: BTF?
    /// Variables whose addresses the kernel does not know.
    private let unaddressed: Set<String>
    private var program: ProgramSpec
    private var instructions: ContiguousArray<Instruction?> = []
    private var names: [Int: Subject.Name] = [:]
    private var maps: ContiguousArray<MapFacts> = []
    private var mapIndices: [String: Int] = [:]

    init(
        _ program: ProgramSpec, of specs: ObjectSpecs, kernelTypes: BTF?,
        unaddressed: Set<String>
    ) {
        self.program = program
        self.unaddressed = unaddressed
        self.specs = specs
        self.kernelTypes = kernelTypes
    }

    mutating func read() throws(Fault) -> Subject {
        try checkSize()
        try relocate()
        try decode()
        try readReferences()
        let functions = try readFunctions()
        var functionOfSlot = ContiguousArray<Int32>(repeating: 0, count: instructions.count)
        for (number, function) in functions.enumerated() {
            for slot in function.start..<function.end { functionOfSlot[slot] = Int32(number) }
        }
        return Subject(
            program: program, instructions: instructions, functions: functions,
            functionOfSlot: functionOfSlot, names: names, maps: maps, types: specs.types,
            kernelTypes: kernelTypes, isGPL: Self.isCompatibleWithGPL(specs.license))
    }

    private func checkSize() throws(Fault) {
        guard !program.instructions.isEmpty else {
            throw Fault(.invalidInstruction, "the program has no instructions")
        }
        guard program.instructions.count <= 1_000_000 else {
            throw Fault(
                .tooComplex,
                "the program has \(program.instructions.count) instructions, the limit is 1,000,000"
            )
        }
    }

    private mutating func relocate() throws(Fault) {
        guard !program.coreRelocations.isEmpty, let types = specs.types, let kernelTypes else {
            return
        }
        var relocator = CORERelocator(local: types, target: kernelTypes)
        do throws(COREError) {
            _ = try relocator.apply(to: &program)
        } catch {
            throw Fault(.missingInKernel, "\(error)")
        }
    }

    private mutating func decode() throws(Fault) {
        let encoded = program.instructions
        instructions.reserveCapacity(encoded.count)
        var slot = 0
        while slot < encoded.count {
            do throws(InvalidInstruction) {
                let instruction = try Instruction(
                    encoded[slot], followedBy: slot + 1 < encoded.count ? encoded[slot + 1] : nil,
                    slot: slot)
                instructions.append(instruction)
                if instruction.slotCount == 2 { instructions.append(nil) }
                slot += instruction.slotCount
            } catch {
                switch error.reason {
                case .unknownOpcode, .truncated, .malformedSecondSlot, .unknownWideImmediate:
                    throw Fault(.invalidInstruction, "\(error.reason)", slot: slot)
                default:
                    // Only what is reached must have its unused fields empty.
                    instructions.append(nil)
                    slot += encoded[slot].opcode == 0x18 ? 2 : 1
                    if instructions.count < slot { instructions.append(nil) }
                }
            }
        }
    }

    private static func isCompatibleWithGPL(_ license: String) -> Bool {
        [
            "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL",
            "Dual MPL/GPL",
        ].contains(license)
    }
}

// MARK: - What instructions name

extension SubjectReader {
    private mutating func readReferences() throws(Fault) {
        for reference in program.references where instructions.indices.contains(reference.slot) {
            switch reference.target {
            case .map(let name):
                names[reference.slot] = .map(try map(named: name, reference.slot))
            case .mapValue(let name, let offset):
                names[reference.slot] = .mapValue(
                    try map(named: name, reference.slot), offset: Int(offset))
            case .kernelFunction(let name, let type, let isWeak):
                var found = kernelType(name, .function)
                if let id = found, let type, !isCompatible(type, with: id) { found = nil }
                if found == nil, !isWeak { throw missing(name, reference.slot) }
                names[reference.slot] = .kernelFunction(EssentialName.of(name), found)
            case .kernelVariable(let name, let type, let isWeak):
                guard type != nil else {
                    names[reference.slot] = .address
                    continue
                }
                let found = kernelType(name, .variable)
                if found == nil, !isWeak { throw missing(name, reference.slot) }
                if found != nil, unaddressed.contains(name) {
                    throw Fault(
                        .missingInKernel,
                        "the kernel does not know the address of its variable \(name)",
                        slot: reference.slot, suggestion: "use a kernel with CONFIG_KALLSYMS_ALL=y")
                }
                names[reference.slot] = .kernelVariable(EssentialName.of(name), found)
            }
        }
    }

    private func missing(_ name: String, _ slot: Int) -> Fault {
        Fault(
            .missingInKernel, "the kernel has no symbol \(name)", slot: slot,
            suggestion: "declare it __weak and ask bpf_ksym_exists() before you use it")
    }

    /// Whether the program declares a function as the kernel does.
    private func isCompatible(_ own: TypeID, with found: TypeID) -> Bool {
        guard let types = specs.types, let kernelTypes,
            case .function(_, let prototype, _)? = try? kernelTypes.type(found),
            case .function(_, let declared, _)? = try? types.type(own)
        else { return true }
        return (try? types.isCompatible(declared, with: prototype, of: kernelTypes)) ?? false
    }

    private func kernelType(_ name: String, _ kind: TypeKind) -> TypeID? {
        kernelTypes?.first(named: EssentialName.of(name), kind: kind)
    }

    private mutating func map(named name: String, _ slot: Int) throws(Fault) -> Int {
        if let known = mapIndices[name] { return known }
        guard let spec = specs.maps[name] else {
            throw Fault(.invalidInstruction, "there is no map \(name)", slot: slot)
        }
        let index = add(spec, contents: specs.initialContents(of: name))
        mapIndices[name] = index
        return index
    }

    private mutating func add(_ spec: MapSpec, contents: [UInt8]?) -> Int {
        let innerIndex = spec.inner.map { add($0, contents: nil) }
        maps.append(
            MapFacts(
                spec, contents: contents, innerIndex: innerIndex, types: specs.types,
                kernelTypes: kernelTypes))
        return maps.count - 1
    }
}

// MARK: - Functions

extension SubjectReader {
    private func readFunctions() throws(Fault) -> ContiguousArray<Subprogram> {
        var starts: Set<Int> = [0]
        for (slot, instruction) in instructions.enumerated() {
            switch instruction {
            case .call(.local(let distance)):
                starts.insert(try target(slot, distance, "calls"))
            case .loadImmediate(_, .function(let distance)):
                starts.insert(try target(slot, distance, "takes the address of"))
            default: break
            }
        }
        let exceptionHandler = try exceptionHandlerSlot()
        if let exceptionHandler { starts.insert(exceptionHandler) }
        let sorted = starts.sorted()
        guard sorted.count <= 256 else {
            throw Fault(.tooComplex, "the program has \(sorted.count) functions, the limit is 256")
        }
        return ContiguousArray(
            sorted.enumerated().map { index, start in
                let end = index + 1 < sorted.count ? sorted[index + 1] : instructions.count
                let info = program.functions.first { $0.slot == start }
                var function = Subprogram(
                    start: start, end: end,
                    name: info?.name ?? (index == 0 ? program.name : ""), type: info?.type,
                    isGlobal: index > 0 && info?.linkage == .global)
                function.isExceptionCallback = start == exceptionHandler
                return function
            })
    }

    /// The function that a tag on the program's own names as the handler of its exceptions.
    private func exceptionHandlerSlot() throws(Fault) -> Int? {
        guard let types = specs.types, let type = program.functions.first?.type,
            let tags = try? types.declarationTags(on: type)
        else { return nil }
        let prefix = "exception_callback:"
        let found = tags.filter { $0.name.hasPrefix(prefix) }
        guard let tag = found.first else { return nil }
        guard found.count == 1 else {
            throw Fault(
                .exceptions,
                "the program names \(found.count) handlers of exceptions; one is possible")
        }
        let name = String(tag.name.dropFirst(prefix.count))
        return program.functions.first { $0.name == name }?.slot
    }

    private func target(_ slot: Int, _ distance: Int32, _ verb: String) throws(Fault) -> Int {
        let (target, overflow) = (slot + 1).addingReportingOverflow(Int(distance))
        guard !overflow, instructions.indices.contains(target) else {
            throw Fault(
                .fallsThrough, "it \(verb) slot \(target), which the program does not have",
                slot: slot)
        }
        return target
    }
}
