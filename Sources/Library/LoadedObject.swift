import EBPFBytecode
import EBPFExecution
import EBPFKernel
public import EBPFObjectFile
public import OrderedCollections

/// An object's programs, maps and global variables, loaded into a host.
///
/// ```swift
/// let object = try Host.kernel.load(objectFileAt: "drop.bpf.o")
/// let drops = try object.map("drops", as: PerCPUArray<UInt64>.self)
/// let program = try object.program("drop", as: XDPProgram.self)
/// ```
///
/// What is opened as a Swift type is checked against the object's own types when it is asked for;
/// afterwards every use is type-safe. Programs and maps live as long as this object, or whoever
/// else holds one of them.
public final class LoadedObject: Sendable {
    /// What it was made from, as edited.
    public let specs: ObjectSpecs
    /// The programs by name, in the order of the file, without knowledge of their kinds.
    public let programs: OrderedDictionary<String, AnyProgram>
    /// The maps by name, in the order of the file, as bytes.
    public let maps: OrderedDictionary<String, AnyMap>
    let globals: GlobalVariables
    /// Keeps what belongs to the whole: in user space, the maps' places in the machine.
    let loaded: any AnyObject & Sendable

    init(_ object: UserSpaceObject) {
        specs = object.specs
        programs = object.programs.mapValues { AnyProgram($0) }
        var maps: OrderedDictionary<String, AnyMap> = [:]
        for (name, map) in object.maps {
            maps[name] = AnyMap(name, map, spec: object.specs.maps[name], types: object.specs.types)
        }
        self.maps = maps
        globals = GlobalVariables(object.specs)
        loaded = object
    }

    init(_ object: KernelObject) {
        specs = object.specs
        programs = object.programs.mapValues { AnyProgram($0) }
        var maps: OrderedDictionary<String, AnyMap> = [:]
        for (name, map) in object.maps {
            maps[name] = AnyMap(name, map, spec: object.specs.maps[name], types: object.specs.types)
        }
        self.maps = maps
        globals = GlobalVariables(object.specs)
        loaded = object
    }

    /// A program as one of its kind, with the operations that the kind has.
    ///
    /// - Parameters:
    ///   - name: the name of the function in the source.
    ///   - kind: what it is, such as `XDPProgram.self`.
    /// - Throws: ``BindingError`` if there is none, or it is of another kind.
    public func program<Kind: ProgramKind>(
        _ name: String, as kind: Kind.Type = Kind.self
    ) throws(BindingError) -> Kind {
        guard let program = programs[name] else {
            throw BindingError(.program, name, missing(name, specs.programs.keys))
        }
        return try Kind(program)
    }

    /// A map with keys and values as Swift types.
    ///
    /// - Parameters:
    ///   - name: the name of the variable in the source.
    ///   - type: what it is, such as `HashMap<FlowKey, UInt64>.self`.
    /// - Throws: ``BindingError`` if there is none, if it is of another kind, or if a key or value
    ///   is laid out otherwise; the message names the first member that differs.
    public func map<Map: TypedMap>(
        _ name: String, as type: Map.Type = Map.self
    ) throws(BindingError) -> Map {
        guard let map = maps[name] else {
            throw BindingError(.map, name, missing(name, maps.keys))
        }
        return try Map(opening: map)
    }

    private func missing(
        _ name: String, _ names: some Sequence<String>
    ) -> BindingError.Problem {
        .missing(suggestion: Spelling.suggestion(for: name, among: names))
    }
}
