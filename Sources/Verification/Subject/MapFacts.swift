import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What the verifier must know about a map.
struct MapFacts {
    let name: String
    let type: MapType
    let keySize: Int
    let valueSize: Int
    let maxEntries: UInt32
    let flags: MapFlags
    /// What is in its values beside plain bytes.
    let record: SpecialRecord
    /// The bytes of its only value, if nobody can change them.
    let constantContents: [UInt8]?
    /// The place, among the maps of the program, of what the maps in it are like.
    let innerIndex: Int?

    init(
        _ spec: MapSpec, contents: [UInt8]?, innerIndex: Int?, types: BTF?, kernelTypes: BTF?
    ) {
        name = spec.name
        type = spec.type
        flags = spec.flags
        maxEntries = spec.maxEntries
        keySize = Int(spec.keySize)
        valueSize = Int(spec.valueSize)
        record =
            if let types, let valueType = spec.valueType,
                !spec.flags.contains(.readOnlyForPrograms)
            {
                SpecialRecord(of: valueType, types: types, kernelTypes: kernelTypes)
            } else {
                SpecialRecord()
            }
        let isConstant = spec.isFrozen && spec.flags.contains(.readOnlyForPrograms)
        constantContents = isConstant && spec.type == .array ? contents : nil
        self.innerIndex = innerIndex
    }
}

extension MapFacts {
    /// Whether a look-up gives a pointer to a value, and of which kind.
    var valueKind: RegisterState.Kind {
        switch type {
        case .xskMap: .xdpSocket
        case .socketMap, .socketHash: .socket
        case .arrayOfMaps, .hashOfMaps: .map
        default: .mapValue
        }
    }

    /// Whether look-ups of keys beyond the end cannot happen with a known key.
    var isArray: Bool { type == .array || type == .perCPUArray }
}
