#if !EBPF_KERNEL
/// What the global of a map says about it, for whoever makes the map: numbers of the UAPI.
public struct NativeMap {
    /// The kind of map (`BPF_MAP_TYPE_…`).
    public let type: UInt32
    /// The size of a key in bytes.
    public let keySize: UInt32
    /// The size of a value in bytes.
    public let valueSize: UInt32
    /// The greatest number of entries.
    public let maxEntries: UInt32
    /// How it is made (`BPF_F_…`).
    public let flags: UInt32
    /// What the kind makes of `map_extra`.
    public let extra: UInt64
    /// What a value is in Swift, if it is found by a key.
    public let valueType: Any.Type?

    /// Reads the global of a map; `nil` if at `place` there is none.
    public init?(at place: UnsafeRawPointer) {
        guard UInt(bitPattern: place) % 8 == 0 else { return nil }
        let definition = place.assumingMemoryBound(to: MapDefinition.self).pointee
        let any = MapDefinition(type: 0, keySize: 0, valueSize: 0, maxEntries: 0, roles: 0)
        guard definition.magic == any.magic else { return nil }
        type = definition.type
        keySize = definition.keySize
        valueSize = definition.valueSize
        maxEntries = definition.maxEntries
        flags = definition.flags
        extra = definition.extra
        let word = definition.valueType
        valueType =
            word == 0 || definition.innerKind != 0 ? nil : unsafeBitCast(word, to: Any.Type.self)
    }
}

extension MapDefinition {
    /// What values are in Swift: where maps of maps say what they hold.
    @usableFromInline var valueType: UInt {
        get { UInt(innerValueSize) << 32 | UInt(innerKeySize) }
        set {
            innerKeySize = UInt32(truncatingIfNeeded: newValue)
            innerValueSize = UInt32(truncatingIfNeeded: newValue >> 32)
        }
    }
}

extension LookupMap where Self: ~Copyable {
    /// Says what the map is, and what its values are in Swift.
    @usableFromInline
    func define(
        _ type: UInt32, key: Int = 0, value: Int = 0, maxEntries: Int, flags: MapFlags = [],
        pinned: Bool = false, extra: UInt64 = 0, roles: UInt32 = 0
    ) {
        let definition = address.assumingMemoryBound(to: MapDefinition.self)
        definition.initialize(
            to: MapDefinition(
                type: type, keySize: key, valueSize: value, maxEntries: maxEntries, flags: flags,
                pinning: pinned ? 1 : 0, extra: extra, roles: roles))
        definition.pointee.valueType = unsafeBitCast(Value.self as Any.Type, to: UInt.self)
    }
}
#endif
