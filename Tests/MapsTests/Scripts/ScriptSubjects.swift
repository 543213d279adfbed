import EBPFBytecode
import EBPFMaps
import Testing

/// A shape that random scripts are made for.
struct ScriptSubject: CustomTestStringConvertible, Sendable {
    let definition: MapDefinition
    var inner: MapDefinition?

    var testDescription: String { definition.scriptLine }
}

enum ScriptSubjects {
    /// Shapes of every kind, small enough to become full.
    static let all: [ScriptSubject] = plain + nested

    private static func shape(
        _ type: MapType,
        _ key: Int,
        _ value: Int,
        _ entries: Int,
        _ flags: MapFlags = [],
        extra: UInt64 = 0
    ) -> MapDefinition {
        MapDefinition(
            type: type,
            keySize: key,
            valueSize: value,
            maxEntries: entries,
            flags: flags,
            extra: extra
        )
    }

    private static let plain: [ScriptSubject] = [
        shape(.hash, 4, 8, 5), shape(.hash, 1, 1, 1), shape(.hash, 13, 3, 9, .noPreallocation),
        shape(.hash, 16, 24, 4, .zeroSeed), shape(.hash, 4, 4, 4, .readOnly),
        shape(.hash, 4, 4, 4, .writeOnly), shape(.hash, 4, 4, 4, .readOnlyForPrograms),
        shape(.perCPUHash, 4, 8, 5), shape(.perCPUHash, 8, 3, 5, .noPreallocation),
        // The kernel drops elements of a small LRU hash at its discretion: none gets full here.
        shape(.lruHash, 4, 8, 2048), shape(.lruHash, 7, 5, 2048, .noCommonLRU),
        shape(.lruPerCPUHash, 4, 12, 2048),
        shape(.array, 4, 8, 5), shape(.array, 4, 1, 1), shape(.array, 4, 20, 3, .mappable),
        shape(.array, 4, 4, 3, .writeOnly), shape(.perCPUArray, 4, 8, 5),
        shape(.perCPUArray, 4, 3, 2),
        shape(.longestPrefixMatchTrie, 5, 4, 6, .noPreallocation),
        shape(.longestPrefixMatchTrie, 8, 8, 100, .noPreallocation),
        shape(.longestPrefixMatchTrie, 20, 1, 20, .noPreallocation),
        shape(.programArray, 4, 4, 3), shape(.perfEventArray, 4, 4, 3),
        shape(.queue, 0, 4, 3), shape(.queue, 0, 9, 1, .readOnly), shape(.stack, 0, 8, 4),
        shape(.bloomFilter, 0, 4, 100_000), shape(.bloomFilter, 0, 12, 90_000, extra: 3),
        shape(.ringBuffer, 0, 0, 4096), shape(.userRingBuffer, 0, 0, 4096),
        shape(.stackTrace, 4, 64, 4),
        shape(.deviceMap, 4, 4, 4), shape(.deviceMap, 4, 8, 4), shape(.deviceMapHash, 4, 4, 3),
        shape(.deviceMapHash, 4, 8, 3), shape(.cpuMap, 4, 4, 4), shape(.cpuMap, 4, 8, 2),
        shape(.xskMap, 4, 4, 4),
    ].map { ScriptSubject(definition: $0) }

    private static let nested: [ScriptSubject] = [
        ScriptSubject(
            definition: shape(.arrayOfMaps, 4, 4, 3),
            inner: shape(.array, 4, 8, 2)
        ),
        ScriptSubject(
            definition: shape(.arrayOfMaps, 4, 4, 3),
            inner: shape(.array, 4, 8, 2, .innerMap)
        ),
        ScriptSubject(
            definition: shape(.hashOfMaps, 4, 4, 3),
            inner: shape(.hash, 4, 8, 2)
        ),
        ScriptSubject(
            definition: shape(.hashOfMaps, 8, 4, 3, .noPreallocation),
            inner: shape(.longestPrefixMatchTrie, 8, 8, 2, .noPreallocation)
        ),
    ]
}
