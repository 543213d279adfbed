/// A function of the kernel that programs call by its type's number (a kfunc, `BTF_KFUNCS_START`).
///
/// The kernel's types say what it takes and returns; a row says what they do not: the flags it is
/// registered with, who may call it, and what a verifier must do besides. The flags are those of
/// Linux 6.18, observed there where that kernel has the function, from the documentation where not.
///
/// Three rules hold for all of them. Only programs under a licence compatible with the GPL may call
/// any. A result of type `void *` is a number, and one that points to a number is memory of that
/// number's size that cannot be written, unless ``role`` says otherwise. A null pointer is accepted
/// where memory is expected, unless ``refusesNull``.
public struct KernelFunction: Hashable, Sendable {
    /// The kernel's name: "bpf_task_acquire".
    public let name: String
    /// The first kernel that has it under this name.
    public let since: KernelVersion
    /// The first kernel that has it no longer, if there is one.
    public let until: KernelVersion?
    /// How it is registered (`KF_…` in `linux/btf.h`).
    public let flags: Flags
    /// The kinds of programs it is registered for.
    public let callers: Callers
    /// What else must be true of the calling program.
    public let condition: Condition?
    /// What it does that its type and flags do not say; a verifier treats each role in its own way.
    public let role: Role?

    /// A row of the table.
    init(
        _ name: String,
        since major: UInt8,
        _ minor: UInt8,
        until: KernelVersion? = nil,
        _ flags: Flags,
        _ callers: Callers,
        only condition: Condition? = nil,
        role: Role? = nil
    ) {
        self.name = name
        since = KernelVersion(major, minor)
        self.until = until
        self.flags = flags
        self.callers = callers
        self.condition = condition
        self.role = role
    }
}

extension KernelFunction {
    /// The function with a name, or nothing if these tables do not know it.
    public init?(name: String) {
        guard let found = Self.byName[name] else { return nil }
        self = found
    }

    /// A function that these tables do not know: it has no flags, and everyone may call it whom the
    /// kernel lets.
    public init(unlisted name: String) {
        self.init(name, since: 0, 0, [], .everything)
    }

    /// Whether pointers to structures must be alive for certain.
    ///
    /// Functions that give references back ask for it without being flagged so.
    public var trustsArguments: Bool {
        !flags.isDisjoint(with: [.takesTrustedArguments, .releases])
    }

    /// Whether every pointer must be known not to be null, but for those that ``ParameterMark``s
    /// except.
    public var refusesNull: Bool { trustsArguments || flags.contains(.requiresRCU) }

    /// Whether a kernel of a release has it, if it is configured.
    public func exists(in version: KernelVersion) -> Bool {
        since <= version && (until.map { version < $0 } ?? true)
    }

    /// All that are known, of Linux 6.18 and around it, by name.
    public static let all: [KernelFunction] =
        (objects + iterators + memory + execution + text + masks + tasks + security + packets
        + congestion + scheduler + devices + trials)
        .sorted { $0.name < $1.name }

    private static let byName: [String: KernelFunction] =
        Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}

extension KernelFunction: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
