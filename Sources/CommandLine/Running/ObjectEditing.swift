import EBPFBytecode
import EBPFExecution
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

extension RunCommand {
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
        for update in updates { try self.update(update) }
    }

    private func update(_ update: String) throws {
        guard let separator = update.firstIndex(of: "=")
        else { throw Failure(message: "--update \(update): write MAP=KEY:VALUE") }
        let name = String(update[..<separator])
        guard let map = maps[name], let spec = specs.maps[name] else {
            throw Failure(message: "--update \(update): \(Choice("map", maps.keys).unknown(name))")
        }
        let entry = update[update.index(after: separator)...]
        let types = specs.types
        let keyFormat = try Self.format(spec.keyType, Int(spec.keySize), types)
        let valueFormat = try Self.format(spec.valueType, Int(spec.valueSize), types)
        // Keys may contain colons (IPv6): the last place where both sides can be read counts.
        for colon in entry.indices.reversed() where entry[colon] == ":" {
            let keyText = LPMKey(spec, keyFormat).literal(String(entry[..<colon]))
            guard let key = try? keyFormat.bytes(from: keyText),
                let value = try? valueFormat.bytes(
                    from: String(entry[entry.index(after: colon)...]))
            else { continue }
            do { try map.update(key, Self.spread(value, over: map)) } catch {
                throw Failure(message: "--update \(update): \(error)")
            }
            return
        }
        throw Failure(
            message: "--update \(update): \(Self.explain(String(entry), keyFormat, valueFormat))")
    }

    /// What is wrong with an entry that cannot be read: its key, else its value.
    private static func explain(
        _ entry: String, _ keyFormat: ValueFormat, _ valueFormat: ValueFormat
    ) -> String {
        guard let colon = entry.firstIndex(of: ":") else { return "write MAP=KEY:VALUE" }
        do throws(BTFError) { _ = try keyFormat.bytes(from: String(entry[..<colon])) } catch {
            return "the key: \(error.explanation)"
        }
        do throws(BTFError) {
            _ = try valueFormat.bytes(from: String(entry[entry.index(after: colon)...]))
        } catch {
            return "the value: \(error.explanation)"
        }
        return "the key or the value is not of the map's type"
    }

    private static func format(_ type: TypeID?, _ size: Int, _ types: BTF?) throws -> ValueFormat {
        let typed = try type.flatMap { id in try types?.format(of: id) }
        return typed ?? ValueFormat(untypedOf: size)
    }

    /// Of a per-CPU map, every CPU gets the value.
    private static func spread(_ value: [UInt8], over map: Map) -> [UInt8] {
        guard map.definition.type.isPerCPU else { return value }
        let padded = value + Array(repeating: 0, count: (8 - value.count % 8) % 8)
        return Array(repeatElement(padded, count: map.cpuCount).joined())
    }

    /// The program with a name, or the one that a user most likely means.
    func choose(_ name: String?, forPackets: Bool) throws -> UserSpaceProgram {
        if let name {
            guard let program = programs[name]
            else { throw Failure(message: specs.unknownProgram(name, in: specs.name)) }
            return program
        }
        // Programs that others tail-call are parts, not beginnings.
        let parts = Set(
            specs.maps.values.flatMap(\.initialValues).compactMap { initial -> String? in
                if case .program(let name) = initial.content { name } else { nil }
            })
        let entries = programs.values.filter { !parts.contains($0.name) }
        let fitting = entries.filter { !forPackets || $0.type.seesPackets }
        guard let program = fitting.first ?? entries.first ?? programs.values.first
        else { throw Failure(message: "\(specs.name): the object has no program to run") }
        return program
    }

    /// Every map's entries, those of global data only on request.
    func dumps(includingData: Bool, cpuCount: Int, limit: Int) -> [MapDump] {
        maps.compactMap { name, map in
            guard let spec = specs.maps[name], includingData || spec.contents == nil,
                spec.type.canBeListed
            else { return nil }
            return MapDump(map, spec: spec, types: specs.types, cpuCount: cpuCount, limit: limit)
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

extension BTFError {
    /// What is wrong, without the place that the caller knows better.
    fileprivate var explanation: String {
        let text = "\(self)"
        return text.hasPrefix("value: ") ? String(text.dropFirst(7)) : text
    }
}
