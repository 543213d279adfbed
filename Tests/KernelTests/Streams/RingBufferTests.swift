import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import Testing

/// Ring buffers in the real kernel, read synchronously.
@Suite(.liveKernel) struct RingBufferTests {
    private struct Stop: Error {}

    private static func ring(_ size: UInt32 = 4096) throws -> (KernelRingBuffer, KernelProgram) {
        let map = try LiveKernel.map(.ringBuffer, entries: size)
        return (try KernelRingBuffer(map), try LiveKernel.producer(ring: map))
    }

    @Test func `records come in the order of the program`() throws {
        let (ring, producer) = try Self.ring(65_536)
        #expect(try producer.produce(1000) == 0)
        #expect(ring.positions.available == 1000 * 16)
        var numbers: [UInt64] = []
        #expect(ring.withEvents { numbers.append($0.value() ?? .max) } == 1000)
        #expect(numbers == Array(0..<1000))
        #expect(ring.positions.available == 0)
        #expect(ring.positions.consumer == 16_000)
        #expect(ring.withEvents { _ in Issue.record("nothing is left") } == 0)
    }

    @Test func `a limit leaves the rest in the ring`() throws {
        let (ring, producer) = try Self.ring()
        #expect(try producer.produce(10) == 0)
        #expect(ring.withEvents(limit: 3) { _ in } == 3)
        #expect(ring.positions.available == 7 * 16)
        var first: UInt64?
        #expect(ring.withEvents(limit: 1) { first = $0.value() } == 1)
        #expect(first == 3)
        #expect(ring.withEvents(limit: 0) { _ in } == 0)
        #expect(ring.withEvents { _ in } == 6)
    }

    @Test func `a reader that throws loses nothing but the record it had`() throws {
        let (ring, producer) = try Self.ring()
        #expect(try producer.produce(5) == 0)
        var seen: [UInt64] = []
        #expect(throws: Stop.self) {
            try ring.withEvents { (record) throws(Stop) in
                seen.append(record.value() ?? .max)
                if seen.count == 2 { throw Stop() }
            }
        }
        ring.withEvents { seen.append($0.value() ?? .max) }
        #expect(seen == [0, 1, 2, 3, 4])
    }

    @Test func `what does not fit is refused to the program and counted there`() throws {
        let (ring, producer) = try Self.ring()
        // 4,096 bytes hold 255 records of 16: the kernel never lets the ends meet.
        let refused = try producer.produce(1000)
        var read = ring.withEvents { _ in }
        #expect(read + Int(refused) == 1000)
        #expect(read > 250)
        // The ring goes round.
        for _ in 0..<20 {
            #expect(try producer.produce(200) == 0)
            read = ring.withEvents { _ in }
            #expect(read == 200)
        }
    }

    @Test func `discarded records are passed over`() throws {
        let map = try LiveKernel.map(.ringBuffer, entries: 4096)
        let ring = try KernelRingBuffer(map)
        let program = try LiveKernel.program(
            .rawTracepoint,
            """
            r6 = *(u64 *)(r1 + 0)
            r1 = map[fd:\(map.descriptor.number)] ll
            r2 = 12
            r3 = 0
            call 131
            if r0 == 0 goto end
            *(u64 *)(r0 + 0) = r6
            *(u32 *)(r0 + 8) = 7
            r1 = r0
            r2 = 0
            if r6 == 1 goto drop
            call 132
            goto end
            drop:
            call 133
            end:
            r0 = 0
            exit
            """)
        for number in [0, 1, 2, 1, 3] as [UInt64] { _ = try program.produce(number) }
        var records: [[UInt8]] = []
        #expect(ring.withEvents { records.append($0.array) } == 3)
        #expect(records.map { $0[0] } == [0, 2, 3])
        #expect(records.allSatisfy { $0.count == 12 && $0[8] == 7 })
        #expect(ring.positions.available == 0)
    }

    @Test func `waiting ends with a record or with the time`() throws {
        let (ring, producer) = try Self.ring()
        #expect(try !ring.wait(timeout: .zero))
        #expect(try !ring.wait(timeout: .milliseconds(2)))
        _ = try producer.produce(1)
        #expect(try ring.wait())
        #expect(try ring.wait(timeout: .seconds(60)))
    }

    @Test func `another kind of map is refused`() throws {
        let array = try LiveKernel.map(.array, key: 4, value: 8, entries: 1)
        let error = #expect(throws: KernelError.self) { try KernelRingBuffer(array) }
        #expect(error?.reason == "it is of type array, not ringbuf")
        #expect(throws: KernelError.self) { try UserRingBuffer(array) }
    }

    @Test func `a record has only the values that it has room for`() throws {
        let (ring, producer) = try Self.ring()
        _ = try producer.produce(1)
        ring.withEvents { record in
            #expect(record.byteCount == 8)
            #expect(record.value(as: UInt64.self) == 0)
            #expect(record.value(at: 4, as: UInt32.self) == 0)
            #expect(record.value(at: 5, as: UInt32.self) == nil)
            #expect(record.value(at: -1, as: UInt8.self) == nil)
            #expect(record.value(at: .max, as: UInt8.self) == nil)
        }
    }
}
