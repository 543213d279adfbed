public import EBPFBytecode

/// A program as an object file describes it: plain data that can be edited before it is loaded.
///
/// The instructions are complete: the entry function comes first, every subprogram that it reaches
/// follows, and the distances of calls between them are right. What is left open is listed in
/// ``references``: the maps and kernel symbols that only a host can put in.
public struct ProgramSpec: Hashable, Sendable {
    /// The name of the entry function.
    public var name: String
    /// The name of its section, for example `kprobe/do_unlinkat`, without a leading `?`.
    public var section: String
    /// The kind of program that the section's name says; `.unspecified` when it says none.
    public var type: ProgramType
    /// Where it attaches, when the section's name says so.
    public var attachType: AttachType?
    /// What it attaches to: a function, a tracepoint, a hook; the part after the section's prefix.
    public var attachTarget: String?
    /// How the kernel is to treat it.
    public var flags: ProgramFlags
    /// The number of the network interface that it is for alone: what programs for hardware and
    /// those that read what it knows of packets (`bpf_xdp_metadata_…`) are loaded with.
    public var interface: UInt32?
    /// Whether to load it with the object; false when the section's name begins with `?`.
    public var autoload: Bool
    /// The entry function, then every subprogram that it reaches.
    public var instructions: [EncodedInstruction]
    /// What a host must put into the instructions, in the order of their slots.
    public var references: [ProgramReference]
    /// The functions in `instructions`, in the order of their slots; the entry is the first.
    public var functions: [FunctionInfo]
    /// Which line of the source the instructions came from, in the order of their slots.
    public var lines: [LineInfo]
    /// What depends on the layout of the kernel's types, in the order of their slots.
    public var coreRelocations: [CORERelocation]

    /// A program; one made by hand needs only a name, a type and instructions.
    public init(
        name: String,
        section: String = "",
        type: ProgramType,
        attachType: AttachType? = nil,
        attachTarget: String? = nil,
        flags: ProgramFlags = [],
        autoload: Bool = true,
        instructions: [EncodedInstruction],
        references: [ProgramReference] = [],
        functions: [FunctionInfo] = [],
        lines: [LineInfo] = [],
        coreRelocations: [CORERelocation] = []
    ) {
        self.name = name
        self.section = section
        self.type = type
        self.attachType = attachType
        self.attachTarget = attachTarget
        self.flags = flags
        self.autoload = autoload
        self.instructions = instructions
        self.references = references
        self.functions = functions
        self.lines = lines
        self.coreRelocations = coreRelocations
    }
}

extension ProgramSpec {
    /// The line that the instruction in `slot` came from: the last one that begins at or before it,
    /// in the same function.
    public func line(at slot: Int) -> LineInfo? {
        let next = lines.partitioningIndex { $0.slot > slot }
        guard next > 0 else { return nil }
        let found = lines[next - 1]
        guard let function = function(at: slot), found.slot < function.slot else { return found }
        return nil
    }

    /// The function that holds the instruction in `slot`.
    public func function(at slot: Int) -> FunctionInfo? {
        let next = functions.partitioningIndex { $0.slot > slot }
        return next > 0 ? functions[next - 1] : nil
    }
}

/// How the kernel is to treat a program (`BPF_F_…` of `BPF_PROG_LOAD` in `linux/bpf.h`).
public struct ProgramFlags: OptionSet, Hashable, Sendable {
    /// The bits as the kernel takes them.
    public let rawValue: UInt32

    /// Flags from the kernel's bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Memory accesses must be aligned (`BPF_F_STRICT_ALIGNMENT`).
    public static let strictAlignment = ProgramFlags(rawValue: 1 << 0)
    /// Memory accesses may be unaligned (`BPF_F_ANY_ALIGNMENT`).
    public static let anyAlignment = ProgramFlags(rawValue: 1 << 1)
    /// Fill upper halves with random bits, to test the verifier (`BPF_F_TEST_RND_HI32`).
    public static let randomUpperHalves = ProgramFlags(rawValue: 1 << 2)
    /// Check states often, to test the verifier (`BPF_F_TEST_STATE_FREQ`).
    public static let frequentStates = ProgramFlags(rawValue: 1 << 3)
    /// The program may sleep (`BPF_F_SLEEPABLE`), from a section such as `lsm.s/…`.
    public static let sleepable = ProgramFlags(rawValue: 1 << 4)
    /// The program understands packets in fragments (`BPF_F_XDP_HAS_FRAGS`): `xdp.frags`.
    public static let fragments = ProgramFlags(rawValue: 1 << 5)
    /// The program runs on one device's hardware queues (`BPF_F_XDP_DEV_BOUND_ONLY`).
    public static let deviceBound = ProgramFlags(rawValue: 1 << 6)
    /// Check the verifier's own invariants (`BPF_F_TEST_REG_INVARIANTS`).
    public static let checkInvariants = ProgramFlags(rawValue: 1 << 7)
}
