import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Testing

/// Ring and perf buffers in the real kernel as `AsyncSequence`s.
@Suite(.liveKernel) struct EventStreamTests {
    private static func ring(_ size: UInt32 = 4096) throws -> (KernelRingBuffer, KernelProgram) {
        let map = try LiveKernel.map(.ringBuffer, entries: size)
        return (try KernelRingBuffer(map), try LiveKernel.producer(ring: map))
    }

    @Test func `records come in order, with as few taken ahead as asked for`() async throws {
        let (ring, producer) = try Self.ring()
        #expect(try producer.produce(100) == 0)
        let source = ring.source { $0.value(as: UInt64.self) ?? .max }
        let stream = try EventStream([source], prefetch: 8)
        var numbers: [UInt64] = []
        var iterator = stream.makeAsyncIterator()
        numbers.append(try #require(try await iterator.next()))
        #expect(ring.positions.available == 92 * 16)
        while numbers.count < 100, let next = try await iterator.next() { numbers.append(next) }
        #expect(numbers == Array(0..<100))
        #expect(try stream.lost() == nil)
    }

    @Test func `a reader that waits is woken`() async throws {
        let (ring, producer) = try Self.ring()
        let stream = try ring.events { $0.value(as: UInt64.self) ?? .max }
        let reader = Task {
            var numbers: [UInt64] = []
            for try await number in stream {
                numbers.append(number)
                if numbers.count == 30 { break }
            }
            return numbers
        }
        for _ in 0..<3 {
            try await Task.sleep(for: .milliseconds(2))
            #expect(try producer.produce(10) == 0)
        }
        #expect(try await reader.value == (0..<3).flatMap { _ in 0..<10 })
    }

    @Test func `cancellation ends the waiting and loses nothing`() async throws {
        let (ring, producer) = try Self.ring()
        let stream = try ring.events { $0.value(as: UInt64.self) ?? .max }
        #expect(try producer.produce(10) == 0)
        let first = Task {
            var count = 0
            for try await _ in stream {
                count += 1
                if count == 4 { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
            }
            return count
        }
        #expect(try await first.value == 4)
        // A task that is cancelled before it runs reads nothing: wait until it has read all.
        let (numbers, report) = AsyncStream.makeStream(of: UInt64.self)
        let second = Task {
            defer { report.finish() }
            for try await number in stream { report.yield(number) }
        }
        var seen: [UInt64] = []
        for await number in numbers {
            seen.append(number)
            if number == 9 { second.cancel() }
        }
        try await second.value
        #expect(seen == [4, 5, 6, 7, 8, 9])
        for try await _ in stream.within(.zero) { Issue.record("nothing is left") }
    }

    @Test func `cancellation at any moment ends the waiting`() async throws {
        let (ring, _) = try Self.ring()
        let stream = try ring.events()
        for round in 0..<200 {
            let reader = Task { try await stream.makeAsyncIterator().drained() }
            if round % 3 == 0 { await Task.yield() }
            if round % 7 == 0 { try await Task.sleep(for: .microseconds(100)) }
            reader.cancel()
            #expect(try await reader.value == 0)
        }
    }

    @Test func `a deadline ends one look or the stream`() async throws {
        let (ring, producer) = try Self.ring()
        let stream = try ring.events { $0.value(as: UInt64.self) ?? .max }
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next(until: .now + .milliseconds(3)) == nil)
        #expect(try producer.produce(2) == 0)
        #expect(try await iterator.next(until: .now) == 0)
        var rest: [UInt64] = []
        for try await number in stream.within(.milliseconds(3)) { rest.append(number) }
        #expect(rest == [1])
        for try await _ in stream.until(.now) { Issue.record("nothing is left") }
    }

    @Test func `a finished stream ends for all`() async throws {
        let (ring, producer) = try Self.ring()
        let stream = try ring.events()
        let readers = (0..<4).map { _ in
            Task { try await stream.makeAsyncIterator().drained() }
        }
        try await Task.sleep(for: .milliseconds(2))
        stream.finish()
        for reader in readers { #expect(try await reader.value == 0) }
        #expect(try producer.produce(1) == 0)
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == nil)
        // What was not taken out is there for others.
        #expect(ring.withEvents { _ in } == 1)
    }

    @Test func `each event goes to one of several readers`() async throws {
        let (ring, producer) = try Self.ring(1 << 16)
        let stream = try ring.events { $0.value(as: UInt64.self) ?? .max }
        let readers = (0..<4).map { _ in
            Task {
                var numbers: [UInt64] = []
                for try await number in stream { numbers.append(number) }
                return numbers
            }
        }
        for _ in 0..<3 {
            #expect(try producer.produce(200) == 0)
            await Task.yield()
        }
        while ring.positions.available > 0 { try await Task.sleep(for: .milliseconds(1)) }
        readers.forEach { $0.cancel() }
        var seen: [UInt64] = []
        for reader in readers { seen += try await reader.value }
        // What was taken ahead is still in the stream.
        for try await number in stream.within(.zero) { seen.append(number) }
        #expect(seen.sorted() == (0..<3).flatMap { _ in 0..<UInt64(200) }.sorted())
    }

    @Test func `several buffers of both kinds are one stream`() async throws {
        let (first, firstProducer) = try Self.ring()
        let (second, secondProducer) = try Self.ring()
        let map = try LiveKernel.map(.perfEventArray, key: 4, value: 4, entries: 64)
        let perf = try KernelPerfBuffer(map)
        let perfProducer = try LiveKernel.producer(perfEvents: map)
        let stream = try EventStream([
            first.source { "first \($0.value(as: UInt64.self) ?? .max)" },
            second.source { "second \($0.value(as: UInt64.self) ?? .max)" },
            perf.source { "cpu \($0): \($1.value(as: UInt64.self) ?? .max)" },
        ])
        let reader = Task {
            var events: [String] = []
            for try await event in stream {
                events.append(event)
                if events.count == 9 { break }
            }
            return events
        }
        for producer in [firstProducer, perfProducer, secondProducer] {
            try await Task.sleep(for: .milliseconds(1))
            #expect(try producer.produce(3, cpu: producer === perfProducer ? 1 : nil) == 0)
        }
        let events = try await reader.value
        for name in ["first", "second", "cpu 1:"] {
            #expect(events.filter { $0.hasPrefix(name) } == (0..<3).map { "\(name) \($0)" })
        }
    }

    @Test(arguments: [1, 3, 16]) func `perf events come however seldom the kernel wakes`(
        wakeUp: UInt32
    ) async throws {
        let map = try LiveKernel.map(.perfEventArray, key: 4, value: 4, entries: 64)
        let buffer = try KernelPerfBuffer(map, .init(pagesPerCPU: 2, wakeUp: .events(wakeUp)))
        let producer = try LiveKernel.producer(perfEvents: map)
        let stream = try buffer.events()
        var iterator = stream.makeAsyncIterator()
        for round in 0..<60 {
            #expect(try producer.produce(16, cpu: UInt32(round % 2)) == 0)
            for _ in 0..<16 {
                let event = try await iterator.next(until: .now + .seconds(30))
                #expect(event?.cpu == round % 2)
            }
        }
        #expect(try stream.lost() == 0)
    }

    @Test func `a slow reader knows what it lost`() async throws {
        let map = try LiveKernel.map(.perfEventArray, key: 4, value: 4, entries: 64)
        let buffer = try KernelPerfBuffer(map, .init(pagesPerCPU: 1))
        let producer = try LiveKernel.producer(perfEvents: map)
        let stream = try buffer.events()
        let refused = try producer.produce(1000, cpu: 0)
        #expect(try stream.lost() == UInt64(refused))
        let read = try await stream.within(.zero).makeAsyncIterator().drained()
        #expect(read + Int(refused) == 1000)
    }

    @Test func `what a program counts as lost can be read from the ring`() throws {
        let counter = try LiveKernel.map(.array, key: 4, value: 16, entries: 2)
        let map = try LiveKernel.map(.ringBuffer, entries: 4096)
        let lost = LossCounter(in: counter, key: [1, 0, 0, 0], at: 8)
        let ring = try KernelRingBuffer(map, lossCounter: lost)
        #expect(try ring.lost() == 0)
        let producer = try LiveKernel.producer(ring: map)
        let refused = try producer.produce(300)
        try counter.update(
            [1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, UInt8(refused), 0, 0, 0, 0, 0, 0, 0])
        #expect(try ring.lost() == UInt64(refused))
        #expect(try ring.events().lost() == UInt64(refused))
        let error = #expect(throws: KernelError.self) {
            try LossCounter(in: counter, at: 9).count()
        }
        #expect(error?.reason == "a value of 16 bytes has no 8 bytes at 9")
    }

    @Test func `a stream keeps its buffer and goes with the last reader`() async throws {
        weak var buffer: KernelRingBuffer?
        let reader: Task<Int, any Error>
        do {
            let (ring, producer) = try Self.ring()
            buffer = ring
            let stream = try ring.events()
            reader = Task {
                var count = 0
                for try await _ in stream {
                    count += 1
                    if count == 2 { break }
                }
                return count
            }
            #expect(try producer.produce(1) == 0)
            try await Task.sleep(for: .milliseconds(1))
            #expect(try producer.produce(1) == 0)
        }
        #expect(try await reader.value == 2)
        #expect(buffer == nil)
    }

    @Test func `one thread waits for all streams`() async throws {
        let rings = try (0..<8).map { _ in try Self.ring() }
        let streams = try rings.map { try $0.0.events() }
        let readers = streams.map { stream in
            Task { try await stream.makeAsyncIterator().drained() }
        }
        for (_, producer) in rings { #expect(try producer.produce(5) == 0) }
        // The thread gives itself its name, which may be after the first stream has been made.
        var waiting = try Self.threads(named: "ebpf-events")
        for _ in 0..<1_000 where waiting == 0 {
            try await Task.sleep(for: .milliseconds(2))
            waiting = try Self.threads(named: "ebpf-events")
        }
        #expect(waiting == 1)
        try await Task.sleep(for: .milliseconds(2))
        streams.forEach { $0.finish() }
        for reader in readers { #expect(try await reader.value <= 5) }
    }

    /// How many threads of this process bear a name.
    private static func threads(named name: String) throws -> Int {
        try SystemCalls.linux.entries(ofDirectory: "/proc/self/task").count {
            (try? SystemCalls.linux.text(of: "/proc/self/task/\($0)/comm")) == name
        }
    }
}

extension EventStream.Iterator {
    /// Reads to the end; the number of events.
    func drained() async throws -> Int {
        var iterator = self
        var count = 0
        while try await iterator.next() != nil { count += 1 }
        return count
    }
}
