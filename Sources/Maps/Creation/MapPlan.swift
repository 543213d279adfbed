import EBPFBytecode

/// A definition that has passed the checks, and what else a kind needs to build itself.
struct MapPlan {
    var definition: MapDefinition
    let cpuCount: Int
    let inner: MapDefinition?
    /// What the hash functions start from.
    let seed: UInt64

    /// How many bytes of value memory an entry takes for each of its values.
    var valueStride: Int { ValueMemory.stride(for: definition.valueSize) }
}
