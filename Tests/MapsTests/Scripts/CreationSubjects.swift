import EBPFBytecode
import EBPFMaps

/// Definitions around the limits of every kind.
enum CreationSubjects {
    private static let bases: [MapDefinition] = [
        .init(type: .hash, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .perCPUHash, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .lruHash, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .lruPerCPUHash, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .array, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .perCPUArray, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .programArray, keySize: 4, valueSize: 4, maxEntries: 4),
        .init(type: .perfEventArray, keySize: 4, valueSize: 4, maxEntries: 4),
        .init(
            type: .longestPrefixMatchTrie,
            keySize: 8,
            valueSize: 8,
            maxEntries: 4,
            flags: .noPreallocation
        ),
        .init(type: .queue, keySize: 0, valueSize: 8, maxEntries: 4),
        .init(type: .stack, keySize: 0, valueSize: 8, maxEntries: 4),
        .init(type: .bloomFilter, keySize: 0, valueSize: 8, maxEntries: 4),
        .init(type: .ringBuffer, keySize: 0, valueSize: 0, maxEntries: 4096),
        .init(type: .userRingBuffer, keySize: 0, valueSize: 0, maxEntries: 4096),
        .init(type: .stackTrace, keySize: 4, valueSize: 64, maxEntries: 4),
        .init(type: .deviceMap, keySize: 4, valueSize: 4, maxEntries: 4),
        .init(type: .deviceMapHash, keySize: 4, valueSize: 8, maxEntries: 4),
        .init(type: .cpuMap, keySize: 4, valueSize: 4, maxEntries: 4),
        .init(type: .xskMap, keySize: 4, valueSize: 4, maxEntries: 4),
    ]

    private static let keySizes = [0, 1, 4, 5, 8, 260, 261, 4_194_247, 4_194_248, 1 << 31]
    private static let valueSizes = [
        0, 1, 4, 7, 8, 12, 32, 1016, 1024, 32_768, 32_769, 4_194_024, 4_194_025, 4_194_251,
        4_194_252, 4_194_304, 4_194_305, 1 << 31,
    ]
    /// None that a kernel would spend much memory on.
    private static let counts = [0, 1, 3, 5, 4095, 4096, 5000, 8192, 12_288]

    /// Flag bits that mean the same to us and to bpf(2); a token's descriptor is the kernel's.
    private static let flagBits: [UInt32] = (0...18).filter { $0 != 16 }.map { 1 << UInt32($0) }

    /// Each base, and each with one part changed.
    static var oneChange: [MapDefinition] { bases.flatMap { [$0] + changes(of: $0) } }

    /// Two parts changed at once: shows which check comes first.
    static func twoChanges(seed: UInt64, count: Int) -> [MapDefinition] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).compactMap { _ in
            bases.randomElement(using: &random)
                .flatMap { changes(of: $0).randomElement(using: &random) }
                .flatMap { changes(of: $0).randomElement(using: &random) }
        }
    }

    private static func changes(of base: MapDefinition) -> [MapDefinition] {
        let all =
            keySizes.map { size in changed(base) { $0.keySize = size } }
            + valueSizes.map { size in changed(base) { $0.valueSize = size } }
            + counts.map { count in changed(base) { $0.maxEntries = count } }
            + flagBits.map { bit in
                changed(base) { $0.flags.formSymmetricDifference(MapFlags(rawValue: bit)) }
            }
            + [0x18, 0x180, 0x9].map { bits in
                changed(base) { $0.flags = MapFlags(rawValue: bits) }
            }
            + [1, 15, 16, 1 << 40].map { extra in changed(base) { $0.extra = extra } }
        return all.filter { definition in
            let isSmall = definition.valueSize < 100_000 || definition.maxEntries <= 5
            // How many CPUs a kernel was built for is its own business.
            return isSmall && (definition.type != .cpuMap || definition.maxEntries <= 5)
        }
    }

    private static func changed(
        _ base: MapDefinition,
        _ change: (inout MapDefinition) -> Void
    ) -> MapDefinition {
        var result = base
        change(&result)
        return result
    }
}
