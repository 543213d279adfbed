import EBPFBytecode
import EBPFMachineCode
public import EBPFMaps
public import EBPFObjectFile
public import EBPFTypeFormat
import Synchronization

/// Runs eBPF programs in this process: no root, no kernel, the same results every time.
///
/// ```swift
/// let host = UserSpaceHost()
/// let object = try host.load(ObjectFile(contentsOf: "counter.bpf.o").specs())
/// let result = try object.programs["count"]?.run(packet: frame)
/// ```
///
/// A host is a small machine of its own: CPUs, a clock, random numbers, a trace log, and maps that
/// all programs loaded into it can share. It may be used from any number of threads; each run
/// takes a CPU for its duration.
public final class UserSpaceHost: Sendable {
    /// How a host is set up.
    public struct Options: Sendable {
        /// The number of CPUs; per-CPU maps have a value for each.
        public var cpuCount: Int
        /// What programs see as time.
        public var clock: Clock
        /// Makes random numbers a fixed sequence, and the order of hash maps the same every time.
        public var seed: UInt64?
        /// How many branches backwards and calls one run may make before it is stopped; the call of
        /// a helper counts as 16.
        public var budget: Int
        /// The budget unless another is given: what takes about two seconds.
        public static let defaultBudget = 1 << 27
        /// What runs programs.
        public var engine = Engine.automatic
        /// The process that programs seem to run in.
        public var process: ProcessIdentity
        /// Whether programs are verified before they run.
        public var verification: VerificationPolicy
        /// Gives the types of a kernel; called when a program can only be verified with them.
        public var kernelTypes: @Sendable () -> BTF?
        /// Receives what programs print (`bpf_trace_printk`).
        public var trace: @Sendable (TraceLine) -> Void
        /// Receives what the host has to say: helpers that do not work here, once each.
        public var log: @Sendable (String) -> Void

        /// Four CPUs, the system's clock, no verification, and nobody listening.
        public init(
            cpuCount: Int = 4, clock: Clock = .system, seed: UInt64? = nil,
            budget: Int = defaultBudget, process: ProcessIdentity = .current,
            verification: VerificationPolicy = .never,
            kernelTypes: @escaping @Sendable () -> BTF? = { nil },
            trace: @escaping @Sendable (TraceLine) -> Void = { _ in },
            log: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.cpuCount = cpuCount
            self.clock = clock
            self.seed = seed
            self.budget = budget
            self.process = process
            self.verification = verification
            self.kernelTypes = kernelTypes
            self.trace = trace
            self.log = log
        }
    }

    /// What runs programs; the results are the same.
    public enum Engine: Hashable, Sendable {
        /// Machine code where it can be made for this processor and program, else the interpreter.
        case automatic
        /// The interpreter.
        case interpreter
        /// Machine code; a program that cannot be compiled is not loaded.
        case machineCode
    }

    /// How the host was set up.
    public let options: Options
    let random: RandomNumbers
    /// Makes hashes of flows differ from those of other hosts.
    let flowSeed: UInt64
    let timers = TimerQueue()
    let hooks = HookTable()
    let helpers: HelperTable
    private let identity: Mutex<ProcessIdentity>
    let registry: Mutex<Registry>
    private let reported = Mutex<Set<String>>([])

    /// A host without programs or maps.
    public convenience init(_ options: Options = Options()) {
        self.init(options, helpers: .standard)
    }

    /// A host with other helpers than Linux's.
    init(_ options: Options, helpers: HelperTable) {
        self.options = options
        self.helpers = helpers
        identity = Mutex(options.process)
        random = RandomNumbers(seed: options.seed)
        flowSeed = options.seed ?? .random(in: .min ... .max)
        registry = Mutex(Registry())
    }

    /// The process that programs seem to run in, from their next run on.
    public var process: ProcessIdentity {
        get { identity.withLock { $0 } }
        set { identity.withLock { $0 = newValue } }
    }

    /// Makes the random numbers of programs the sequence of a seed, from its beginning.
    public func beginRandomNumbers(with seed: UInt64) { random.begin(with: seed) }

    /// Puts bytes into the memory of the process that programs seem to run in, where
    /// `bpf_probe_read_user` finds them.
    ///
    /// - Returns: their address; `nil` without room: there are 64 KiB in all.
    public func addProcessMemory(_ bytes: [UInt8]) -> UInt64? {
        registry.withLock { $0.memory(.process).add(bytes)?.address }
    }

    // MARK: Maps

    /// Makes a map that programs of this host can use.
    ///
    /// - Throws: the kernel's error number for a definition that makes no sense.
    public func makeMap(
        _ definition: MapDefinition, inner: MapDefinition? = nil
    ) throws -> Map {
        try Map.make(
            definition, cpuCount: options.cpuCount, inner: inner, seed: options.seed)
    }

    /// Makes the map that a loader would make from a spec.
    ///
    /// - Parameter specialFields: the parts of a value that the kernel manages, where the spec has
    ///   no types that tell.
    /// - Throws: the kernel's error number for a definition that makes no sense.
    public func makeMap(_ spec: MapSpec, specialFields: [SpecialField]) throws -> Map {
        var definition = spec.definition(types: nil, cpuCount: options.cpuCount)
        definition.specialFields = specialFields
        return try makeMap(definition)
    }

    /// Gives a map a place in the address space of programs, for as long as the registration lives.
    ///
    /// - Throws: ENOSPC when there are too many maps.
    func register(_ map: Map) throws(KernelErrno) -> MapRegistration {
        let index = try registry.withLock { registry throws(KernelErrno) in
            try registry.add(map)
        }
        return MapRegistration(map: map, index: index, host: self)
    }

    fileprivate func unregister(_ index: Int) {
        registry.withLock { $0.remove(index) }
        let start = Address.start(ofRegion: index)
        timers.remove(in: start..<start + 1 << 32)
    }

    /// The handle of a map that a program got from another map; it stays valid from then on.
    func handle(ofInner map: Map) -> UInt64? {
        registry.withLock { registry in
            if let index = registry.index(of: map) { return Address.handle(ofMap: index) }
            guard let index = try? registry.add(map) else { return nil }
            registry.keep(map)
            return Address.handle(ofMap: index)
        }
    }

    // MARK: CPUs

    /// Runs `body` on a CPU that nobody else uses meanwhile.
    func withMachine<Result>(
        cpu wanted: Int? = nil, _ body: (Machine) throws -> Result
    ) throws -> Result {
        let machine = try takeMachine(cpu: wanted)
        defer { registry.withLock { $0.giveBack(machine) } }
        return try body(machine)
    }

    /// A CPU for a longer time; give it back.
    func takeMachine(cpu wanted: Int? = nil) throws(KernelErrno) -> Machine {
        while true {
            let machine = try registry.withLock { registry throws(KernelErrno) in
                try registry.take(wanted, on: self)
            }
            if let machine {
                machine.process = process
                return machine
            }
            // All CPUs are busy: runs are short, so wait for one to end.
            yieldProcessor()
        }
    }

    /// Gives a CPU back.
    func giveBack(_ machine: Machine) { registry.withLock { $0.giveBack(machine) } }

    /// Says something once, however often it happens.
    func reportOnce(_ message: @autoclosure () -> String, key: String) {
        guard reported.withLock({ $0.insert(key).inserted }) else { return }
        options.log(message())
    }
}

/// A map's place in the address space of a host's programs.
final class MapRegistration: Sendable {
    let map: Map
    /// The map's number; also the number of its region.
    let index: Int
    /// Programs that wait for a timer keep their maps, and hosts keep timers.
    private weak let host: UserSpaceHost?

    fileprivate init(map: Map, index: Int, host: UserSpaceHost) {
        self.map = map
        self.index = index
        self.host = host
    }

    deinit { host?.unregister(index) }

    /// Whether the map can hold a program, and what that keeps.
    var mayHoldPrograms: Bool { map is ProgramArray || map.holdsMaps }

    /// What programs hold as "pointer to map".
    var handle: UInt64 { Address.handle(ofMap: index) }

    /// The address of the map's first value.
    var valueAddress: UInt64 { Address.start(ofRegion: index) }

    /// How the map's values lie, if programs may look them up by their number alone.
    var arrayShape: CodeUnit.ArrayShape? {
        guard let array = map as? ArrayMap, let values = array.valueMemory,
            let count = UInt32(exactly: array.definition.maxEntries), count > 0,
            let stride = UInt32(exactly: values.byteCount / Int(count)), stride < 1 << 31
        else { return nil }
        let isPerCPU = array.definition.type.isPerCPU
        return CodeUnit.ArrayShape(
            start: valueAddress, count: count, stride: stride,
            cpuStride: isPerCPU ? UInt32(clamping: values.stride) : 0)
    }

    /// How long keys are, if looking one up finds a value or none, and nothing else.
    var keyByteCount: Int? { map.holdsMaps ? nil : map.definition.keySize }
}
