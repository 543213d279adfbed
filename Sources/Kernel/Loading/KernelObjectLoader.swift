import EBPFBytecode
import EBPFObjectFile
import OrderedCollections

/// Loads one object: maps first, then programs.
struct KernelObjectLoader {
    let host: KernelHost
    let specs: ObjectSpecs

    private var maps: OrderedDictionary<String, KernelMap> = [:]
    private var programs: OrderedDictionary<String, KernelProgram> = [:]

    init(host: KernelHost, specs: ObjectSpecs) {
        self.host = host
        self.specs = specs
    }

    mutating func load() throws(LoadFailure) -> KernelObject {
        for (name, spec) in specs.maps {
            do throws(KernelError) {
                maps[name] = try make(name, spec)
            } catch {
                throw .map(name: name, error)
            }
        }
        for (name, spec) in specs.programs where spec.autoload {
            programs[name] = try load(spec)
        }
        return KernelObject(specs: specs, programs: programs, maps: maps)
    }

    private func make(_ name: String, _ spec: MapSpec) throws(KernelError) -> KernelMap {
        var attributes = MapCreateAttributes()
        attributes.type = spec.type.rawValue
        attributes.keySize = spec.keySize
        attributes.valueSize = spec.valueSize
        attributes.maxEntries = spec.maxEntries
        attributes.flags = spec.flags.rawValue
        attributes.extra = spec.extra
        attributes.name = ObjectName(name)
        let map = try KernelMap(attributes, system: host.system)
        if let contents = specs.initialContents(of: name) {
            try map.update([0, 0, 0, 0], contents)
        }
        if spec.isFrozen { try map.freeze() }
        return map
    }

    private func load(_ spec: ProgramSpec) throws(LoadFailure) -> KernelProgram {
        var spec = spec
        for reference in spec.references { try resolve(reference, in: &spec) }
        do throws(KernelError) {
            var memory = CallMemory()
            var attributes = ProgramLoadAttributes()
            attributes.type = spec.type.rawValue
            attributes.expectedAttachType = spec.attachType?.rawValue ?? 0
            attributes.instructionCount = UInt32(spec.instructions.count)
            attributes.instructions = memory.array(spec.instructions.map(\.word))
            attributes.license = memory.string(specs.license)
            attributes.flags = spec.flags.rawValue
            attributes.name = ObjectName(spec.name)
            let descriptor = try attempting("loading") { () throws(KernelErrno) in
                try host.system.openBPF(.programLoad, &attributes)
            }
            memory.keep()
            return try KernelProgram(owning: descriptor, spec: spec)
        } catch {
            throw .program(name: spec.name, error)
        }
    }

    private func resolve(
        _ reference: ProgramReference, in spec: inout ProgramSpec
    ) throws(LoadFailure) {
        let (mapDescriptor, mapValue): (UInt8, UInt8) = (1, 2)
        let slot = reference.slot
        guard spec.instructions.indices.contains(slot),
            spec.instructions.indices.contains(slot + 1)
        else { return }
        switch reference.target {
        case .map(let name):
            guard let map = maps[name] else { throw unknown(name, spec, slot) }
            spec.instructions[slot].source = mapDescriptor
            spec.instructions[slot].immediate = map.descriptor.number
        case .mapValue(let name, let offset):
            guard let map = maps[name] else { throw unknown(name, spec, slot) }
            spec.instructions[slot].source = mapValue
            spec.instructions[slot].immediate = map.descriptor.number
            spec.instructions[slot + 1].immediate = offset
        case .kernelFunction(let name, _, _), .kernelVariable(let name, _, _):
            throw unknown(name, spec, slot)
        }
    }

    private func unknown(_ symbol: String, _ spec: ProgramSpec, _ slot: Int) -> LoadFailure {
        .unknownSymbol(program: spec.name, slot: slot, symbol: symbol)
    }
}
