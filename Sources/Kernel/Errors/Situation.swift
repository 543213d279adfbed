public import EBPFBytecode

/// What this process may do and what the system's administrator lets processes do.
///
/// It is read when something failed, or when someone asks; `nil` is what could not be found out.
public struct Situation: Hashable, Sendable {
    /// What the process may do now (`CapEff` in `/proc/self/status`).
    public var capabilities: Capabilities?
    /// Whether its capabilities count for the whole system, not only in a user namespace.
    public var isInInitialUserNamespace: Bool?
    /// Whether a filter looks at its system calls (seccomp(2)).
    public var hasSystemCallFilter: Bool
    /// `kernel.unprivileged_bpf_disabled`: 0 anyone may load programs, 1 and 2 only privileged
    /// processes may; `nil` on kernels without bpf(2).
    public var unprivilegedBPFDisabled: Int?
    /// What the kernel keeps even from root.
    public var lockdown: Lockdown
    /// How much memory the process may lock, in bytes; `nil` for any amount.
    public var lockedMemoryLimit: UInt64?
    /// `net.core.bpf_jit_enable`: 0 interpreter, 1 compiler.
    public var jit: Int?
    /// `net.core.bpf_jit_limit`: bytes of machine code for processes without `CAP_BPF`.
    public var jitLimit: UInt64?
    /// `kernel.perf_event_paranoid`: above 1, the kernel is measured only with `CAP_PERFMON`.
    public var perfEventParanoid: Int?
    /// Whether the kernel guards against wrong guesses of processors: not with `mitigations=off`.
    public var guardsSpeculation: Bool
    /// The kernel's release, such as "6.18.3-cloud-amd64".
    public var release: String

    /// What the kernel keeps even from root (`kernel_lockdown(7)`).
    public enum Lockdown: String, Hashable, Sendable {
        /// Nothing.
        case none
        /// Root may not change the running kernel.
        case integrity
        /// Root may not read the kernel's memory either.
        case confidentiality
    }

    /// Finds out how things are.
    public init(system: SystemCalls = .linux) {
        let status = Fields(try? system.text(of: "/proc/self/status"))
        capabilities = status["CapEff"].flatMap { UInt64($0, radix: 16) }.map(Capabilities.init)
        hasSystemCallFilter = status["Seccomp"] == "2"
        isInInitialUserNamespace = Self.isInitial(try? system.text(of: "/proc/self/uid_map"))
        let limits = try? system.text(of: "/proc/self/limits")
        lockedMemoryLimit = Self.lockedMemory(limits)
        unprivilegedBPFDisabled = system.setting("kernel/unprivileged_bpf_disabled")
        lockdown = Self.lockdown(system)
        jit = system.setting("net/core/bpf_jit_enable")
        jitLimit = system.setting("net/core/bpf_jit_limit").flatMap(UInt64.init)
        perfEventParanoid = system.setting("kernel/perf_event_paranoid")
        release = (try? system.text(of: "/proc/sys/kernel/osrelease")) ?? ""
        let commandLine = (try? system.text(of: "/proc/cmdline")) ?? ""
        guardsSpeculation = !commandLine.split(whereSeparator: \.isWhitespace).contains {
            $0.hasPrefix("mitigations=") && $0.split(separator: ",")[0] == "mitigations=off"
        }
    }

    /// The initial namespace maps every user to itself.
    private static func isInitial(_ map: String?) -> Bool? {
        guard let map else { return nil }
        return map.split { $0.isWhitespace } == ["0", "0", "4294967295"]
    }

    /// The level in brackets: `none [integrity] confidentiality`; where that file system is not
    /// mounted, the level that the kernel was built to begin with.
    private static func lockdown(_ system: SystemCalls) -> Lockdown {
        guard let text = try? system.text(of: "/sys/kernel/security/lockdown") else {
            let options = try? KernelConfiguration(system: system)
            return [Lockdown.integrity, .confidentiality].first {
                options?["CONFIG_LOCK_DOWN_KERNEL_FORCE_" + $0.rawValue.uppercased()] != nil
            } ?? .none
        }
        let level = text.split(separator: "[").dropFirst().first?.split(separator: "]").first
        return level.flatMap { Lockdown(rawValue: String($0)) } ?? .none
    }

    /// The soft limit in the table of `/proc/self/limits`.
    private static func lockedMemory(_ limits: String?) -> UInt64? {
        let name = "Max locked memory"
        let row = limits?.split(separator: "\n").first { $0.hasPrefix(name) }
        return row?.dropFirst(name.count).split(separator: " ").first.flatMap { UInt64($0) }
    }
}

extension Situation {
    /// The helpers that the kernel keeps from all programs, even root's, as it is locked down.
    public var withheldHelpers: Set<HelperID> {
        switch lockdown {
        case .none: []
        case .integrity: [.probeWriteUser]
        case .confidentiality:
            [.probeWriteUser, .probeRead, .probeReadStr, .probeReadKernel, .probeReadKernelStr]
        }
    }

    /// Whether the process has one of some capabilities that counts for the whole system.
    func has(anyOf wanted: Capabilities) -> Bool {
        guard let capabilities, isInInitialUserNamespace != false else { return false }
        return !capabilities.isDisjoint(with: wanted)
    }
}

extension SystemCalls {
    /// A number in `/proc/sys`.
    func setting(_ path: String) -> Int? {
        (try? text(of: "/proc/sys/" + path)).flatMap { Int($0) }
    }
}

/// Lines of the form `Name: value`.
private struct Fields {
    private var values: [Substring: Substring] = [:]

    init(_ text: String?) {
        for line in (text ?? "").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[parts[0]] = parts[1].drop { $0.isWhitespace }
        }
    }

    subscript(_ name: Substring) -> Substring? { values[name] }
}
