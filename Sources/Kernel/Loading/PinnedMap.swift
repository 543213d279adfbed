public import EBPFBytecode

/// A map that is pinned where an object wants its own, but is of another shape.
public struct PinMismatch: Error, Hashable, Sendable {
    /// The name in the object.
    public let map: String
    /// Where the other one is pinned.
    public let path: String
    /// What the object wants.
    public let wanted: Shape
    /// What is pinned.
    public let pinned: Shape

    /// What two maps must have in common so that one can stand for the other.
    public struct Shape: Hashable, Sendable {
        /// The kind of map.
        public let type: MapType
        /// The size of a key in bytes.
        public let keySize: UInt32
        /// The size of a value in bytes.
        public let valueSize: UInt32
        /// The greatest number of entries.
        public let maxEntries: UInt32
        /// How it was created, but for the NUMA node.
        public let flags: MapFlags
        /// What the kind makes of it (`map_extra`).
        public let extra: UInt64
    }

    /// The first difference in words: "its keys have 4 bytes, not 8".
    public var difference: String {
        if wanted.type != pinned.type { return "it is of type \(pinned.type), not \(wanted.type)" }
        if wanted.keySize != pinned.keySize {
            return "its keys have \(pinned.keySize) bytes, not \(wanted.keySize)"
        }
        if wanted.valueSize != pinned.valueSize {
            return "its values have \(pinned.valueSize) bytes, not \(wanted.valueSize)"
        }
        if wanted.maxEntries != pinned.maxEntries {
            return "it has room for \(pinned.maxEntries) entries, not \(wanted.maxEntries)"
        }
        if wanted.flags != pinned.flags {
            return "its flags are \(pinned.flags.listed), not \(wanted.flags.listed)"
        }
        return "its map_extra is \(pinned.extra), not \(wanted.extra)"
    }
}

extension PinMismatch: CustomStringConvertible {
    /// Both shapes, the difference and the way out.
    public var description: String {
        "map \(map): another map is pinned at \(path): \(difference) "
            + "(pinned: \(pinned); wanted: \(wanted)); "
            + "unpin it (rm \(path)), or load with another pin directory"
    }
}

extension PinMismatch.Shape: CustomStringConvertible {
    /// For example "hash, key 4, value 8, 1024 entries, flags none".
    public var description: String {
        "\(type), key \(keySize), value \(valueSize), \(maxEntries) entries, flags \(flags.listed)"
            + (extra == 0 ? "" : ", map_extra \(extra)")
    }
}

extension PinMismatch.Shape {
    init(_ shape: MapShape) {
        self.init(
            type: shape.type, keySize: shape.keySize, valueSize: shape.valueSize,
            maxEntries: shape.maxEntries,
            flags: Self.comparable(shape.flags, shape.type), extra: shape.extra)
    }

    init(_ attributes: MapCreateAttributes) {
        let type = MapType(rawValue: attributes.type) ?? .unspecified
        self.init(
            type: type, keySize: attributes.keySize, valueSize: attributes.valueSize,
            maxEntries: attributes.maxEntries,
            flags: Self.comparable(MapFlags(rawValue: attributes.flags), type),
            extra: attributes.extra)
    }

    /// The kernel makes device maps read-only for programs by itself; where a map is allocated
    /// does not matter.
    private static func comparable(_ flags: MapFlags, _ type: MapType) -> MapFlags {
        var flags = flags.subtracting(.numaNode)
        if type == .deviceMap || type == .deviceMapHash { flags.remove(.readOnlyForPrograms) }
        return flags
    }
}

extension MapFlags {
    /// The names, or "none".
    fileprivate var listed: String { isEmpty ? "none" : names.joined(separator: "|") }
}
