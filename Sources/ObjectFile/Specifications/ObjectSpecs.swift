public import EBPFTypeFormat
// Who uses specs needs the members of ordered dictionaries, too.
@_exported public import OrderedCollections

/// All that an object file describes, as values that can be edited before loading.
public struct ObjectSpecs: Sendable {
    /// The name of the object, from its file.
    public var name: String
    /// The programs by name, in the order of the file.
    public var programs: OrderedDictionary<String, ProgramSpec>
    /// The maps by name: first those of the source in its order, then those of global data.
    public var maps: OrderedDictionary<String, MapSpec>
    /// The global variables by name, in the order of their sections and offsets.
    public var variables: OrderedDictionary<String, VariableSpec>
    /// The licence that the programs declare; empty if none.
    public var license: String
    /// The kernel version that old kernels wanted programs to declare, as `LINUX_VERSION_CODE`.
    public var kernelVersion: UInt32?
    /// The object's type information, with offsets and sizes of global data filled in.
    public var types: BTF?

    /// What is put together by hand.
    public init(
        name: String = "",
        programs: OrderedDictionary<String, ProgramSpec> = [:],
        maps: OrderedDictionary<String, MapSpec> = [:],
        variables: OrderedDictionary<String, VariableSpec> = [:],
        license: String = "",
        kernelVersion: UInt32? = nil,
        types: BTF? = nil
    ) {
        self.name = name
        self.programs = programs
        self.maps = maps
        self.variables = variables
        self.license = license
        self.kernelVersion = kernelVersion
        self.types = types
    }
}

extension ObjectSpecs {
    /// The value that a map of global data starts with: its section's bytes with the variables'
    /// values, as edited, laid over them; `nil` for other maps.
    public func initialContents(of map: String) -> [UInt8]? {
        guard var contents = maps[map]?.contents else { return nil }
        for variable in variables.values where variable.map == map && variable.offset >= 0 {
            let (end, overflow) = variable.offset.addingReportingOverflow(variable.size)
            guard !overflow, end <= contents.count else { continue }
            contents.replaceSubrange(variable.offset..<end, with: variable.bytes)
        }
        return contents
    }
}
