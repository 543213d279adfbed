import EBPFBytecode
import Synchronization
import Testing

@testable import EBPFMaps

/// Many threads on one map.
@Suite
struct ConcurrencyTests {
    private static let threadCount = 8

    private func make(_ type: MapType, entries: Int, value: Int = 16, key: Int = 4) throws -> Map {
        let flags: MapFlags = type == .longestPrefixMatchTrie ? .noPreallocation : []
        return try Map.make(
            MapDefinition(
                type: type,
                keySize: key,
                valueSize: value,
                maxEntries: entries,
                flags: flags
            ),
            cpuCount: 2
        )
    }

    private func together(_ body: @escaping @Sendable (_ thread: Int) throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<Self.threadCount { group.addTask { try body(thread) } }
            try await group.waitForAll()
        }
    }

    /// A value whose four words are equal: half of one and half of another is visible.
    private func value(_ number: Int) -> [UInt8] {
        word(number) + word(number) + word(number) + word(number)
    }

    private func isWhole(_ bytes: [UInt8]) -> Bool {
        bytes[0..<4] == bytes[4..<8] && bytes[0..<8] == bytes[8..<16]
    }

    @Test(arguments: [MapType.hash, .lruHash])
    func `values are never torn and elements never lost`(_ type: MapType) async throws {
        let map = try make(type, entries: 64)
        try await together { thread in
            var random = SeededGenerator(seed: UInt64(thread))
            for round in 0..<3000 {
                let key = word(Int.random(in: 0..<96, using: &random))
                switch round % 4 {
                case 0, 1:
                    let failure = errno { try map.set(key, value(round), cpu: thread % 2) }
                    #expect(failure == nil || (type == .hash && failure == .tooBig))
                case 2:
                    if let bytes = try? map.lookup(key) { #expect(isWhole(bytes)) }
                    _ = map.find(key)
                default: _ = errno { try map.remove(key) }
                }
            }
        }
        let entries = try map.entries()
        #expect(Set(entries.map(\.key)).count == entries.count)
        for entry in entries { try map.delete(entry.key) }
        // All slots are free again: the map takes as many keys as it is meant to.
        for number in 0..<64 { try map.update(word(1000 + number), value(number)) }
        #expect(try map.entries().count == 64)
    }

    @Test
    func `a small LRU hash under pressure never fails`() async throws {
        let map = try make(.lruHash, entries: 2)
        try await together { thread in
            for round in 0..<2000 { try map.set(word(round * 8 + thread), value(round)) }
        }
        #expect(try map.entries().count == 2)
    }

    @Test
    func `the last free element goes to one thread only`() async throws {
        let map = try make(.hash, entries: 100)
        let successes = Atomic<Int>(0)
        try await together { thread in
            for number in 0..<50 {
                if errno({ try map.set(word(thread * 1000 + number), value(1)) }) == nil {
                    successes.wrappingAdd(1, ordering: .relaxed)
                }
            }
        }
        #expect(successes.load(ordering: .relaxed) == 100)
        #expect(try map.entries().count == 100)
    }

    @Test
    func `look-ups in a changing trie find what never changes`() async throws {
        let map = try make(.longestPrefixMatchTrie, entries: 500, value: 4, key: 8)
        try map.update(word(8) + [10, 0, 0, 0], word(1))
        try map.update(word(32) + [10, 1, 2, 3], word(2))
        try await together { thread in
            var random = SeededGenerator(seed: UInt64(thread))
            for _ in 0..<2000 {
                if thread % 2 == 0 {
                    let length = Int.random(in: 9...31, using: &random)
                    let key = word(length) + [10, 1, UInt8(thread), 0]
                    _ = errno { try map.set(key, word(3)) }
                    _ = errno { try map.remove(key) }
                } else {
                    #expect(map.bytes(word(32) + [10, 1, 2, 3]) == word(2))
                    #expect(map.find(word(32) + [10, 200, 2, 3]) != nil)
                    #expect(map.find(word(32) + [11, 1, 2, 3]) == nil)
                }
            }
        }
        #expect(try map.entries().count == 2)
    }

    @Test
    func `every record arrives once, in each producer's order`() async throws {
        let ring = try #require(
            try make(.ringBuffer, entries: 4096, value: 0, key: 0) as? RingBuffer
        )
        let received = Mutex<[[UInt8]]>([])
        let finished = Atomic<Int>(0)
        let count = 1000
        try await together { thread in
            guard thread > 0 else {
                while finished.load(ordering: .acquiring) < Self.threadCount - 1 {
                    received.withLock { $0 += ring.takeRecords() }
                }
                return
            }
            for number in 0..<count {
                var isSent = false
                while !isSent {
                    guard let record = ring.reserve(UInt64(8 + thread), flags: 0) else {
                        // Whoever finds the ring full empties it: there may be only one thread.
                        received.withLock { $0 += ring.takeRecords() }
                        continue
                    }
                    let filler = [UInt8](repeating: UInt8(thread), count: thread)
                    ring.poke(at: record.offset, word(thread) + word(number) + filler)
                    ring.submit(at: record.offset, flags: 0)
                    isSent = true
                }
            }
            finished.wrappingAdd(1, ordering: .releasing)
        }
        let records = received.withLock { $0 } + ring.takeRecords()
        #expect(records.count == (Self.threadCount - 1) * count)
        for thread in 1..<Self.threadCount {
            let own = records.filter { $0.prefix(4) == word(thread)[...] }
            #expect(own.map { Array($0[4..<8]) } == (0..<count).map(word))
        }
    }

    @Test
    func `references survive a busy map of maps`() async throws {
        let shape = MapDefinition(type: .array, keySize: 4, valueSize: 8, maxEntries: 2)
        for type in [MapType.arrayOfMaps, .hashOfMaps] {
            let outer = try Map.make(
                MapDefinition(type: type, keySize: 4, valueSize: 4, maxEntries: 4),
                inner: shape
            )
            try await together { thread in
                for round in 0..<500 {
                    let key = word(round % 4)
                    if thread % 2 == 0 {
                        try outer.update(key, map: try Map.make(shape))
                        if round % 7 == 0 { _ = errno { try outer.delete(key) } }
                    } else if let inner = outer.innerMap(key) {
                        #expect(inner.definition == shape)
                    }
                }
            }
        }
    }
}
