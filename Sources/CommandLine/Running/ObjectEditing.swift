import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

extension RunCommand {
    /// Bytecode has no names that options could refer to.
    func refuseObjectOptions() throws {
        let given = [
            ("--program", program != nil), ("--initialize", initialize != nil),
            ("--set", !settings.isEmpty), ("--update", !updates.isEmpty),
        ]
        guard let option = given.first(where: \.1)?.0 else { return }
        throw Failure(message: "\(file): bytecode has no names; \(option) is for objects")
    }

    /// The kind of program that `--type` names.
    func programType() throws -> ProgramType? {
        try type.map { try ProgramType(commandLine: $0) }
    }

    /// The bytes that `--packet` gives in hex.
    func packetBytes(_ hex: String) throws -> [UInt8] {
        do { return try HexText.bytes(hex) } catch let failure as Failure {
            throw Failure(message: "--packet: \(failure.message)")
        }
    }

    /// Whether the program gets packets.
    var readsPackets: Bool { pcap != nil || packet != nil }

    /// What bytecode is taken for when nobody says it.
    var defaultType: ProgramType { readsPackets ? .xdp : .unspecified }
}

extension ObjectSpecs {
    /// Gives variables values: `port=53`, `targets[...]` by the literal notation of their types.
    mutating func set(_ settings: [String]) throws {
        for setting in settings {
            guard let separator = setting.firstIndex(of: "=")
            else { throw Failure(message: "--set \(setting): write VARIABLE=VALUE") }
            let name = String(setting[..<separator])
            let text = String(setting[setting.index(after: separator)...])
            guard let variable = variables[name] else {
                let unknown = Choice("variable", variables.keys).unknown(name)
                throw Failure(message: "--set \(setting): \(unknown)")
            }
            do {
                let format = try variable.format(in: types)
                try variables[name]?.set(bytes: try format.bytes(from: text))
            } catch let error as BTFError {
                throw Failure(message: "--set \(setting): \(error.explanation)")
            } catch {
                throw Failure(message: "--set \(setting): \(error)")
            }
        }
    }

    /// What an update of a program array says: `chain=3:parse_tcp`.
    func program(_ update: String) -> (map: String, index: Int, name: String)? {
        let parts = update.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, maps[parts[0]]?.type == .programArray else { return nil }
        let entry = parts[1].split(separator: ":", maxSplits: 1).map(String.init)
        guard entry.count == 2, let index = UInt32(entry[0]), programs[entry[1]] != nil
        else { return nil }
        return (parts[0], Int(index), entry[1])
    }

    /// Puts programs into program arrays, as initial values; other updates are left.
    mutating func fillProgramArrays(_ updates: [String]) {
        for (map, index, name) in updates.compactMap(program) {
            maps[map]?.initialValues.append(.init(index: index, content: .program(name)))
        }
    }

    /// The name of the program to run: the one asked for, or the one a user most likely means.
    func choose(
        _ name: String?, among loaded: some Sequence<String>, forPackets: Bool
    ) throws -> String {
        let programs = loaded.compactMap { self.programs[$0] }
        if let name {
            guard programs.contains(where: { $0.name == name })
            else { throw Failure(message: unknownProgram(name, in: self.name)) }
            return name
        }
        let entries = programs.filter { !parts.contains($0.name) }
        let fitting = entries.filter { !forPackets || $0.type.seesPackets }
        guard let program = fitting.first ?? entries.first ?? programs.first
        else { throw Failure(message: "\(self.name): the object has no program to run") }
        return program.name
    }

    /// Programs that others tail-call: they are parts, not beginnings.
    private var parts: Set<String> {
        Set(
            maps.values.flatMap(\.initialValues).compactMap { initial -> String? in
                if case .program(let name) = initial.content { name } else { nil }
            })
    }

    /// Leaves out the programs that do not run: neither the one that is meant, nor the one
    /// that fills maps before, nor one that others tail-call. What is wrong with them is no matter.
    mutating func loadOnly(_ name: String?, _ first: String?, forPackets: Bool) throws {
        let loaded = programs.values.filter(\.autoload).map(\.name)
        let wanted = parts.union(
            [try choose(name, among: loaded, forPackets: forPackets), first].compactMap(\.self))
        for program in loaded where !wanted.contains(program) {
            programs[program]?.autoload = false
        }
    }

    /// Makes programs whose section says nothing programs of a type.
    mutating func retype(_ type: ProgramType) {
        for name in programs.keys where programs[name]?.type == .unspecified {
            programs[name]?.type = type
        }
    }
}

extension VariableSpec {
    fileprivate func format(in types: BTF?) throws -> ValueFormat {
        let typed = try type.flatMap { id in try types?.format(of: id, name: name) }
        return typed ?? ValueFormat(untypedOf: size)
    }
}

extension UserSpaceObject {
    /// Puts entries into maps: `blocked=10.0.0.0/8:1`, key and value by their types.
    func update(_ updates: [String]) throws {
        for update in updates where specs.program(update) == nil { try self.update(update) }
    }

    private func update(_ update: String) throws {
        guard let separator = update.firstIndex(of: "=")
        else { throw Failure(message: "--update \(update): write MAP=KEY:VALUE") }
        let name = String(update[..<separator])
        guard let map = maps[name], let spec = specs.maps[name] else {
            throw Failure(message: "--update \(update): \(Choice("map", maps.keys).unknown(name))")
        }
        let format = EntryFormat(spec, types: specs.types, cpuCount: map.cpuCount)
        do {
            let entry = try format.entry(from: String(update[update.index(after: separator)...]))
            try map.update(entry.key, entry.value)
        } catch let failure as Failure {
            throw Failure(message: "--update \(update): \(failure.message)")
        } catch {
            throw Failure(message: "--update \(update): \(error)")
        }
    }

    /// The program with a name, or the one that a user most likely means.
    func choose(_ name: String?, forPackets: Bool) throws -> UserSpaceProgram {
        let name = try specs.choose(name, among: programs.keys, forPackets: forPackets)
        guard let program = programs[name]
        else { throw Failure(message: specs.unknownProgram(name, in: specs.name)) }
        return program
    }

    /// Every map's entries, those of global data only on request.
    func dumps(includingData: Bool, cpuCount: Int, limit: Int) -> [MapDump] {
        maps.compactMap { name, map in
            guard let spec = specs.maps[name], includingData || spec.contents == nil,
                spec.type.canBeListed
            else { return nil }
            let format = EntryFormat(spec, types: specs.types, cpuCount: cpuCount)
            return MapDump(MapEntries(map), format: format, limit: limit)
        }
    }
}

extension ProgramType {
    /// Whether the context describes a packet.
    var seesPackets: Bool {
        switch self {
        case .xdp, .schedulerClassifier, .schedulerAction, .socketFilter, .cgroupSKB,
            .lwtIn, .lwtOut, .lwtTransmit,
            .lwtSeg6Local, .socketSKB:
            true
        default: false
        }
    }
}

extension MapType {
    /// Whether entries can be read one by one.
    var canBeListed: Bool {
        switch self {
        case .ringBuffer, .userRingBuffer, .perfEventArray, .bloomFilter, .programArray:
            false
        default: true
        }
    }
}
