public import EBPFObjectFile
public import OrderedCollections

/// An object's programs and maps in the kernel.
///
/// They live as long as this object, or whoever else holds one of them.
public final class KernelObject: Sendable {
    /// What it was made from, as edited.
    public let specs: ObjectSpecs
    /// The programs by name, in the order of the file.
    public let programs: OrderedDictionary<String, KernelProgram>
    /// The maps by name, in the order of the file.
    public let maps: OrderedDictionary<String, KernelMap>
    /// Where maps are pinned that objects share (`LIBBPF_PIN_BY_NAME`), by name.
    public let sharedPins: [String: String]
    /// The values of maps of type `struct_ops`, with their programs, by name: who puts one under
    /// key 0 registers it, or makes it ready for a link.
    public let structOperations: [String: [UInt8]]
    /// What the verifier wrote about each program, by name, if it was asked to.
    public let logs: [String: String]
    /// What went another way than the object asked for, a sentence each, though it was loaded.
    public let warnings: [String]

    init(
        specs: ObjectSpecs, programs: OrderedDictionary<String, KernelProgram>,
        maps: OrderedDictionary<String, KernelMap>, sharedPins: [String: String],
        logs: [String: String], warnings: [String], structOperations: [String: [UInt8]]
    ) {
        self.specs = specs
        self.programs = programs
        self.maps = maps
        self.sharedPins = sharedPins
        self.logs = logs
        self.warnings = warnings
        self.structOperations = structOperations
    }
}
