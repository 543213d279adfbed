import EBPFBytecode
import Testing

@testable import EBPFMaps

/// Ring buffers, perf events, stack traces and redirects.
@Suite
struct RecordTests {
    private func make(
        _ type: MapType,
        key: Int = 4,
        value: Int = 4,
        entries: Int = 4,
        flags: MapFlags = [],
        cpus: Int = 2
    ) throws -> Map {
        try Map.make(
            MapDefinition(
                type: type,
                keySize: key,
                valueSize: value,
                maxEntries: entries,
                flags: flags
            ),
            cpuCount: cpus,
            seed: 1
        )
    }

    private func ring(_ size: Int = 4096) throws -> RingBuffer {
        try #require(
            try make(.ringBuffer, key: 0, value: 0, entries: size) as? RingBuffer
        )
    }

    private func output(_ ring: RingBuffer, _ bytes: [UInt8], flags: UInt64 = 0) throws {
        try unsafe bytes.withUnsafeBytes { try unsafe ring.output($0, flags: flags) }
    }

    @Test
    func `records come out as they were reserved, discarded ones do not`() throws {
        let ring = try ring()
        let records = try (1...4).map { try #require(ring.reserve(UInt64($0 * 3), flags: 0)) }
        for (number, record) in records.enumerated() {
            #expect(ring.reservedRecord(at: record.offset) == record)
            ring.poke(at: record.offset, [UInt8](repeating: UInt8(number), count: record.byteCount))
        }
        ring.submit(at: records[1].offset, flags: 0)
        #expect(ring.takeRecords().isEmpty)
        ring.discard(at: records[0].offset, flags: 0)
        #expect(ring.takeRecords() == [[1, 1, 1, 1, 1, 1]])
        ring.submit(at: records[3].offset, flags: 0)
        ring.submit(at: records[2].offset, flags: 0)
        #expect(ring.takeRecords().map(\.count) == [9, 12])
        #expect(ring.reservedRecord(at: records[2].offset) == nil)
    }

    @Test
    func `a record never fills the whole ring`() throws {
        let cases: [(UInt64, Bool)] = [
            (0, true), (1, true), (4080, true), (4081, false), (4088, false), (4096, false),
            (1 << 31, false), (.max, false),
        ]
        for (size, isPossible) in cases {
            #expect((try ring().reserve(size, flags: 0) != nil) == isPossible, "\(size)")
        }
        let ring = try ring()
        #expect(ring.reserve(8, flags: 1) == nil)
        #expect(ring.droppedCount == 0)
        #expect(ring.reserve(5000, flags: 0) == nil)
        #expect(ring.droppedCount == 1)
    }

    @Test
    func `a full ring refuses until the application has read`() throws {
        let ring = try ring()
        let record = [UInt8](repeating: 7, count: 100)
        var count = 0
        while errno({ try output(ring, record) }) == nil { count += 1 }
        #expect(count == 4095 / 112)
        #expect(errno { try output(ring, record) } == .tryAgain)
        #expect(errno { try output(ring, record, flags: 4) } == .invalidArgument)
        #expect(ring.droppedCount == 2)
        #expect(ring.query(0) == UInt64(count * 112))
        #expect(ring.takeRecords().count == count)
        #expect(ring.query(0) == 0)
        #expect(ring.query(1) == 4096)
        #expect(ring.query(2) == ring.query(3))
        #expect(ring.query(9) == 0)
        try output(ring, record)
    }

    @Test
    func `records that go round the end stay in one piece`() throws {
        let ring = try ring()
        var random = SeededGenerator(seed: 2)
        for round in 0..<2000 {
            let size = Int.random(in: 0...3000, using: &random)
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &+ round) }
            try output(ring, bytes)
            #expect(ring.takeRecords() == [bytes])
        }
    }

    @Test
    func `an unfinished record blocks a whole round`() throws {
        let ring = try ring()
        let blocker = try #require(ring.reserve(8, flags: 0))
        var count = 0
        while errno({ try output(ring, [UInt8](repeating: 1, count: 1000)) }) == nil { count += 1 }
        #expect(count == 4)
        #expect(ring.takeRecords().isEmpty)
        ring.submit(at: blocker.offset, flags: 0)
        #expect(ring.takeRecords().count == 5)
    }

    @Test
    func `the application is woken for the record it waits for`() throws {
        let ring = try ring()
        try output(ring, [1])
        #expect(ring.wakeUpCount == 1)
        try output(ring, [2])
        #expect(ring.wakeUpCount == 1)
        try output(ring, [3], flags: 2)
        #expect(ring.wakeUpCount == 2)
        unsafe ring.drain { _ in }
        try output(ring, [4], flags: 1)
        #expect(ring.wakeUpCount == 2)
    }

    @Test
    func `a program drains what the application sent`() throws {
        let ring = try #require(
            try make(.userRingBuffer, key: 0, value: 0, entries: 4096) as? UserRingBuffer
        )
        for number in 1...5 { try ring.send([UInt8](repeating: UInt8(number), count: number)) }
        let dropped = try ring.reserve(9)
        ring.discard(dropped)
        try ring.send([9])
        var seen: [[UInt8]] = []
        let first = try ring.programDrain(flags: 0) { record in
            seen.append(ring.bytes(at: record.offset, count: record.byteCount))
            return seen.count == 2 ? 1 : 0
        }
        #expect(first == 2)
        let rest = try ring.programDrain(flags: 0) { record in
            seen.append(ring.bytes(at: record.offset, count: record.byteCount))
            #expect(errno { _ = try ring.programDrain(flags: 0) { _ in 0 } } == .busy)
            return 0
        }
        #expect(rest == 4)
        #expect(seen.map(\.count) == [1, 2, 3, 4, 5, 1])
        #expect(errno { _ = try ring.programDrain(flags: 8) { _ in 0 } } == .invalidArgument)
        #expect(errno { _ = try ring.reserve(4089) } == .tooBig)
        _ = try ring.reserve(4000)
        #expect(errno { try ring.send([UInt8](repeating: 0, count: 100)) } == .noSpace)
    }

    @Test
    func `perf events go to the buffer of the CPU`() throws {
        let map = try #require(try make(.perfEventArray, entries: 4) as? PerfEventArray)
        func send(_ flags: UInt64, cpu: Int, _ size: Int = 4) -> KernelErrno? {
            errno {
                try unsafe [UInt8](repeating: UInt8(cpu), count: size).withUnsafeBytes {
                    try unsafe map.programOutput(flags: flags, cpu: cpu, $0)
                }
            }
        }
        let current: UInt64 = 0xffff_ffff
        #expect(send(current, cpu: 0) == .noEntry)
        let buffers = try map.open(byteCount: 4096)
        #expect(buffers.count == 2)
        let cases: [(UInt64, Int, KernelErrno?)] = [
            (current, 0, nil), (current, 1, nil), (0, 0, nil), (1, 0, .operationNotSupported),
            (2, 0, .noEntry), (4, 0, .tooBig), (1 << 32, 0, .invalidArgument),
        ]
        for (flags, cpu, expected) in cases { #expect(send(flags, cpu: cpu) == expected) }
        #expect(send(0, cpu: 0, 5000) == .noSpace)
        #expect(buffers[0].lostCount == 1)
        #expect(map.takeEvents() == [[0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1]])
        try map.delete(word(0))
        #expect(send(0, cpu: 0) == .noEntry)
    }

    @Test
    func `a perf event carries the packet behind it`() throws {
        let map = try #require(try make(.perfEventArray) as? PerfEventArray)
        _ = try map.open()
        try unsafe [UInt8]([1, 2]).withUnsafeBytes { event in
            try unsafe [UInt8]([3, 4, 5]).withUnsafeBytes { packet in
                try unsafe map.programOutput(
                    flags: 3 << 32 | 0xffff_ffff,
                    cpu: 0,
                    event,
                    payload: packet
                )
            }
        }
        #expect(map.takeEvents() == [[1, 2, 3, 4, 5]])
    }

    @Test
    func `equal stacks have one id`() throws {
        let map = try #require(
            try make(.stackTrace, value: 24, entries: 64) as? StackTraceMap
        )
        let first = try map.programRecord([1, 2, 3], flags: 0)
        #expect(try map.programRecord([1, 2, 3], flags: 0) == first)
        #expect(try map.programRecord([9, 1, 2, 3, 4], flags: 1) == first)
        #expect(map.count == 1)
        #expect(try map.lookup(word(Int(first))) == [1, 2, 3].flatMap { word($0) + word(0) })
        #expect(errno { _ = try map.programRecord([1], flags: 1) } == .badAddress)
        #expect(errno { _ = try map.programRecord([1], flags: 1 << 11) } == .invalidArgument)
        let other = try map.programRecord([5], flags: 1 << 8)
        #expect(try map.lookup(word(Int(other))) == word(5) + [UInt8](repeating: 0, count: 20))
        #expect(Set(try map.entries().map(\.key)) == [word(Int(first)), word(Int(other))])
        #expect(try map.lookupAndDelete(word(Int(first))).count == 24)
        #expect(errno { try map.delete(word(Int(first))) } == .noEntry)
        #expect(errno { try map.delete(word(64)) } == .tooBig)
    }

    @Test
    func `stacks with one hash contend for an id`() throws {
        let map = try #require(try make(.stackTrace, value: 8, entries: 1) as? StackTraceMap)
        let id = try map.programRecord([1], flags: 0)
        #expect(errno { _ = try map.programRecord([2], flags: 0) } == .exists)
        #expect(try map.programRecord([2], flags: 1 << 10) == id)
        #expect(try map.lookup(word(Int(id))) == word(2) + word(0))
    }

    @Test
    func `a redirect goes where the map says`() throws {
        let map = try #require(try make(.deviceMap, value: 8) as? DeviceMap)
        final class Program: Sendable {}
        try map.update(
            word(1),
            interface: 7,
            program: MapProgram(id: 5, program: Program())
        )
        #expect(try map.lookup(word(1)) == word(7) + word(5))
        #expect(map.bytes(word(1)) == word(7) + word(5))
        guard case .redirect(.interface(7, let program)) = map.redirect(index: 1, flags: 0) else {
            Issue.record("no redirect")
            return
        }
        #expect(program?.id == 5)
        for (flags, expected) in [(0, 0), (2, 2), (3, 3), (64, 0)] {
            guard case .action(let action) = map.redirect(index: 2, flags: UInt64(flags)) else {
                Issue.record("redirected")
                continue
            }
            #expect(action == UInt32(expected))
        }
        try map.update(word(3), interface: 9, program: nil)
        guard case .broadcast(let targets, true) = map.redirect(index: 0, flags: 24) else {
            Issue.record("no broadcast")
            return
        }
        #expect(targets.count == 2)
    }

    @Test
    func `CPU, hash and socket maps redirect too`() throws {
        let cpus = try #require(try make(.cpuMap) as? CPUMap)
        try cpus.update(word(1), word(64))
        guard case .redirect(.cpu(1, 64, nil)) = cpus.redirect(index: 1, flags: 0) else {
            Issue.record("no CPU")
            return
        }
        let hash = try #require(try make(.deviceMapHash) as? DeviceHash)
        try hash.update(word(1000), interface: 3, program: nil)
        guard case .redirect(.interface(3, nil)) = hash.redirect(index: 1000, flags: 0) else {
            Issue.record("no interface")
            return
        }
        let sockets = try #require(try make(.xskMap) as? XSKMap)
        #expect(sockets.find(word(2)) == nil)
        try sockets.update(word(2), socket: XSKSocket(queue: 6))
        #expect(sockets.bytes(word(2)) == word(6))
        guard case .redirect(.socket) = sockets.redirect(index: 2, flags: 0) else {
            Issue.record("no socket")
            return
        }
        #expect(errno { try sockets.update(word(2), word(1)) } == .badDescriptor)
    }
}
