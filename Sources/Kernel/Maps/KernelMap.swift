public import EBPFBytecode
import Synchronization

/// A map in the kernel, by a descriptor of this process.
///
/// Keys and values are bytes, as bpf(2) takes them; typed maps are built on top. The map lives as
/// long as someone holds it: this object, a program, a pin, another map.
public final class KernelMap: Sendable {
    /// The descriptor, closed with this object.
    public let descriptor: Descriptor
    /// What the kernel says the map is like, when it was created or opened.
    public let shape: MapShape
    /// The number of values of a key in a per-CPU map: one for each possible CPU; else 1.
    public let valuesPerKey: Int

    /// Takes over an open map.
    ///
    /// - Throws: ``KernelError`` if it is not a map.
    public init(owning descriptor: consuming Descriptor) throws(KernelError) {
        shape = try MapShape(of: descriptor)
        valuesPerKey =
            shape.type.isPerCPU ? try CPUs.possibleCount(descriptor.system) : 1
        let size = Int(shape.valueSize)
        keyByteCount = Int(shape.keySize)
        arenaAddress = Atomic(
            shape.type == .arena ? Int(truncatingIfNeeded: shape.extra) : 0)
        valueByteCount = shape.type.isPerCPU ? (size + 7) / 8 * 8 * valuesPerKey : size
        direct = DirectMapCalls(descriptor)
        self.descriptor = descriptor
    }

    /// How many bytes a look-up gives: of per-CPU maps all values, each rounded up to 8 bytes.
    public let valueByteCount: Int
    /// The short way to the elements; `nil` if a test answers instead of Linux.
    public let direct: DirectMapCalls?
    /// Where an arena begins in this process, once it is known; else 0.
    let arenaAddress: Atomic<Int>
    /// How many bytes a key has.
    @usableFromInline let keyByteCount: Int

    /// Throws unless the map is of a kind.
    func require(_ type: MapType, _ action: String) throws(KernelError) {
        guard shape.type != type else { return }
        throw KernelError(
            "\(action) \(self)", .invalidArgument,
            reason: "it is of type \(shape.type), not \(type)")
    }

    var system: SystemCalls { descriptor.system }
    var number: UInt32 { UInt32(bitPattern: descriptor.number) }
}

/// What a map is like (`struct bpf_map_info`).
public struct MapShape: Hashable, Sendable {
    /// The kernel's number of the map.
    public let id: UInt32
    /// Its name, at most 15 bytes; empty if it has none.
    public let name: String
    /// The kind of map.
    public let type: MapType
    /// The size of a key in bytes.
    public let keySize: UInt32
    /// The size of a value in bytes.
    public let valueSize: UInt32
    /// The greatest number of entries.
    public let maxEntries: UInt32
    /// How it was created.
    public let flags: MapFlags
    /// What the kind makes of it (`map_extra`).
    public let extra: UInt64
    /// The BTF object that describes keys and values; 0 if none.
    public let typesID: UInt32
    /// The type of keys in it; 0 if none.
    public let keyType: UInt32
    /// The type of values in it; 0 if none.
    public let valueType: UInt32
    /// The kernel's BTF object that describes values of `struct_ops`; 0 if none.
    public let kernelTypesID: UInt32
    /// The type of values in it; 0 if none.
    public let kernelValueType: UInt32

    init(of descriptor: borrowing Descriptor) throws(KernelError) {
        let info: MapInfo = try descriptor.info("asking what a map is like")
        id = info.id
        name = info.name.text
        type = MapType(rawValue: info.type) ?? .unspecified
        keySize = info.keySize
        valueSize = info.valueSize
        maxEntries = info.maxEntries
        flags = MapFlags(rawValue: info.flags)
        extra = info.extra
        typesID = info.typesID
        keyType = info.keyType
        valueType = info.valueType
        kernelTypesID = info.kernelTypesID
        kernelValueType = info.kernelValueType
    }
}
