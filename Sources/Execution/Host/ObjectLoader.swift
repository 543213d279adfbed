public import EBPFBytecode
import EBPFMachineCode
import EBPFMaps
public import EBPFObjectFile
import OrderedCollections

extension UserSpaceHost {
    /// Makes an object's maps, fills them, and prepares its programs.
    ///
    /// - Throws: ``UserSpaceLoadError``, naming the map or program.
    public func load(_ specs: ObjectSpecs) throws(UserSpaceLoadError) -> UserSpaceObject {
        var loader = ObjectLoader(host: self, specs: specs)
        return try loader.load()
    }

    /// Prepares bytecode that needs no object file.
    ///
    /// - Throws: ``UserSpaceLoadError``, naming the slot.
    public func load(
        bytecode: [EncodedInstruction], name: String = "program",
        type: ProgramType = .unspecified
    ) throws(UserSpaceLoadError) -> UserSpaceProgram {
        let spec = ProgramSpec(name: name, section: "", type: type, instructions: bytecode)
        let specs = ObjectSpecs(name: name, programs: [name: spec], license: "GPL")
        let trial = ProgramTrial(options: options, helpers: helpers, specs: specs)
        return try ObjectLoader.prepare(
            spec, bytecode, [:], on: self, keeping: [:], standing: trial.standing(of: spec))
    }
}

/// Loads one object: maps first, then programs, then what maps say about programs.
private struct ObjectLoader {
    let host: UserSpaceHost
    private(set) var specs: ObjectSpecs

    private var maps: OrderedDictionary<String, Map> = [:]
    private var registrations: [String: MapRegistration] = [:]
    private var programs: OrderedDictionary<String, UserSpaceProgram> = [:]

    init(host: UserSpaceHost, specs: ObjectSpecs) {
        self.host = host
        self.specs = specs
    }

    mutating func load() throws(UserSpaceLoadError) -> UserSpaceObject {
        try configure()
        for (name, spec) in specs.maps { try make(name, spec) }
        for (name, spec) in specs.programs where spec.autoload {
            programs[name] = try prepare(spec)
        }
        for (name, spec) in specs.maps { try fill(name, spec) }
        return UserSpaceObject(
            specs: specs, programs: programs, maps: maps, registrations: Array(registrations.values)
        )
    }

    // MARK: Maps

    private mutating func make(_ name: String, _ spec: MapSpec) throws(UserSpaceLoadError) {
        do {
            let map = try host.makeMap(
                spec.definition(types: specs.types, cpuCount: host.options.cpuCount),
                inner: spec.inner?.definition(types: specs.types, cpuCount: host.options.cpuCount))
            registrations[name] = try host.register(map)
            maps[name] = map
            if let contents = specs.initialContents(of: name) {
                try map.update([0, 0, 0, 0], contents)
            }
        } catch let error as UserSpaceLoadError {
            throw error
        } catch {
            throw .map(name: name, reason: "\(error)")
        }
    }

    /// Gives externs what the host knows.
    private mutating func configure() throws(UserSpaceLoadError) {
        for (key, variable) in specs.variables where variable.isExternal {
            guard specs.maps[variable.map]?.contents != nil else { continue }
            guard let value = KernelConfiguration.value(of: variable.name) else {
                guard variable.isWeak else { throw .unknownConfiguration(variable: variable.name) }
                continue
            }
            let bytes = littleEndian(Int(truncatingIfNeeded: value), count: variable.size)
            try? specs.variables[key]?.set(bytes: bytes)
        }
    }

    private func fill(_ name: String, _ spec: MapSpec) throws(UserSpaceLoadError) {
        guard let map = maps[name] else { return }
        for initial in spec.initialValues {
            do {
                switch initial.content {
                case .program(let program):
                    guard let target = programs[program] else { continue }
                    try map.setProgram(target.body, at: UInt32(initial.index))
                case .map(let inner):
                    guard let target = maps[inner] else { continue }
                    try map.setInnerMap(
                        target, key: littleEndian(initial.index, count: map.definition.keySize))
                }
            } catch {
                throw .initialValue(map: name, index: initial.index, reason: "\(error)")
            }
        }
        if spec.isFrozen { try? map.freeze() }
    }

    private func littleEndian(_ value: Int, count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }

    // MARK: Programs

    private func prepare(_ spec: ProgramSpec) throws(UserSpaceLoadError) -> UserSpaceProgram {
        var instructions = spec.instructions
        var kernelFunctions: [Int: String] = [:]
        for reference in spec.references {
            try resolve(reference, in: &instructions, &kernelFunctions, program: spec.name)
        }
        let trial = ProgramTrial(options: host.options, helpers: host.helpers, specs: specs)
        return try Self.prepare(
            spec, instructions, kernelFunctions, on: host, keeping: registrations,
            standing: trial.standing(of: spec))
    }

    static func prepare(
        _ spec: ProgramSpec, _ instructions: [EncodedInstruction],
        _ kernelFunctions: [Int: String], on host: UserSpaceHost,
        keeping registrations: [String: MapRegistration], standing: ProgramStanding
    ) throws(UserSpaceLoadError) -> UserSpaceProgram {
        let lowering: Lowering
        do throws(LoweringError) {
            lowering = try Lowering(
                instructions, helpers: host.helpers, kernelFunctions: kernelFunctions)
        } catch {
            throw .program(name: spec.name, error)
        }
        var unit = CodeUnit(instructions)
        unit.functionAddresses = lowering.functionAddresses
        unit.kernelFunctions = kernelFunctions.compactMapValues { name in
            host.helpers.index(ofKernelFunction: name).map(Int32.init)
        }
        for registration in registrations.values where host.helpers.hasPlainLookups {
            unit.arrays[registration.handle] = registration.arrayShape
            unit.keyByteCounts[registration.handle] = registration.keyByteCount
        }
        var shape = CompiledProgram.Shape()
        shape.window = CompiledProgram.Shape.window(for: spec.type)
        unit.window = UInt16(shape.window)
        if case .verified(let facts?) = standing {
            unit.apply(facts, to: &shape, regions: registrations.mapValues(\.index))
        }
        let compiled = try compile(
            unit, shape, name: spec.name, on: host, mapRegions: registrations.values.map(\.index))
        return UserSpaceProgram(
            spec: spec, code: Code(lowering, compiled: compiled), host: host,
            registrations: Array(registrations.values), standing: standing)
    }

    /// The machine code of a unit, if there is to be any.
    private static func compile(
        _ unit: CodeUnit, _ shape: CompiledProgram.Shape, name: String, on host: UserSpaceHost,
        mapRegions: [Int]
    ) throws(UserSpaceLoadError) -> CompiledProgram? {
        guard host.options.engine != .interpreter, host.helpers.observer == nil,
            CompiledProgram.suits(unit.program)
        else { return nil }
        do throws(CompilationError) {
            guard let processor = Compiler.Processor.current else { throw .unsupportedProcessor }
            let tailored = TailoredCode(unit, shape, for: processor, mapRegions: mapRegions)
            return try CompiledProgram(
                unit, shape, for: processor, tailored: unit.isVerified ? nil : tailored)
        } catch {
            if host.options.engine == .machineCode { throw .compilation(name: name, error) }
            return nil
        }
    }

    /// Puts the address of what an instruction names into it.
    private func resolve(
        _ reference: ProgramReference, in instructions: inout [EncodedInstruction],
        _ kernelFunctions: inout [Int: String], program: String
    ) throws(UserSpaceLoadError) {
        let slot = reference.slot
        switch reference.target {
        case .map(let name):
            guard let map = registrations[name] else { throw unknown(name, program, slot) }
            Self.patch(&instructions, slot, map.handle)
        case .mapValue(let name, let offset):
            guard let map = registrations[name] else { throw unknown(name, program, slot) }
            Self.patch(
                &instructions, slot, map.valueAddress &+ UInt64(bitPattern: Int64(offset)))
        case .kernelFunction(let name, _, let isWeak):
            guard isCall(instructions, slot) else {
                // Its address: programs only compare it with zero.
                let index = host.helpers.index(ofKernelFunction: name)
                guard isWeak || index != nil else { throw unknown(name, program, slot) }
                return Self.patch(&instructions, slot, UInt64(index ?? 0))
            }
            guard isWeak || host.helpers.index(ofKernelFunction: name) != nil
            else { throw unknown(name, program, slot) }
            kernelFunctions[slot] = name
            instructions[slot].source = 2
        case .kernelVariable(let name, _, let isWeak):
            guard isWeak else { throw unknown(name, program, slot) }
            Self.patch(&instructions, slot, 0)
        }
    }

    private func unknown(_ symbol: String, _ program: String, _ slot: Int) -> UserSpaceLoadError {
        .unknownSymbol(program: program, slot: slot, symbol: symbol)
    }

    private func isCall(_ instructions: [EncodedInstruction], _ slot: Int) -> Bool {
        instructions.indices.contains(slot) && instructions[slot].opcode == 0x85
    }

    /// Makes the 64-bit constant at a slot a plain number.
    private static func patch(
        _ instructions: inout [EncodedInstruction], _ slot: Int, _ value: UInt64
    ) {
        guard instructions.indices.contains(slot), instructions.indices.contains(slot + 1)
        else { return }
        instructions[slot].source = 0
        instructions[slot].immediate = Int32(truncatingIfNeeded: value)
        instructions[slot + 1].immediate = Int32(truncatingIfNeeded: value >> 32)
    }
}

/// What user space answers when a program asks how the kernel is configured (`__kconfig`).
enum KernelConfiguration {
    /// The value of a configuration variable, if there is a sensible one.
    static func value(of name: String) -> UInt64? {
        switch name {
        case "LINUX_KERNEL_VERSION": 6 << 16 | 18 << 8
        case "LINUX_HAS_BPF_COOKIE", "LINUX_HAS_SYSCALL_WRAPPER": 1
        case "CONFIG_HZ": 1000
        case "CONFIG_BPF", "CONFIG_BPF_SYSCALL", "CONFIG_BPF_JIT", "CONFIG_NET", "CONFIG_INET":
            UInt64(UInt8(ascii: "y"))
        default: nil
        }
    }
}
