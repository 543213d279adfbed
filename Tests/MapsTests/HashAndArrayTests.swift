import EBPFBytecode
import Testing

@testable import EBPFMaps

@Suite
struct HashAndArrayTests {
    private func hash(_ entries: Int = 4, _ type: MapType = .hash, cpus: Int = 2) throws -> Map {
        try Map.make(
            MapDefinition(type: type, keySize: 4, valueSize: 8, maxEntries: entries),
            cpuCount: cpus,
            seed: 1
        )
    }

    private func key(_ number: UInt32) -> [UInt8] { ArrayIndex.bytes(number) }

    private func value(_ number: UInt8, count: Int = 8) -> [UInt8] {
        [UInt8](repeating: number, count: count)
    }

    @Test
    func `a hash keeps what it was given, up to its size`() throws {
        let map = try hash()
        for number in 0..<4 { try map.update(key(UInt32(number)), value(UInt8(number))) }
        #expect(throws: KernelErrno.tooBig) { try map.update(key(9), value(9)) }
        try map.update(key(2), value(7), flags: 2)
        #expect(try map.lookup(key(2)) == value(7))
        #expect(throws: KernelErrno.exists) { try map.update(key(2), value(1), flags: 1) }
        #expect(throws: KernelErrno.noEntry) { try map.update(key(8), value(1), flags: 2) }
        #expect(throws: KernelErrno.invalidArgument) { try map.update(key(2), value(1), flags: 3) }
        try map.delete(key(0))
        #expect(throws: KernelErrno.noEntry) { try map.delete(key(0)) }
        #expect(throws: KernelErrno.noEntry) { try map.lookup(key(0)) }
        #expect(try map.entries().count == 3)
    }

    @Test
    func `a slot is used again after any number of replacements and removals`() throws {
        let map = try hash(3)
        for round in 0..<1000 {
            try map.update(key(UInt32(round % 3)), value(UInt8(round & 255)))
            if round % 5 == 0 { try map.delete(key(UInt32(round % 3))) }
        }
        for number in 0..<3 { try map.update(key(UInt32(number)), value(3)) }
        #expect(throws: KernelErrno.tooBig) { try map.update(key(9), value(9)) }
    }

    @Test
    func `a pointer to a replaced value still sees the old value`() throws {
        let map = try hash()
        let memory = try #require(map.valueMemory)
        try map.update(key(1), value(1))
        let old = try #require(lookup(map, key(1), cpu: 0))
        try map.update(key(1), value(2))
        let new = try #require(lookup(map, key(1), cpu: 0))
        #expect(old != new)
        let byte = unsafe memory.base.load(fromByteOffset: old, as: UInt8.self)
        #expect(byte == 1)
    }

    @Test
    func `each CPU has a value of its own`() throws {
        for type in [MapType.perCPUHash, .perCPUArray] {
            let map = try hash(4, type)
            try map.update(key(1), value(1) + value(2))
            let first = try #require(lookup(map, key(1), cpu: 0))
            let second = try #require(lookup(map, key(1), cpu: 1))
            #expect(first != second)
            try unsafe key(1).withUnsafeBytes { key in
                try unsafe value(9).withUnsafeBytes { value in
                    guard let key = key.baseAddress, let value = value.baseAddress else { return }
                    try unsafe map.programUpdate(key, value, flags: 0, cpu: 1)
                }
            }
            #expect(try map.lookup(key(1)) == value(1) + value(9))
        }
    }

    @Test
    func `an array has all its elements from the beginning`() throws {
        let map = try hash(3, .array)
        #expect(try map.entries().map(\.value) == [value(0), value(0), value(0)])
        #expect(throws: KernelErrno.exists) { try map.update(key(0), value(1), flags: 1) }
        #expect(throws: KernelErrno.tooBig) { try map.update(key(3), value(1)) }
        #expect(throws: KernelErrno.noEntry) { try map.lookup(key(3)) }
        #expect(throws: KernelErrno.invalidArgument) { try map.delete(key(0)) }
        #expect(lookup(map, key(3), cpu: 0) == nil)
    }

    private func lookup(_ map: Map, _ key: [UInt8], cpu: Int) -> Int? {
        unsafe key.withUnsafeBytes { key in
            guard let key = key.baseAddress else { return nil }
            return unsafe map.programLookup(key, cpu: cpu)
        }
    }
}
