import EBPF
import EBPFTestSupport
import Testing

/// Events from programs, to programs, and what becomes of them when something is wrong.
@Suite struct StreamTests {
    private static let source = """
        struct event { __u64 number; __u32 half; __u16 tag; };
        struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
                 __uint(key_size, 4); __uint(value_size, 4); } perf SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF);
                 __uint(max_entries, 4096); } orders SEC(".maps");
        __u64 refused;
        __u64 sum;
        SEC("raw_tp") int send(__u64 *context) {
            for (__u32 i = 0; i < 1000; i++) {
                if (i >= context[0]) break;
                struct event *event = bpf_ringbuf_reserve(&ring, sizeof(*event), 0);
                if (!event) { refused++; continue; }
                event->number = i; event->half = i / 2; event->tag = 7;
                bpf_ringbuf_submit(event, 0);
            }
            return 0;
        }
        SEC("raw_tp") int report(__u64 *context) {
            for (__u32 i = 0; i < 1000; i++) {
                if (i >= context[0]) break;
                struct event event = {};
                event.number = i; event.half = i / 2; event.tag = 7;
                if (bpf_perf_event_output(context, &perf, BPF_F_CURRENT_CPU, &event, sizeof(event)))
                    refused++;
            }
            return 0;
        }
        static long take(struct bpf_dynptr *order, void *unused) {
            struct event event;
            if (bpf_dynptr_read(&event, sizeof(event), order, 0, 0)) return 1;
            sum += event.number;
            return 0;
        }
        SEC("raw_tp") int obey(__u64 *context) {
            return bpf_user_ringbuf_drain(&orders, take, 0, 0);
        }

        """

    private struct Event: BitwiseCopyable, Hashable {
        var number: UInt64
        var half: UInt32
        var tag: UInt16
    }

    private static func expected(_ count: UInt64) -> [Event] {
        (0..<count).map { Event(number: $0, half: UInt32($0 / 2), tag: 7) }
    }

    private static func run(
        _ object: LoadedObject, _ name: String, _ count: UInt64 = 0
    ) throws -> UInt32 {
        try object.program(name, as: RawTracepointProgram.self).run(context: count).returned
    }

    @Test(arguments: TestHost.allCases)
    func `events of a ring buffer are read in place, in their order`(
        _ host: TestHost
    ) async throws {
        let object = try await host.load(Self.source)
        let ring = try object.map("ring", as: RingBuffer<Event>.self)
        #expect(try ring.wait(timeout: .zero) == false)
        _ = try Self.run(object, "send", 10)
        #expect(try ring.wait())
        var events: [Event] = []
        #expect(try ring.withEvents(limit: 4) { events.append(copy $0) } == 4)
        #expect(try ring.withEvents { events.append(copy $0) } == 6)
        #expect(events == Self.expected(10))
        #expect(try ring.withEvents { _ in } == 0)
    }

    @Test(arguments: TestHost.allCases)
    func `events of a ring buffer come to a task that waits`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let ring = try object.map("ring", as: RingBuffer<Event>.self)
        let reader = Task {
            var events: [Event] = []
            for try await event in ring.events {
                events.append(event)
                if events.count == 20 { break }
            }
            return events
        }
        _ = try Self.run(object, "send", 15)
        await Task.yield()
        _ = try Self.run(object, "send", 5)
        #expect(try await reader.value == Self.expected(15) + Self.expected(5))
    }

    @Test(arguments: TestHost.allCases)
    func `reading ends with the task, and at a deadline`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let ring = try object.map("ring", as: RingBuffer<Event>.self)
        let reader = Task {
            var count = 0
            for try await _ in ring.events { count += 1 }
            return count
        }
        reader.cancel()
        #expect(try await reader.value == 0)
        _ = try Self.run(object, "send", 3)
        var numbers: [UInt64] = []
        for try await event in ring.events(until: .now + .milliseconds(30)) {
            numbers.append(event.number)
        }
        #expect(numbers == [0, 1, 2])
    }

    @Test(arguments: TestHost.allCases)
    func `events of all CPUs come from a perf event array`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let perf = try object.map("perf", as: PerfEventArray<Event>.self)
        _ = try Self.run(object, "report", 2)
        #expect(try object.variable("refused", as: UInt64.self).value == 2)
        try perf.open()
        #expect(try perf.wait(timeout: .zero) == false)
        _ = try Self.run(object, "report", 5)
        #expect(try perf.wait())
        var events: [Event] = []
        #expect(try perf.withEvents { events.append(copy $0) } == 5)
        #expect(events == Self.expected(5))
        #expect(try perf.lostCount() == 0)
        let reader = Task {
            var events: [Event] = []
            for try await event in perf.events where events.count < 3 {
                events.append(event)
                if events.count == 3 { break }
            }
            return events
        }
        _ = try Self.run(object, "report", 3)
        #expect(try await reader.value == Self.expected(3))
    }

    @Test(arguments: TestHost.allCases)
    func `what does not fit is counted`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let refused = try object.variable("refused", as: UInt64.self)
        let ring = try object.map("ring", as: RingBuffer<Event>.self)
        _ = try Self.run(object, "send", 500)
        let lost = try refused.value
        #expect(lost > 0)
        #expect(try ring.withEvents { _ in } + Int(lost) == 500)
        #expect(try ring.lostCount() == (host == .userSpace ? lost : nil))
        try refused.set(0)
        let perf = try object.map("perf", as: PerfEventArray<Event>.self)
        try perf.open(PerfEventOptions(pagesPerCPU: 1))
        _ = try Self.run(object, "report", 500)
        let lostEvents = try refused.value
        #expect(lostEvents > 0)
        #expect(try perf.lostCount() == lostEvents)
        #expect(try perf.withEvents { _ in } + Int(lostEvents) == 500)
    }

    @Test(arguments: TestHost.allCases)
    func `an event of another size is an error that names both`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        _ = try object.map("perf", as: PerfEventArray<UInt32>.self).open()
        let messages: [(String, String, () throws -> Void)] = [
            (
                "send",
                "map ring: a program sent an event of 16 bytes, but UInt32 has 4; open the map with "
                    + "the type that the program sends, or read it withRecords",
                { try object.map("ring", as: RingBuffer<UInt32>.self).withEvents { _ in } }
            ),
            (
                "report",
                "map perf: a program sent an event of \(host == .kernel ? 20 : 16) bytes, but UInt32 "
                    + "has 4; open the map with the type that the program sends, or read it "
                    + "withRecords",
                { try object.map("perf", as: PerfEventArray<UInt32>.self).withEvents { _ in } }
            ),
        ]
        for (program, message, body) in messages {
            _ = try Self.run(object, program, 2)
            let error = #expect(throws: EventError.self) { try body() }
            #expect(error?.description == message)
        }
        // The event that did not fit counts as read; bytes may have any size.
        let ring = try object.map("ring", as: RingBuffer<UInt32>.self)
        var numbers: [UInt64] = []
        try ring.withRecords { record in numbers.append(record.value() ?? .max) }
        #expect(numbers == [1])
    }

    @Test(arguments: TestHost.allCases)
    func `an error of the body leaves later events in the map`(_ host: TestHost) async throws {
        struct Enough: Error {}
        let object = try await host.load(Self.source)
        let ring = try object.map("ring", as: RingBuffer<Event>.self)
        _ = try Self.run(object, "send", 3)
        #expect(throws: Enough.self) { try ring.withEvents { _ in throw Enough() } }
        #expect(try ring.withEvents { _ in } == 2)
    }

    @Test(arguments: TestHost.allCases)
    func `events go to programs`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let orders = try object.map("orders", as: UserRingBuffer<Event>.self)
        for number in 1...10 as ClosedRange<UInt64> {
            try orders.send(Event(number: number, half: 0, tag: 0))
        }
        #expect(try Self.run(object, "obey") == 10)
        #expect(try object.variable("sum", as: UInt64.self).value == 55)
        let error = #expect(throws: KernelError.self) {
            while true { try orders.send(bytes: [UInt8](repeating: 0, count: 1000)) }
        }
        #expect(
            error?.description
                == "reserving 1000 bytes in map orders: ENOSPC: the ring is full; let the program "
                + "drain it, or wait for room")
        let tooLong = #expect(throws: KernelError.self) {
            try orders.send(bytes: [UInt8](repeating: 0, count: 4096))
        }
        #expect(
            tooLong?.description
                == "reserving 4096 bytes in map orders: E2BIG: a record has at most 4088 bytes")
    }

    @Test func `what is no stream is not read as one`() async throws {
        let object = try await TestHost.userSpace.load(Self.source)
        let error = #expect(throws: BindingError.self) {
            try object.map("perf", as: RingBuffer<Event>.self)
        }
        #expect(
            error?.description
                == "map perf: it is a map of type perf_event_array; open it as PerfEventArray")
        let perf = try object.map("perf", as: PerfEventArray<Event>.self)
        let refused = #expect(throws: EventError.self) {
            try perf.open(PerfEventOptions(pagesPerCPU: 3))
        }
        #expect(
            refused?.description.contains("a ring has a power of two of pages, not 3") == true)
    }
}
