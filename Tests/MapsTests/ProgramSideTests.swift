import EBPFBytecode
import Testing

@testable import EBPFMaps

/// What programs see, which bpf(2) cannot show.
@Suite
struct ProgramSideTests {
    private func make(
        _ type: MapType,
        key: Int = 4,
        value: Int = 8,
        entries: Int = 4,
        flags: MapFlags = [],
        cpus: Int = 2,
        inner: MapDefinition? = nil
    ) throws -> Map {
        let definition = MapDefinition(
            type: type,
            keySize: key,
            valueSize: value,
            maxEntries: entries,
            flags: flags
        )
        return try Map.make(definition, cpuCount: cpus, inner: inner, seed: 1)
    }

    private func eight(_ number: Int) -> [UInt8] { word(number) + word(0) }

    @Test(arguments: [MapType.hash, .lruHash])
    func `a pointer to a replaced value still sees the old value`(_ type: MapType) throws {
        let map = try make(type)
        try map.update(word(1), eight(1))
        let old = try #require(map.find(word(1)))
        try map.set(word(1), eight(2))
        #expect(map.find(word(1)) != old)
        #expect(map.bytes(at: old) == eight(1))
        #expect(map.bytes(word(1)) == eight(2))
    }

    @Test
    func `a slot is used again after any number of replacements and removals`() throws {
        for type in [MapType.hash, .lruHash, .perCPUHash] {
            let map = try make(type, entries: 3, cpus: 1)
            for round in 0..<1000 {
                try map.set(word(round % 3), eight(round))
                #expect(map.bytes(word(round % 3)) == eight(round))
                if round % 5 == 0 { try map.remove(word(round % 3)) }
            }
            for number in 0..<3 { try map.set(word(number), eight(3)) }
            #expect(try map.entries().count == 3)
        }
    }

    @Test(arguments: [MapType.perCPUHash, .perCPUArray, .lruPerCPUHash])
    func `each CPU writes its own value`(_ type: MapType) throws {
        let map = try make(type)
        try map.set(word(1), eight(7), cpu: 1)
        #expect(try map.lookup(word(1)) == eight(0) + eight(7))
        try map.set(word(1), eight(5), cpu: 0)
        #expect(map.bytes(word(1), cpu: 0) == eight(5))
        #expect(map.bytes(word(1), cpu: 1) == eight(7))
    }

    @Test
    func `values have gaps between them`() throws {
        for size in [1, 4, 7, 8, 9, 16, 100] {
            let memory = try #require(try make(.array, value: size).valueMemory)
            #expect(memory.stride > size)
            #expect(memory.stride & (memory.stride - 1) == 0)
            #expect(memory.byteCount % memory.stride == 0)
        }
    }

    @Test
    func `programs cannot write to what is read-only for them`() throws {
        for type in [MapType.hash, .array, .lruHash] {
            let map = try make(type, flags: .readOnlyForPrograms)
            #expect(!map.programsMayWrite)
            #expect(errno { try map.set(word(0), eight(1)) } == .accessDenied)
            #expect(errno { try map.remove(word(0)) } == .accessDenied)
            try map.update(word(0), eight(1))
            #expect(map.bytes(word(0)) == eight(1))
        }
        #expect(try !make(.array, flags: .writeOnlyForPrograms).programsMayRead)
    }

    @Test(arguments: [MapType.hash, .array, .lruHash, .perCPUHash, .perCPUArray])
    func `a visit sees every entry and stops when told`(_ type: MapType) throws {
        let map = try make(type, entries: 6)
        for number in 0..<6 { try map.set(word(number), eight(number), cpu: 0) }
        var seen: Set<[UInt8]> = []
        let count = try map.visit { key, value in
            #expect(value.prefix(4) == key.prefix(4))
            seen.insert(key)
            return 0
        }
        #expect(count == 6)
        #expect(seen.count == 6)
        #expect(try map.visit { _, _ in 1 } == 1)
    }

    @Test
    func `a visit may remove what it visits`() throws {
        let map = try make(.hash, entries: 64)
        for number in 0..<64 { try map.set(word(number), eight(number)) }
        let visited = try map.visit { key, _ in
            try map.remove(key)
            return 0
        }
        #expect(visited == 64)
        #expect(try map.entries().isEmpty)
    }

    @Test
    func `a value's lock is never copied`() throws {
        var definition = MapDefinition(type: .array, keySize: 4, valueSize: 12, maxEntries: 1)
        definition.specialFields = [SpecialField(.spinLock, at: 4)]
        for type in [MapType.array, .hash] {
            definition.type = type
            let map = try Map.make(definition)
            try map.update(word(0), word(1) + word(9) + word(3))
            let offset = try #require(map.find(word(0)))
            map.poke(at: offset + 4, word(1))
            #expect(try map.lookup(word(0)) == word(1) + word(0) + word(3))
            map.poke(at: offset + 4, word(0))
            try map.update(word(0), word(5) + word(9) + word(6), flags: 4)
            #expect(map.find(word(0)) == offset)
            #expect(try map.lookup(word(0), flags: 4) == word(5) + word(0) + word(6))
        }
    }

    @Test
    func `definitions with special fields are checked`() {
        let cases: [(MapType, SpecialField, MapFlags, KernelErrno?)] = [
            (.hash, SpecialField(.spinLock, at: 0), [], nil),
            (.lruHash, SpecialField(.spinLock, at: 0), [], .operationNotSupported),
            (.lruHash, SpecialField(.timer, at: 0), [], nil),
            (.perCPUArray, SpecialField(.timer, at: 0), [], .operationNotSupported),
            (.array, SpecialField(.timer, at: 8), [], .invalidArgument),
            (.array, SpecialField(.spinLock, at: 2), [], .invalidArgument),
            (.array, SpecialField(.spinLock, at: -4), [], .invalidArgument),
            (.array, SpecialField(.spinLock, at: 0), .readOnlyForPrograms, .accessDenied),
        ]
        for (type, field, flags, expected) in cases {
            let definition = MapDefinition(
                type: type,
                keySize: 4,
                valueSize: 16,
                maxEntries: 1,
                flags: flags,
                specialFields: [field]
            )
            let errno: KernelErrno?
            do {
                _ = try Map.make(definition)
                errno = nil
            } catch {
                errno = error.errno
            }
            #expect(errno == expected, "\(type) \(field)")
        }
    }

    @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps])
    func `a program finds the map inside`(_ type: MapType) throws {
        let inner = MapDefinition(type: .hash, keySize: 4, valueSize: 8, maxEntries: 2)
        let outer = try make(type, value: 4, inner: inner)
        let first = try Map.make(inner)
        #expect(outer.innerMap(word(1)) == nil)
        try outer.update(word(1), map: first)
        #expect(outer.innerMap(word(1)) === first)
        #expect(outer.find(word(1)) == nil)
        #expect(try outer.lookup(word(1)) == word(Int(first.id)))
        let second = try Map.make(inner)
        try outer.update(word(1), map: second)
        #expect(outer.innerMap(word(1)) === second)
        try outer.delete(word(1))
        #expect(outer.innerMap(word(1)) == nil)
    }

    @Test(arguments: [MapType.arrayOfMaps, .hashOfMaps])
    func `a map of maps lets go of its maps`(_ type: MapType) throws {
        let shape = MapDefinition(type: .array, keySize: 4, valueSize: 8, maxEntries: 2)
        var outer: Map? = try make(type, value: 4, inner: shape)
        weak var weakInner: Map?
        do {
            let inner = try Map.make(shape)
            weakInner = inner
            try outer?.update(word(1), map: inner)
            try outer?.update(word(2), map: inner)
            try outer?.delete(word(2))
        }
        #expect(weakInner != nil)
        outer = nil
        #expect(weakInner == nil)
    }

    @Test
    func `a program array gives the program and shows its id`() throws {
        final class Program: Sendable {}
        let map = try #require(try make(.programArray, value: 4) as? ProgramArray)
        let program = Program()
        #expect(map.program(at: 1) == nil)
        try map.update(word(1), program: MapProgram(id: 42, program: program))
        #expect(map.program(at: 1)?.program === program)
        #expect(try map.lookup(word(1)) == word(42))
        #expect(map.program(at: 99) == nil)
        #expect(errno { try map.update(word(1), word(42)) } == .badDescriptor)
        try map.delete(word(1))
        #expect(errno { try map.delete(word(1)) } == .noEntry)
    }

    @Test
    func `the longest prefix wins`() throws {
        let map = try make(
            .longestPrefixMatchTrie,
            key: 8,
            value: 4,
            entries: 10,
            flags: .noPreallocation
        )
        func key(_ length: Int, _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> [UInt8] {
            word(length) + [a, b, c, d]
        }
        try map.update(key(8, 10, 0, 0, 0), word(8))
        try map.update(key(16, 10, 1, 0, 0), word(16))
        try map.update(key(24, 10, 1, 2, 0), word(24))
        try map.update(key(32, 192, 168, 0, 1), word(32))
        let cases: [([UInt8], Int?)] = [
            (key(32, 10, 1, 2, 3), 24), (key(32, 10, 1, 3, 3), 16), (key(32, 10, 9, 2, 3), 8),
            (key(32, 11, 1, 2, 3), nil), (key(32, 192, 168, 0, 1), 32),
            (key(32, 192, 168, 0, 2), nil), (key(20, 10, 1, 2, 3), 16), (key(33, 10, 1, 2, 3), nil),
        ]
        for (key, expected) in cases {
            #expect(map.bytes(key) == expected.map(word), "\(key)")
        }
        try map.update(key(0, 0, 0, 0, 0), word(0))
        #expect(map.bytes(key(32, 11, 1, 2, 3)) == word(0))
        #expect(map.bytes(key(0, 1, 2, 3, 4)) == word(0))
    }

    @Test
    func `a trie agrees with a list of prefixes`() throws {
        var random = SeededGenerator(seed: 5)
        let map = try make(
            .longestPrefixMatchTrie,
            key: 6,
            value: 4,
            entries: 300,
            flags: .noPreallocation
        )
        var model: [[UInt8]: Int] = [:]
        func matches(_ prefix: [UInt8], _ key: [UInt8]) -> Bool {
            let length = Int(prefix[0])
            guard length <= Int(key[0]) else { return false }
            return (0..<length).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                return prefix[4 + bit / 8] & mask == key[4 + bit / 8] & mask
            }
        }
        for round in 0..<3000 {
            let length = UInt8.random(in: 0...16, using: &random)
            var bits = UInt16.random(in: 0...0x3ff, using: &random) << 3
            if length < 16 { bits &= ~(UInt16.max >> UInt16(length)) }
            let key = [length, 0, 0, 0, UInt8(bits >> 8), UInt8(bits & 255)]
            if Bool.random(using: &random) {
                try? map.update(key, word(round))
                if model.count < 300 || model[key] != nil { model[key] = round }
            } else {
                #expect(
                    (errno { try map.delete(key) } == nil)
                        == (model.removeValue(forKey: key) != nil)
                )
            }
            let probe: [UInt8] = [
                16, 0, 0, 0, UInt8.random(in: 0...31, using: &random),
                UInt8.random(in: 0...255, using: &random),
            ]
            let best = model.filter { matches($0.key, probe) }.max { $0.key[0] < $1.key[0] }
            #expect(map.bytes(probe) == best.map { word($0.value) })
        }
        #expect(try map.entries().count == model.count)
    }
}
