public import EBPFBytecode

/// Something that really stands between this process and what it attempted.
public enum Obstacle: Hashable, Sendable {
    /// The process lacks rights: of each row, one would be enough.
    case missingCapabilities([Capabilities])
    /// It has rights, but only inside a user namespace, as in rootless containers.
    case userNamespace
    /// `kernel.unprivileged_bpf_disabled` keeps unprivileged processes out.
    case unprivilegedDisabled(level: Int)
    /// `net.core.bpf_jit_limit`: machine code of unprivileged processes has no room left.
    case machineCodeLimit(UInt64)
    /// The kernel is locked down.
    case lockdown(Situation.Lockdown)
    /// Memory of maps and programs counts as locked (before Linux 5.11), and that is limited.
    case lockedMemory(limit: UInt64)
    /// `kernel.perf_event_paranoid` keeps unprivileged processes from perf events.
    case perfEventParanoid(level: Int)
    /// A filter answers system calls in the kernel's place.
    case systemCallFilter
    /// The kernel was built without something.
    case kernelWithout(option: String)
    /// The process has every right: something else in the kernel refuses.
    case policy
}

extension Obstacle: CustomStringConvertible {
    /// What stands in the way.
    public var description: String {
        switch self {
        case .missingCapabilities(let rows):
            "this process lacks " + rows.map(Self.alternatives).joined(separator: " and ")
        case .userNamespace:
            "this process has its capabilities only in a user namespace, as in a rootless container"
        case .unprivilegedDisabled(let level):
            "kernel.unprivileged_bpf_disabled is \(level): only privileged processes may use bpf(2)"
        case .machineCodeLimit(let limit):
            "machine code of processes without CAP_BPF is limited to \(limit) bytes in all "
                + "(net.core.bpf_jit_limit)"
        case .lockdown(let level): "the kernel is locked down (\(level.rawValue))"
        case .lockedMemory(let limit):
            "this process may lock \(limit) bytes of memory, and this kernel counts maps and "
                + "programs as locked"
        case .perfEventParanoid(let level):
            "kernel.perf_event_paranoid is \(level): perf events are for privileged processes"
        case .systemCallFilter: "a seccomp filter refuses the system call bpf(2)"
        case .kernelWithout(let option): "the kernel was built without \(option)"
        case .policy:
            "this process has every capability that it needs: a policy of the kernel or of the "
                + "machine's host refuses it"
        }
    }

    /// What the user can do.
    public var remedy: String {
        switch self {
        case .missingCapabilities(let rows):
            "run it as root, or give it "
                + rows.map { $0.names.first ?? "" }.joined(separator: " and ")
                + ": setcap, AmbientCapabilities= of systemd, --cap-add of containers"
        case .userNamespace:
            "run it outside of the container, or mount a BPF file system with delegation for a "
                + "BPF token (Linux 6.9)"
        case .unprivilegedDisabled(let level):
            level == 1
                ? "run it as root; the setting stays until the next start of the system"
                : "run it as root, or sysctl kernel.unprivileged_bpf_disabled=0"
        case .machineCodeLimit: "run it as root, or raise net.core.bpf_jit_limit"
        case .lockdown: "start the kernel with lockdown= another level, or without Secure Boot"
        case .lockedMemory: "ulimit -l unlimited, or LimitMEMLOCK=infinity of systemd"
        case .perfEventParanoid: "run it as root, or sysctl kernel.perf_event_paranoid=1"
        case .systemCallFilter:
            "let the filter pass bpf: --security-opt seccomp=… of containers, SystemCallFilter= "
                + "of systemd"
        case .kernelWithout(let option): "use a kernel with \(option)=y"
        case .policy: "ask who runs the machine; `ebpf feature probe` shows what is allowed here"
        }
    }

    private static func alternatives(_ row: Capabilities) -> String {
        let names = row.names
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " (or \(last))"
    }
}
