import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Makes maps as specs describe them, with the choices that the source leaves to the loader.
struct MapCreation {
    /// The name of the object, which begins the names of its global data.
    let objectName: String
    /// The object's types in the kernel.
    let types: SharedDescriptor?
    /// How the kernel sees the map, if it is of type `struct_ops`.
    var structOperations: StructOperations?
    let system: SystemCalls

    /// Creates a map; for a map of maps it shows the kernel one that is like those inside.
    ///
    /// - Throws: ``KernelError``.
    func create(_ spec: MapSpec) throws(KernelError) -> KernelMap {
        guard spec.type == .arrayOfMaps || spec.type == .hashOfMaps else {
            return try create(spec, inner: 0)
        }
        guard let inner = spec.inner else {
            throw KernelError(
                "creating map \(spec.name)", .invalidArgument,
                reason: "nothing says what the maps in it are like",
                remedy: "declare it with __array(values, struct { … }), or set the inner map spec")
        }
        let prototype = try create(inner, inner: 0)
        defer { withExtendedLifetime(prototype) {} }
        return try create(spec, inner: prototype.number)
    }

    /// Older kernels do not take all that newer ones do: once more without types, then without
    /// sharing memory, then without a name.
    ///
    /// - Throws: ``KernelError``, of the first attempt.
    private func create(_ spec: MapSpec, inner: UInt32) throws(KernelError) -> KernelMap {
        var attributes = try attributes(spec)
        attributes.innerMap = inner
        do throws(KernelError) {
            return try KernelMap(attributes, system: system)
        } catch {
            guard error.errno != .notPermitted, error.errno != .noMemory else { throw error }
            for concede in Self.concessions where concede(&attributes, spec) {
                if let map = try? KernelMap(attributes, system: system) { return map }
            }
            var error = error
            if let reason = ReleaseHints(system: system).reason(spec.type) { error.reason = reason }
            throw error
        }
    }

    /// Each leaves away what a map can do without, and says whether there was anything.
    private static let concessions: [@Sendable (inout MapCreateAttributes, MapSpec) -> Bool] = [
        { attributes, _ in
            guard attributes.keyType != 0 || attributes.valueType != 0 else { return false }
            (attributes.types, attributes.keyType, attributes.valueType) = (0, 0, 0)
            return true
        },
        { attributes, spec in
            guard attributes.flags != spec.flags.rawValue else { return false }
            attributes.flags = spec.flags.rawValue
            return true
        },
        { attributes, _ in
            attributes.name = ObjectName()
            return true
        },
    ]

    /// What the kernel is asked for.
    func attributes(_ spec: MapSpec) throws(KernelError) -> MapCreateAttributes {
        var attributes = MapCreateAttributes()
        attributes.type = spec.type.rawValue
        attributes.keySize = spec.keySize
        attributes.valueSize = spec.valueSize
        attributes.maxEntries = try entries(spec)
        attributes.flags = spec.flags.rawValue
        attributes.extra = spec.extra
        attributes.name = name(spec)
        if let node = spec.numaNode {
            attributes.flags |= MapFlags.numaNode.rawValue
            attributes.numaNode = node
        }
        // Applications reach global data without system calls (Linux 5.5).
        if spec.isGlobalData { attributes.flags |= MapFlags.mappable.rawValue }
        if let structOperations {
            // The kernel wants the object's types here, too, although it does not look at them.
            attributes.types = types?.number ?? 0
            attributes.valueSize = structOperations.valueSize
            attributes.kernelValueType = structOperations.valueType.rawValue
            if let module = structOperations.module {
                attributes.flags |= MapFlags.valueTypeInModule.rawValue
                attributes.valueTypesDescriptor = try module.descriptor()
            }
            return attributes
        }
        let hasTypes = spec.keyType != nil || spec.valueType != nil
        if let types, spec.type.takesTypes, hasTypes {
            attributes.types = types.number
            attributes.keyType = spec.keyType?.rawValue ?? 0
            attributes.valueType = spec.valueType?.rawValue ?? 0
        }
        return attributes
    }

    /// The number of entries: of perf event arrays one for each CPU unless the source says more,
    /// of ring buffers a power of two and whole pages.
    private func entries(_ spec: MapSpec) throws(KernelError) -> UInt32 {
        switch spec.type {
        case .perfEventArray where spec.maxEntries == 0:
            return UInt32(clamping: try CPUs.possibleCount(system))
        case .ringBuffer, .userRingBuffer:
            let page = Mapping.pageSize
            var size = page
            while size < Int(spec.maxEntries) { size *= 2 }
            let isGiven = spec.maxEntries > 0
            return isGiven ? UInt32(exactly: size) ?? spec.maxEntries : 0
        default:
            return spec.maxEntries
        }
    }

    /// The name in the kernel. Sections of global data have the same names in all objects: the
    /// object's own, shortened, is put in front.
    private func name(_ spec: MapSpec) -> ObjectName {
        guard spec.contents != nil, spec.name.hasPrefix(".") else { return ObjectName(spec.name) }
        let room = max(0, 15 - max(7, spec.name.utf8.count))
        return ObjectName(String(objectName.prefix(room)) + spec.name)
    }
}

extension MapSpec {
    /// Whether it holds a section of data.
    fileprivate var isGlobalData: Bool { type == .array && contents != nil }
}

extension MapType {
    /// Whether the kernel lets keys and values of such maps have types.
    fileprivate var takesTypes: Bool {
        switch self {
        case .programArray, .perfEventArray, .cgroupArray, .stackTrace, .arrayOfMaps, .hashOfMaps,
            .deviceMap, .deviceMapHash, .cpuMap, .xskMap, .socketMap, .socketHash:
            false
        default: true
        }
    }
}
