import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import Testing

/// Perf event arrays in the real kernel, read synchronously.
@Suite(.liveKernel) struct PerfBufferTests {
    private static func buffer(
        bytes: Int = 8, _ options: KernelPerfBuffer.Options = .init(pagesPerCPU: 1)
    ) throws -> (KernelPerfBuffer, KernelProgram) {
        let map = try LiveKernel.map(.perfEventArray, key: 4, value: 4, entries: 64)
        let buffer = try KernelPerfBuffer(map, options)
        return (buffer, try LiveKernel.producer(perfEvents: map, byteCount: bytes))
    }

    @Test func `events of each CPU come in order`() throws {
        let (buffer, producer) = try Self.buffer()
        for cpu in buffer.cpus { #expect(try producer.produce(50, cpu: UInt32(cpu)) == 0) }
        var numbers: [Int: [UInt64]] = [:]
        let count = buffer.withEvents { numbers[$0, default: []].append($1.value() ?? .max) }
        #expect(count == 50 * buffer.cpus.count)
        for cpu in buffer.cpus { #expect(numbers[cpu] == Array(0..<50)) }
        #expect(buffer.lost == 0)
        #expect(buffer.available == 0)
    }

    @Test(arguments: [8, 16, 24, 40, 200]) func `records that wrap around are whole`(
        bytes: Int
    ) throws {
        let (buffer, producer) = try Self.buffer(bytes: bytes)
        for round in 0..<100 {
            #expect(try producer.produce(7, cpu: 0) == 0)
            var numbers: [UInt64] = []
            buffer.withEvents { cpu, event in
                #expect(cpu == 0)
                #expect(event.byteCount >= bytes)
                // All but the number that begins it is zero, so that a bad copy would show.
                #expect(event.array.dropFirst(8).prefix(bytes - 8).allSatisfy { $0 == 0 })
                numbers.append(event.value() ?? .max)
            }
            #expect(numbers == Array(0..<7), "round \(round)")
        }
        #expect(buffer.malformed == 0)
    }

    @Test func `a slow reader knows exactly what it lost`() throws {
        let (buffer, producer) = try Self.buffer()
        let refused = try producer.produce(1000, cpu: 0)
        #expect(refused > 0)
        #expect(buffer.lost == UInt64(refused))
        #expect(buffer.lostInRecords == 0)
        let read = buffer.withEvents { _, _ in }
        #expect(read + Int(refused) == 1000)
        // The next event carries the record about those that were lost before.
        #expect(try producer.produce(1, cpu: 0) == 0)
        #expect(buffer.withEvents { _, _ in } == 1)
        #expect(buffer.lostInRecords == UInt64(refused))
        #expect(buffer.lost == UInt64(refused))
    }

    @Test func `a limit leaves the rest and no CPU is starved`() throws {
        let (buffer, producer) = try Self.buffer()
        for cpu in buffer.cpus { _ = try producer.produce(20, cpu: UInt32(cpu)) }
        var heard: Set<Int> = []
        for _ in buffer.cpus {
            #expect(buffer.withEvents(limit: 5) { cpu, _ in heard.insert(cpu) } == 5)
        }
        #expect(heard == Set(buffer.cpus))
        #expect(buffer.withEvents { _, _ in } == 15 * buffer.cpus.count)
    }

    @Test func `waiting ends with enough events or with the time`() throws {
        let (buffer, producer) = try Self.buffer(.init(pagesPerCPU: 2, wakeUp: .events(3)))
        #expect(try !buffer.wait(timeout: .zero))
        _ = try producer.produce(3, cpu: 0)
        #expect(try buffer.wait())
        buffer.withEvents { _, _ in }
        #expect(try !buffer.wait(timeout: .milliseconds(1)))
        let (bytes, _) = try Self.buffer(.init(pagesPerCPU: 2, wakeUp: .bytes(100)))
        #expect(try !bytes.wait(timeout: .zero))
    }

    @Test func `the map is emptied when the buffer goes`() throws {
        let map = try LiveKernel.map(.perfEventArray, key: 4, value: 4, entries: 64)
        let producer = try LiveKernel.producer(perfEvents: map)
        do {
            let buffer = try KernelPerfBuffer(map)
            #expect(try producer.produce(1, cpu: 0) == 0)
            #expect(try buffer.update() == 0)
        }
        #expect(try producer.produce(1, cpu: 0) == 1)
    }

    @Test func `only a power of two of pages is taken`() throws {
        let map = try LiveKernel.map(.perfEventArray, key: 4, value: 4, entries: 64)
        for pages in [0, -1, 3, .max] {
            #expect(throws: KernelError.self) {
                try KernelPerfBuffer(map, .init(pagesPerCPU: pages))
            }
        }
    }
}
