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

    init(
        specs: ObjectSpecs, programs: OrderedDictionary<String, KernelProgram>,
        maps: OrderedDictionary<String, KernelMap>
    ) {
        self.specs = specs
        self.programs = programs
        self.maps = maps
    }
}
