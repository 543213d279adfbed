import EBPFBytecode
import EBPFObjectFile
import OrderedCollections

// An object's maps: made, filled with global data, then with each other and with programs.

extension KernelObjectLoader {
    /// Makes all maps, or finds them where they are pinned; those of global data have their
    /// contents then.
    mutating func createMaps() throws(LoadFailure) {
        for (name, spec) in specs.maps {
            maps[name] =
                if let map = given[name] {
                    try take(map, for: spec)
                } else if let path = pinPath(of: spec) {
                    try share(spec, path)
                } else {
                    try named(spec) { () throws(KernelError) in try create(spec) }
                }
        }
    }

    /// Lays out the structs whose functions the kernel calls; programs are for their members.
    mutating func layOutStructOperations() throws(LoadFailure) {
        for (name, spec) in specs.maps where spec.type == .structOperations {
            guard let local = specs.types else { continue }
            let contents = specs.initialContents(of: name) ?? []
            let types = host.types
            structOperations[name] = try named(spec) { () throws(KernelError) in
                try StructOperations(spec, contents: contents, local: local, types: types)
            }
        }
    }

    private func creation(_ spec: MapSpec) -> MapCreation {
        MapCreation(
            objectName: specs.name, types: types.uploaded,
            structOperations: structOperations[spec.name], system: host.system)
    }

    /// A map that the caller has in the place of the object's, if it is like that one.
    private mutating func take(_ map: KernelMap, for spec: MapSpec) throws(LoadFailure) -> KernelMap
    {
        let attributes = try named(spec) { () throws(KernelError) in
            try creation(spec).attributes(spec)
        }
        let (wanted, found) = (PinMismatch.Shape(attributes), PinMismatch.Shape(map.shape))
        guard wanted == found else {
            let mismatch = PinMismatch(map: spec.name, path: "", wanted: wanted, pinned: found)
            throw .map(
                name: spec.name,
                KernelError(
                    "using \(map) in its place", .invalidArgument, reason: mismatch.difference,
                    remedy: "give it a map like its own: \(wanted)"))
        }
        reused.insert(spec.name)
        return map
    }

    private func create(_ spec: MapSpec) throws(KernelError) -> KernelMap {
        let map = try creation(spec).create(spec)
        // A struct of functions waits for its programs, and for being registered.
        guard spec.type != .structOperations else { return map }
        if let contents = specs.initialContents(of: spec.name) {
            try fill(map, contents)
        } else if spec.type == .arena {
            try fill(map, [])
        }
        if spec.isFrozen { try map.freeze() }
        return map
    }

    /// Puts global data into its map. An arena is memory, which has to be mapped before programs
    /// that use it are loaded: the kernel must know where it begins for applications.
    private func fill(_ map: KernelMap, _ contents: [UInt8]) throws(KernelError) {
        guard map.shape.type == .arena else { return try map.update([0, 0, 0, 0], contents) }
        let memory = try KernelMapMemory(map)
        guard contents.count <= memory.byteCount else {
            throw KernelError(
                "filling \(map)", .noSpace,
                reason: "\(contents.count) bytes of variables do not fit into its "
                    + "\(memory.byteCount) bytes",
                remedy: "give it more pages: __uint(max_entries, …)")
        }
        try memory.withMutableBytes { bytes in
            for (offset, byte) in contents.enumerated() {
                bytes.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
            }
        }
    }

    private func named<Result>(
        _ spec: MapSpec, _ body: () throws(KernelError) -> Result
    ) throws(LoadFailure) -> Result {
        do throws(KernelError) {
            return try body()
        } catch {
            throw .map(name: spec.name, error)
        }
    }

    // MARK: Pins

    private func pinPath(of spec: MapSpec) -> String? {
        if let path = spec.pinPath { return path }
        guard spec.pinning == .byName else { return nil }
        return KernelObject.path(of: spec.name, in: host.options.pinDirectory)
    }

    /// The map that is pinned at a path; if there is none, a new one is pinned there.
    private mutating func share(_ spec: MapSpec, _ path: String) throws(LoadFailure) -> KernelMap {
        sharedPins[spec.name] = path
        if let found = try pinned(spec, path) { return found }
        let map = try named(spec) { () throws(KernelError) in try create(spec) }
        do throws(KernelError) {
            try pins.pin(map.descriptor, at: path, "pinning it")
            return map
        } catch {
            // Another process may have loaded the same object meanwhile: its map is the one.
            if error.errno == .exists, let found = try pinned(spec, path) { return found }
            throw .map(name: spec.name, error)
        }
    }

    private mutating func pinned(
        _ spec: MapSpec, _ path: String
    ) throws(LoadFailure) -> KernelMap? {
        let map: KernelMap
        do throws(KernelError) {
            map = try KernelMap(pinnedAt: path, system: host.system)
        } catch {
            guard error.errno != .noEntry else { return nil }
            throw .map(name: spec.name, error)
        }
        let attributes = try named(spec) { () throws(KernelError) in
            try creation(spec).attributes(spec)
        }
        let (wanted, found) = (PinMismatch.Shape(attributes), PinMismatch.Shape(map.shape))
        guard wanted == found else {
            throw .pinMismatch(
                PinMismatch(map: spec.name, path: path, wanted: wanted, pinned: found))
        }
        reused.insert(spec.name)
        return map
    }

    // MARK: What maps hold at first

    /// Puts maps into maps of maps, as `.values = { &inner }` in the source says.
    func fillMapsOfMaps() throws(LoadFailure) {
        try fill(except: reused) { content throws(KernelError) in
            guard case .map(let name) = content else { return nil }
            guard let map = maps[name] else { throw Self.missing("map \(name)") }
            return map.number
        }
    }

    /// Puts programs into arrays of programs, so that others can jump to them; also into arrays
    /// that were found pinned.
    func fillProgramArrays() throws(LoadFailure) {
        try fill(except: []) { content throws(KernelError) in
            guard case .program(let name) = content else { return nil }
            guard let program = programs[name] else {
                throw Self.missing("program \(name)", remedy: "set its autoload")
            }
            return program.number
        }
    }

    private static func missing(_ what: String, remedy: String? = nil) -> KernelError {
        KernelError(
            "putting \(what) into it", .noEntry, reason: "\(what) is not loaded", remedy: remedy)
    }

    /// Sets the entries whose descriptor is known.
    private func fill(
        except excluded: Set<String>,
        _ descriptor: (MapSpec.InitialValue.Content) throws(KernelError) -> UInt32?
    ) throws(LoadFailure) {
        for (name, spec) in specs.maps where spec.type != .structOperations {
            guard !excluded.contains(name), let map = maps[name] else { continue }
            for initial in spec.initialValues {
                try named(spec) { () throws(KernelError) in
                    guard let number = try descriptor(initial.content) else { return }
                    let key = Self.littleEndian(initial.index, count: map.shape.keySize)
                    try map.update(key, Self.littleEndian(Int(number), count: 4))
                }
            }
        }
    }

    private static func littleEndian(_ value: Int, count: UInt32) -> [UInt8] {
        (0..<Int(count)).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }
}
