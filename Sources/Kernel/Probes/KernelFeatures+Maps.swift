public import EBPFBytecode

extension KernelFeatures {
    /// Whether maps of a type can be made.
    public func mapType(_ type: MapType) -> FeatureAnswer {
        cached("map type \(type.name)") {
            guard type != .unspecified else { return .no }
            var attributes = ProbeMap.attributes(type)
            if type == .structOperations {
                // Any type will do: a kernel with such maps says that it is no structure of its.
                attributes.kernelValueType = 1
                return answer(creating: attributes, type, expecting: [.notSupported])
            }
            return answer(creating: attributes, type)
        }
    }

    /// Whether maps can be made with a flag; tried with the kind of map that has it.
    public func mapFlag(_ flag: MapFlags) -> FeatureAnswer {
        cached("map flag \(flag.rawValue)") {
            guard let type = ProbeMap.types[flag] else {
                return .unknown("there is no way to try it without changing the system")
            }
            var attributes = ProbeMap.attributes(type)
            attributes.flags |= flag.rawValue
            return answer(creating: attributes, type)
        }
    }

    /// The flags that ``mapFlag(_:)`` can try, in the order of their bits.
    public static var mapFlags: [MapFlags] {
        ProbeMap.types.keys.sorted { $0.rawValue < $1.rawValue }
    }

    private func answer(
        creating attributes: MapCreateAttributes, _ type: MapType, expecting: [KernelErrno] = []
    ) -> FeatureAnswer {
        FeatureAnswer(attempting: .create(type), on: system, expecting: expecting) {
            () throws(KernelErrno) in
            var attributes = attributes
            switch type {
            case .arrayOfMaps, .hashOfMaps:
                var inner = ProbeMap.attributes(.hash)
                let map = try system.openBPF(.mapCreate, &inner)
                attributes.innerMap = UInt32(bitPattern: map.number)
                _ = try system.openBPF(.mapCreate, &attributes)
                _ = consume map
            case .socketStorage, .inodeStorage, .taskStorage, .cgroupStorage:
                let types = try probeTypes(.storageValue).get()
                attributes.types = types.number
                (attributes.keyType, attributes.valueType) = (ProbeTypes.keyID, ProbeTypes.valueID)
                _ = try system.openBPF(.mapCreate, &attributes)
                withExtendedLifetime(types) {}
            default: _ = try system.openBPF(.mapCreate, &attributes)
            }
        }
    }
}

/// The smallest map of each kind that the kernel takes.
private enum ProbeMap {
    static func attributes(_ type: MapType) -> MapCreateAttributes {
        var attributes = MapCreateAttributes()
        attributes.type = type.rawValue
        (attributes.keySize, attributes.valueSize) = sizes(type)
        attributes.maxEntries = type.leastEntries
        attributes.flags = flags(type).rawValue
        return attributes
    }

    private static func sizes(_ type: MapType) -> (UInt32, UInt32) {
        switch type {
        case .stackTrace, .reusePortSocketArray: (4, 8)
        case .longestPrefixMatchTrie: (8, 8)
        case .cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated: (16, 8)
        case .queue, .stack, .bloomFilter: (0, 4)
        case .ringBuffer, .userRingBuffer, .arena: (0, 0)
        default: (4, 4)
        }
    }

    private static func flags(_ type: MapType) -> MapFlags {
        switch type {
        case .longestPrefixMatchTrie, .socketStorage, .inodeStorage, .taskStorage, .cgroupStorage:
            .noPreallocation
        case .arena: .mappable
        default: []
        }
    }

    /// A kind of map that each flag is for.
    static let types: [MapFlags: MapType] = [
        .noPreallocation: .hash, .noCommonLRU: .lruHash, .numaNode: .hash, .readOnly: .hash,
        .writeOnly: .hash, .zeroSeed: .hash, .readOnlyForPrograms: .array,
        .writeOnlyForPrograms: .array, .clone: .socketStorage, .mappable: .array,
        .preserveElements: .perfEventArray, .innerMap: .array, .segmentationFault: .arena,
        .noUserConversion: .arena, .overwriteOldest: .ringBuffer,
    ]
}
