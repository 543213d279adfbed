import EBPFBytecode
import Testing

@testable import EBPFMaps

@Suite
struct LRUTests {
    private func make(
        _ entries: Int,
        _ type: MapType = .lruHash,
        flags: MapFlags = [],
        cpus: Int = 1
    ) throws -> Map {
        try Map.make(
            MapDefinition(
                type: type,
                keySize: 4,
                valueSize: 4,
                maxEntries: entries,
                flags: flags
            ),
            cpuCount: cpus,
            seed: 1
        )
    }

    @Test(arguments: [MapType.lruHash, .lruPerCPUHash])
    func `an insert never fails, and the oldest leaves`(_ type: MapType) throws {
        let map = try make(10, type)
        for number in 0..<1000 {
            try map.set(word(number), word(number))
            #expect(map.find(word(number)) != nil)
        }
        let keys = Set(try map.entries().map(\.key))
        #expect(keys == Set((990..<1000).map(word)))
    }

    @Test
    func `what programs look up stays`() throws {
        let map = try make(8)
        for number in 0..<8 { try map.set(word(number), word(number)) }
        for number in 100..<2000 {
            #expect(map.find(word(3)) != nil)
            try map.set(word(number), word(number))
        }
        #expect(map.bytes(word(3)) == word(3))
        #expect(try map.entries().count == 8)
    }

    @Test
    func `a look-up by an application does not count as use`() throws {
        let map = try make(2)
        try map.set(word(0), word(0))
        try map.set(word(1), word(1))
        _ = try map.lookup(word(0))
        try map.set(word(2), word(2))
        #expect(map.find(word(0)) == nil)
    }

    @Test
    func `replacing a value drops no other key`() throws {
        let map = try make(4)
        for number in 0..<4 { try map.set(word(number), word(number)) }
        for round in 0..<100 { try map.set(word(round % 4), word(round)) }
        #expect(try map.entries().count == 4)
    }

    @Test
    func `each CPU has its share with BPF_F_NO_COMMON_LRU`() throws {
        let map = try make(8, flags: .noCommonLRU, cpus: 2)
        for number in 0..<4 { try map.set(word(number), word(number), cpu: 0) }
        for number in 100..<200 { try map.set(word(number), word(number), cpu: 1) }
        for number in 0..<4 { #expect(map.find(word(number)) != nil) }
        #expect(try map.entries().count == 8)
    }

    @Test
    func `one entry is enough`() throws {
        let map = try make(1)
        for number in 0..<100 {
            try map.set(word(number), word(number))
            #expect(map.find(word(number)) != nil)
            if number % 3 == 0 { try map.remove(word(number)) }
        }
    }
}
