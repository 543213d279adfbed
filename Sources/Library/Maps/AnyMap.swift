public import EBPFBytecode
public import EBPFKernel
public import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import Synchronization

/// A map whose keys and values are bytes: for tools, and what typed maps stand on.
///
/// ```swift
/// let drops = object.maps["drops"]
/// print(try drops?.value(of: [17, 0, 0, 0]) ?? [])
/// ```
public final class AnyMap: Sendable {
    enum Storage: Sendable {
        case kernel(KernelMap)
        case userSpace(EBPFMaps.Map)
    }

    /// Its name in the source.
    public let name: String
    /// The kind of map.
    public let type: MapType
    /// The size of a key in bytes; 0 for maps without keys.
    public let keySize: Int
    /// The size of a value in bytes; of per-CPU maps, of one CPU's value.
    public let valueSize: Int
    /// The greatest number of entries; for ring buffers, the number of bytes.
    public let maxEntries: Int
    /// How it was made.
    public let flags: MapFlags
    /// How many values a key has: one for each CPU in per-CPU maps, else 1.
    public let valuesPerKey: Int
    let storage: Storage
    /// The short way to the elements of a map in the kernel, which `storage` keeps open.
    let direct: DirectMapCalls?
    let keyType: TypeID?
    let valueType: TypeID?
    /// What the maps inside are like, for maps of maps.
    let innerSpec: MapSpec?
    let types: BTF?
    /// The ends of streams that are open.
    let streams = Mutex(StreamEnds())

    init(_ name: String, _ map: KernelMap, spec: MapSpec? = nil, types: BTF? = nil) {
        self.name = name
        type = map.shape.type
        keySize = Int(map.shape.keySize)
        valueSize = Int(map.shape.valueSize)
        maxEntries = Int(map.shape.maxEntries)
        flags = map.shape.flags
        valuesPerKey = map.valuesPerKey
        storage = .kernel(map)
        direct = map.direct
        keyType = spec?.keyType
        valueType = spec?.valueType
        innerSpec = spec?.inner
        self.types = types
    }

    init(_ name: String, _ map: EBPFMaps.Map, spec: MapSpec? = nil, types: BTF? = nil) {
        self.name = name
        type = map.definition.type
        keySize = map.definition.keySize
        valueSize = map.definition.valueSize
        maxEntries = map.definition.maxEntries
        flags = map.definition.flags
        valuesPerKey = map.definition.type.isPerCPU ? map.cpuCount : 1
        storage = .userSpace(map)
        direct = nil
        keyType = spec?.keyType
        valueType = spec?.valueType
        innerSpec = spec?.inner
        self.types = types
    }

    /// A map of a machine in this process that no object file describes.
    public convenience init(_ name: String, inMachine map: EBPFMaps.Map) { self.init(name, map) }

    /// How many bytes a look-up gives: of per-CPU maps all values, each rounded up to 8 bytes.
    public var valueByteCount: Int {
        type.isPerCPU ? (valueSize + 7) / 8 * 8 * valuesPerKey : valueSize
    }

    /// The map in the kernel, for what only a kernel can do; `nil` in user space.
    public var kernelMap: KernelMap? {
        if case .kernel(let map) = storage { map } else { nil }
    }
}

extension AnyMap: CustomStringConvertible {
    /// The map as messages name it.
    public var description: String { "map \(name)" }
}
