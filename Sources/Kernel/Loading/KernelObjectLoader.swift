import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// Loads one object: its types, then its maps, then its programs.
struct KernelObjectLoader {
    let host: KernelHost
    let targets: [String: KernelProgram]
    /// Maps that take the place of the object's, by name.
    let given: [String: KernelMap]
    var specs: ObjectSpecs

    var types = ObjectTypes()
    var maps: OrderedDictionary<String, KernelMap> = [:]
    var programs: OrderedDictionary<String, KernelProgram> = [:]
    var logs: [String: String] = [:]
    var warnings: [String] = []
    /// Structs of functions that the kernel calls, by the map's name.
    var structOperations: [String: StructOperations] = [:]
    /// The maps that were pinned before, by name.
    var reused: Set<String> = []
    /// Where maps are pinned that are shared.
    var sharedPins: [String: String] = [:]
    /// The pins made so far.
    var pins: PinJournal
    private var finder: AttachTargetFinder
    private var symbols: ExternalSymbols
    /// What became of the relocations of each program, for what the verifier says about them.
    private var outcomes: [String: [COREOutcome]] = [:]

    init(
        host: KernelHost, specs: ObjectSpecs, targets: [String: KernelProgram],
        given: [String: KernelMap]
    ) {
        self.host = host
        self.given = given
        self.specs = specs
        self.targets = targets
        pins = PinJournal(system: host.system)
        finder = AttachTargetFinder(types: host.types)
        symbols = ExternalSymbols(specs, types: host.types, system: host.system)
    }

    /// All steps, in their order; pins are taken back if one fails.
    mutating func load() throws(LoadFailure) -> KernelObject {
        let edited = specs
        do throws(LoadFailure) {
            try adaptToKernel()
            var configuration = ConfigurationVariables(types: host.types, system: host.system)
            try configuration.fill(&specs)
            try uploadTypes()
            try layOutStructOperations()
            try createMaps()
            try fillMapsOfMaps()
            try loadPrograms()
            try fillProgramArrays()
        } catch {
            pins.undo()
            throw error
        }
        return KernelObject(
            specs: edited, programs: programs, maps: maps, sharedPins: sharedPins, logs: logs,
            warnings: warnings,
            structOperations: structOperations.mapValues { layout in
                layout.value { programs[$0]?.number }
            })
    }

    // MARK: Types

    /// Applies the relocations by the kernel's types; types are only read if there are any.
    private mutating func adaptToKernel() throws(LoadFailure) {
        let names = specs.programs.values.filter { $0.autoload && !$0.coreRelocations.isEmpty }
            .map(\.name)
        guard let first = names.first, let local = specs.types else { return }
        let target: BTF
        do throws(KernelError) {
            if let given = host.options.types {
                target = given
            } else {
                target = try host.types.vmlinux()
            }
        } catch {
            throw .kernelTypes(neededBy: first, error)
        }
        let types = host.types
        let isOwn = host.options.types == nil
        var relocator = CORERelocator(local: local, target: target) {
            isOwn ? try types.modules().map { try $0.types() } : []
        }
        for name in names {
            guard var program = specs.programs[name] else { continue }
            do throws(COREError) {
                outcomes[name] = try relocator.apply(to: &program)
            } catch {
                throw .relocation(error)
            }
            specs.programs[name] = program
        }
    }

    private mutating func uploadTypes() throws(LoadFailure) {
        guard let own = specs.types else { return }
        do throws(BTFError) {
            types = try ObjectTypes(
                own, programs: specs.programs.values.filter(\.autoload), token: nil,
                system: host.system)
        } catch {
            throw .types(error)
        }
        if let refusal = types.refusal {
            warnings.append("\(refusal); maps and programs are loaded without types")
        }
    }

    // MARK: Programs

    private mutating func loadPrograms() throws(LoadFailure) {
        for (name, spec) in specs.programs where spec.autoload {
            programs[name] = try load(spec)
        }
    }

    private mutating func load(_ original: ProgramSpec) throws(LoadFailure) -> KernelProgram {
        var spec = original
        var descriptors: [Int32] = []
        for reference in spec.references { try resolve(reference, in: &spec, &descriptors) }
        let target = try target(of: spec)
        let loading = ProgramLoading(
            spec: spec, license: specs.license, kernelVersion: specs.kernelVersion, types: types,
            target: target, descriptors: descriptors, options: host.options, system: host.system)
        let outcome = loading.load()
        switch consume outcome {
        case .loaded(let descriptor, let log):
            if let log { logs[spec.name] = log }
            do throws(KernelError) {
                return try KernelProgram(owning: descriptor, spec: spec)
            } catch {
                throw .program(name: spec.name, error)
            }
        case .rejected(let errno, let log):
            let relocations = outcomes[spec.name] ?? []
            var rejection = Rejection(log: log, of: spec, relocations: relocations)
            rejection.errno = errno.rawValue
            let hints = ReleaseHints(system: host.system)
            if let reason = hints.reason(unknownHelperIn: rejection.message) {
                rejection.code = .missingInKernel
                rejection.suggestion = reason
            }
            throw .rejected(rejection)
        case .failed(let error): throw .program(name: spec.name, error)
        }
    }

    private mutating func target(of spec: ProgramSpec) throws(LoadFailure) -> AttachTarget? {
        guard spec.type == .structOperations else {
            return try finder.find(for: spec, in: targets[spec.name])
        }
        let places = structOperations.values.flatMap(\.implementations)
            .filter { $0.program == spec.name }.map(\.target)
        guard let first = places.first else {
            throw .unknownTarget(
                program: spec.name, target: "nothing",
                reason: "no variable of the object's section .struct_ops or .struct_ops.link "
                    + "holds it")
        }
        guard places.allSatisfy({ $0 == first }) else {
            throw .unknownTarget(
                program: spec.name, target: "several members",
                reason: "a program can be only one member of one struct")
        }
        return first
    }

    private mutating func resolve(
        _ reference: ProgramReference, in spec: inout ProgramSpec, _ descriptors: inout [Int32]
    ) throws(LoadFailure) {
        let (mapDescriptor, mapValue): (UInt8, UInt8) = (1, 2)
        let slot = reference.slot
        guard spec.instructions.indices.contains(slot) else { return }
        switch reference.target {
        case .map(let name):
            guard let map = maps[name] else { throw unknown(name, spec, slot) }
            spec.instructions[slot].source = mapDescriptor
            spec.instructions[slot].immediate = map.descriptor.number
        case .mapValue(let name, let offset):
            guard let map = maps[name], spec.instructions.indices.contains(slot + 1)
            else { throw unknown(name, spec, slot) }
            spec.instructions[slot].source = mapValue
            spec.instructions[slot].immediate = map.descriptor.number
            spec.instructions[slot + 1].immediate = offset
        case .kernelFunction, .kernelVariable:
            try symbols.resolve(reference, in: &spec, &descriptors)
        }
    }

    private func unknown(_ symbol: String, _ spec: ProgramSpec, _ slot: Int) -> LoadFailure {
        .unknownSymbol(program: spec.name, slot: slot, symbol: symbol)
    }
}
