public import EBPF

/// Tells of every program that is started, and counts them by user.
///
/// ```swift
/// let watch = try ExecWatch(on: .kernel, snoop: snoop, counter: counter)
/// for try await start in watch.starts { print(start) }
/// ```
public struct ExecWatch: ~Copyable {
    /// What the program in the kernel sends: `struct start_event`.
    public struct Start: BitwiseCopyable, Sendable {
        /// The process that starts a program.
        public var process: UInt32
        /// The process that started that one.
        public var parent: UInt32
        /// Whose it is.
        public var user: UInt32
        /// What ran in the process until now.
        public var command: FixedString<16>
        /// The user's greeting, if there is one.
        public var message: FixedString<12>
    }

    private let ring: RingBuffer<Start>
    private let counts: HashMap<UInt32, UInt64>
    private let lostEvents: GlobalVariable<UInt64>
    private let snoopLinks: Links
    private let counterLinks: Links

    /// Loads both programs and attaches them; with this value they end.
    ///
    /// - Parameters:
    ///   - host: the kernel, or a machine in this process.
    ///   - snoop: `Examples/ExecSnoop/exec-snoop.bpf.c`.
    ///   - counter: `Examples/ExecCounter/exec-counter.bpf.c`.
    ///   - process: the only process to watch; 0 for all.
    ///   - greetings: a text of up to 12 bytes for each user.
    public init(
        on host: Host, snoop: ObjectSpecs, counter: ObjectSpecs, process: UInt32 = 0,
        greetings: [UInt32: FixedString<12>] = [:]
    ) throws {
        var (snoop, counter) = (snoop, counter)
        try snoop.variables["process"]?.set(process)
        try counter.variables["process"]?.set(process)
        let (first, second) = (try host.load(snoop), try host.load(counter))
        let configuration = try first.map("greetings", as: HashMap<UInt32, FixedString<12>>.self)
        for (user, greeting) in greetings { try configuration.update(user, greeting) }
        let ring = try first.map("starts", as: RingBuffer<Start>.self)
        let counts = try second.map("starts_by_user", as: HashMap<UInt32, UInt64>.self)
        let lostEvents = try first.variable("lost", as: UInt64.self)
        let snoopLinks = try first.attach()
        let counterLinks = try second.attach()
        (self.ring, self.counts, self.lostEvents) = (ring, counts, lostEvents)
        self.snoopLinks = snoopLinks
        self.counterLinks = counterLinks
    }

    /// The starts, as they come.
    public var starts: Events<Start> { ring.events }

    /// How many programs each user has started since.
    public func startsByUser() throws -> [UInt32: UInt64] {
        Dictionary(try counts.entries().map { ($0.key, $0.value) }) { _, last in last }
    }

    /// How many starts found no room in the ring buffer.
    public var lost: UInt64 {
        get throws { try lostEvents.value }
    }
}
