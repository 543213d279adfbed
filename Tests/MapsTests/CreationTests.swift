import EBPFBytecode
import Testing

@testable import EBPFMaps

@Suite
struct CreationTests {
    private struct Case: Sendable {
        let definition: MapDefinition
        let message: String
    }

    private static let messages: [Case] = [
        Case(
            definition: MapDefinition(
                name: "events",
                type: .ringBuffer,
                keySize: 0,
                valueSize: 0,
                maxEntries: 5000
            ),
            message: "map \"events\": max_entries 5000 is not a power of two and a multiple of "
                + "4096; try 8192 (errno 22)"
        ),
        Case(
            definition: MapDefinition(
                name: "routes",
                type: .longestPrefixMatchTrie,
                keySize: 8,
                valueSize: 4,
                maxEntries: 1
            ),
            message: "map \"routes\": map_flags lacks BPF_F_NO_PREALLOC, which a trie must have "
                + "(errno 22)"
        ),
        Case(
            definition: MapDefinition(
                name: "flows",
                type: .hash,
                keySize: 4,
                valueSize: 8,
                maxEntries: 0
            ),
            message: "map \"flows\": max_entries is 0; it must be at least 1 (errno 22)"
        ),
        Case(
            definition: MapDefinition(
                name: "counts",
                type: .array,
                keySize: 8,
                valueSize: 8,
                maxEntries: 1
            ),
            message: "map \"counts\": key_size 8 must be 4: a 32-bit index (errno 22)"
        ),
        Case(
            definition: MapDefinition(
                name: "outer",
                type: .arrayOfMaps,
                keySize: 4,
                valueSize: 4,
                maxEntries: 1
            ),
            message: "map \"outer\": inner_map_fd is missing: say what the maps inside look like "
                + "(errno 9)"
        ),
        Case(
            definition: MapDefinition(
                name: "big",
                type: .hash,
                keySize: 4,
                valueSize: 8,
                maxEntries: 1 << 31
            ),
            message: "map \"big\": max_entries 2147483648 is more than 134217728 (errno 7)"
        ),
        Case(
            definition: MapDefinition(
                name: "odd",
                type: .array,
                keySize: 4,
                valueSize: -1,
                maxEntries: 1
            ),
            message: "map \"odd\": value_size -1 does not fit into 32 bits (errno 22)"
        ),
    ]

    @Test(arguments: messages.indices)
    func `a refusal says what would be right`(_ index: Int) {
        let example = Self.messages[index]
        do {
            _ = try Map.make(example.definition)
            Issue.record("made")
        } catch {
            #expect(error.description == example.message)
        }
    }

    @Test
    func `a map of absurd size is refused at once`() {
        let definitions = [
            MapDefinition(type: .array, keySize: 4, valueSize: 1 << 30, maxEntries: 0xffff_ffff),
            MapDefinition(type: .perCPUArray, keySize: 4, valueSize: 32_768, maxEntries: 1 << 31),
            MapDefinition(
                type: .longestPrefixMatchTrie,
                keySize: 260,
                valueSize: 1 << 20,
                maxEntries: 0xffff_ffff,
                flags: .noPreallocation
            ),
            MapDefinition(type: .queue, keySize: 0, valueSize: 1 << 20, maxEntries: 0xffff_ffff),
            MapDefinition(type: .hash, keySize: 4, valueSize: 1 << 21, maxEntries: 1 << 27),
            MapDefinition(type: .lruHash, keySize: 4, valueSize: 1 << 21, maxEntries: 1 << 27),
        ]
        for definition in definitions {
            do {
                _ = try Map.make(definition, cpuCount: 64)
                Issue.record("made \(definition)")
            } catch {
                #expect(error.errno == .noMemory)
            }
        }
    }

    @Test
    func `room for many entries costs nothing until it is used`() throws {
        let types: [MapType] = [.hash, .array, .lruHash, .perCPUHash, .queue]
        for type in types {
            let map = try Map.make(
                MapDefinition(
                    type: type,
                    keySize: type == .queue ? 0 : 4,
                    valueSize: 8,
                    maxEntries: 10_000_000
                )
            )
            #expect(map.definition.maxEntries == 10_000_000)
        }
    }

    @Test
    func `no two maps have one id`() throws {
        let definition = MapDefinition(type: .array, keySize: 4, valueSize: 4, maxEntries: 1)
        let ids = try (0..<100).map { _ in try Map.make(definition).id }
        #expect(Set(ids).count == 100)
    }

    @Test
    func `kinds that need a kernel say so`() {
        let types: [MapType] = [.socketMap, .taskStorage, .structOperations, .arena, .cgroupArray]
        for type in types {
            let definition = MapDefinition(type: type, keySize: 4, valueSize: 4, maxEntries: 1)
            do {
                _ = try Map.make(definition)
                Issue.record("made")
            } catch {
                #expect(error.errno == .notSupported)
                #expect(error.description.contains("kernel host"))
            }
        }
    }

    @Test
    func `batches of a hash continue where they stopped`() throws {
        let map = try Map.make(
            MapDefinition(type: .hash, keySize: 4, valueSize: 4, maxEntries: 1000),
            seed: 4
        )
        for number in 0..<1000 { try map.update(word(number), word(number * 3)) }
        var keys: Set<[UInt8]> = []
        var cursor: MapBatch.Cursor?
        var isLast = false
        while !isLast {
            let batch = try map.lookupBatch(after: cursor, limit: 64)
            for entry in batch.entries { keys.insert(entry.key) }
            cursor = batch.cursor
            isLast = batch.isLast
        }
        #expect(keys.count == 1000)
        #expect(errno { _ = try map.lookupBatch(limit: 1, flags: 8) } == .invalidArgument)
        var removed = 0
        while try !map.entries().isEmpty {
            removed += try map.lookupAndDeleteBatch(limit: 300).entries.count
        }
        #expect(removed == 1000)
    }
}
