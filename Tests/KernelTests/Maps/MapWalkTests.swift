import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Synchronization
import Testing

/// Walks through maps of the real kernel, and entries by the many.
@Suite(.liveKernel) struct MapWalkTests {
    private static func bytes(_ number: Int, _ size: Int = 4) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func contents(
        _ walk: consuming MapWalk
    ) throws -> (entries: [[UInt8]: [UInt8]], isBatched: Bool, restarts: Int) {
        var walk = walk
        var entries: [[UInt8]: [UInt8]] = [:]
        while try walk.advance() {
            walk.forEach { key, value in
                #expect(entries.updateValue(value.array, forKey: key.array) == nil)
            }
        }
        #expect(walk.total == entries.count)
        return (entries, walk.isBatched, walk.restarts)
    }

    private struct Kind: Sendable, CustomTestStringConvertible {
        let type: MapType
        let isBatched: Bool
        var key = 4
        var flags: MapFlags = []
        var testDescription: String { "\(type)" }
    }

    @Test(arguments: [
        Kind(type: .hash, isBatched: true), Kind(type: .lruHash, isBatched: true),
        Kind(type: .array, isBatched: true), Kind(type: .perCPUHash, isBatched: true),
        Kind(type: .perCPUArray, isBatched: true), Kind(type: .lruPerCPUHash, isBatched: true),
        Kind(type: .longestPrefixMatchTrie, isBatched: true, key: 8, flags: .noPreallocation),
    ])
    private func `a walk sees every entry once`(kind: Kind) throws {
        let map = try LiveKernel.map(
            kind.type, key: UInt32(kind.key), value: 12, entries: 2000, flags: kind.flags)
        var expected: [[UInt8]: [UInt8]] = [:]
        let isArray = kind.type == .array || kind.type == .perCPUArray
        for number in 0..<(isArray ? 2000 : 700) {
            let key =
                kind.key == 8
                ? Self.bytes(32) + Self.bytes(number).reversed() : Self.bytes(number)
            let part = Self.bytes(number * 3, 12)
            let padding = [UInt8](repeating: 0, count: map.valueByteCount / map.valuesPerKey - 12)
            let value = (0..<map.valuesPerKey).flatMap { _ in part + padding }
            expected[key] = value
            try map.update(key, value)
        }
        for batch in [nil, 1, 7, 700, 100_000] {
            let walked = try Self.contents(map.walk(batch: batch))
            #expect(walked.entries == expected, "batch \(batch ?? 0)")
            #expect(walked.isBatched == kind.isBatched)
            #expect(walked.restarts == 0)
        }
        #expect(try map.countEntries() == expected.count)
    }

    @Test func `a kernel without batches is walked key by key`() throws {
        let map = try LiveKernel.map(.hash, key: 4, value: 8, entries: 500)
        for number in 0..<300 { try map.update(Self.bytes(number), Self.bytes(number, 8)) }
        let old = SystemCalls { call, arguments in
            let batches = BPFCommand.mapLookupBatch.rawValue...BPFCommand.mapDeleteBatch.rawValue
            if call == .bpf, batches.contains(arguments.a) { return -22 }
            do throws(KernelErrno) {
                return try SystemCalls.linux.call(
                    call, arguments.a, arguments.b, arguments.c, arguments.d, arguments.e,
                    arguments.f)
            } catch {
                return -Int(error.rawValue)
            }
        }
        let copy = try map.descriptor.duplicate()
        let oldMap = try KernelMap(owning: Descriptor(owning: Int(copy.release()), system: old))
        let walked = try Self.contents(oldMap.walk())
        #expect(walked.entries.count == 300)
        #expect(!walked.isBatched)
        #expect(walked.restarts == 0)
        try oldMap.update(
            keys: Self.bytes(1) + Self.bytes(999), values: [UInt8](repeating: 7, count: 16))
        #expect(try oldMap.value(of: Self.bytes(999)) == [UInt8](repeating: 7, count: 8))
        #expect(try oldMap.remove(keys: Self.bytes(1) + Self.bytes(2) + Self.bytes(5000)) == 2)
        #expect(try Self.contents(oldMap.drain(batch: 50)).entries.count == 299)
        #expect(try map.countEntries() == 0)
    }

    /// Between two steps, the key that the walk stands at is removed.
    @Test func `a walk that had to begin again says so and repeats nothing`() throws {
        let map = try LiveKernel.map(.hash, key: 4, value: 8, entries: 64)
        for number in 0..<40 { try map.update(Self.bytes(number), Self.bytes(number, 8)) }
        let steps = Counter()
        let meddling = SystemCalls { call, arguments in
            if call == .bpf, arguments.a == BPFCommand.mapLookupBatch.rawValue { return -524 }
            do throws(KernelErrno) {
                if call == .bpf, arguments.a == BPFCommand.mapNextKey.rawValue, steps.next() == 10 {
                    // The key that the caller stands at.
                    let request = unsafe UnsafePointer<MapElementAttributes>(
                        bitPattern: arguments.b)
                    if let request = unsafe request?.pointee {
                        var removal = MapElementAttributes()
                        removal.map = request.map
                        removal.key = request.key
                        try SystemCalls.linux.bpf(.mapDelete, &removal)
                    }
                }
                return try SystemCalls.linux.call(
                    call, arguments.a, arguments.b, arguments.c, arguments.d, arguments.e,
                    arguments.f)
            } catch {
                return -Int(error.rawValue)
            }
        }
        let copy = try map.descriptor.duplicate()
        let other = try KernelMap(
            owning: Descriptor(owning: Int(copy.release()), system: meddling))
        let walked = try Self.contents(other.walk())
        #expect(walked.entries.count == 40)
        #expect(walked.restarts == 1)
    }

    @Test func `draining takes all entries out`() throws {
        let map = try LiveKernel.map(.hash, key: 4, value: 8, entries: 5000)
        let keys = (0..<4000).flatMap { Self.bytes($0) }
        let values = (0..<4000).flatMap { Self.bytes($0 * 5, 8) }
        try map.update(keys: keys, values: values)
        let walked = try Self.contents(map.drain(batch: 33))
        #expect(walked.entries.count == 4000)
        #expect(walked.entries[Self.bytes(77)] == Self.bytes(385, 8))
        #expect(try map.countEntries() == 0)
    }

    @Test func `many keys are removed, and those that are not there passed over`() throws {
        let map = try LiveKernel.map(.hash, key: 4, value: 8, entries: 100)
        let all = (0..<100).flatMap { Self.bytes($0) }
        try map.update(keys: all, values: [UInt8](repeating: 1, count: 800))
        let some = [3, 500, 4, 501, 502, 99].flatMap { Self.bytes($0) }
        #expect(try map.remove(keys: some) == 3)
        #expect(try map.countEntries() == 97)
        #expect(try map.remove(keys: all) == 97)
        #expect(try map.remove(keys: []) == 0)
    }

    @Test func `a full map says how many entries it took`() throws {
        let map = try LiveKernel.map(.hash, key: 4, value: 8, entries: 10)
        let error = #expect(throws: KernelError.self) {
            try map.update(
                keys: (0..<16).flatMap { Self.bytes($0) }, values: [UInt8](repeating: 1, count: 128)
            )
        }
        #expect(error?.errno == .tooBig)
        #expect(error?.reason == "10 of 16 entries were set before this one")
        #expect(throws: KernelError.self) { try map.update(keys: [1, 2, 3], values: []) }
        #expect(throws: KernelError.self) { try map.update(keys: [1, 2, 3, 4], values: [1]) }
    }

    private final class Counter: Sendable {
        private let count = Atomic(0)
        func next() -> Int { count.add(1, ordering: .relaxed).newValue }
    }
}
