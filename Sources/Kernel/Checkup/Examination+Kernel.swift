import EBPFBytecode

extension Examination {
    // MARK: Machine code

    /// How programs are compiled.
    var machineCode: [Finding] { [compiler, hardening].compactMap { $0 } }

    private var compiler: Finding {
        switch situation.jit {
        case 0?:
            return limited(
                "compiler", "off: programs are interpreted, several times slower",
                "sysctl net.core.bpf_jit_enable=1")
        case 2?:
            return limited(
                "compiler", "on, and writes all machine code to the kernel's log",
                "sysctl net.core.bpf_jit_enable=1")
        case nil: return limited("compiler", "the setting net.core.bpf_jit_enable is hidden")
        default:
            let limit = situation.jitLimit.map { ", at most \($0 >> 20) MB" } ?? ""
            return good("compiler", "on" + limit)
        }
    }

    private var hardening: Finding? {
        guard let level = system.setting("net/core/bpf_jit_harden"), level > 0 else { return nil }
        return limited(
            "hardening",
            level == 1
                ? "constants of unprivileged programs are blinded"
                : "constants of all programs are blinded: larger and slower machine code",
            "sysctl net.core.bpf_jit_harden=0 where no strangers load programs")
    }

    // MARK: File systems

    /// What programs and their loaders need around them.
    var environment: [Finding] {
        [
            types,
            mounted(
                "pins", "bpf", needed: "pins keep programs, maps and links",
                "mount -t bpf bpf /sys/fs/bpf"),
            mounted(
                "tracefs", "tracefs", needed: "tracepoints are found there",
                "mount -t tracefs tracefs /sys/kernel/tracing"),
            mounted(
                "control groups", "cgroup2", needed: "programs are attached to groups there",
                "mount -t cgroup2 none /sys/fs/cgroup/unified"),
        ]
    }

    private var types: Finding {
        guard system.exists("/sys/kernel/btf/vmlinux") else {
            return limited(
                "kernel's types", "not shown: programs cannot be fitted to this kernel (CO-RE)",
                "use a kernel with CONFIG_DEBUG_INFO_BTF=y, or give its types in a file")
        }
        return good("kernel's types", "/sys/kernel/btf/vmlinux")
    }

    private func mounted(
        _ subject: String, _ type: String, needed: String, _ remedy: String
    ) -> Finding {
        let paths = mounts.filter { $0.type == type }.map(\.path)
        guard let path = paths.first
        else { return limited(subject, "\(type) is not mounted: \(needed)", remedy) }
        return good(subject, path)
    }

    // MARK: Hooks

    /// What programs can be attached to.
    var hooks: [Finding] {
        [
            attachable("XDP", features.programType(.xdp), "CONFIG_NET=y"),
            attachable(
                "traffic control", features.programType(.schedulerClassifier), "CONFIG_NET=y"),
            attachable("group hooks", features.link(.cgroup), "CONFIG_CGROUP_BPF=y"),
            attachable("tracepoints", features.programType(.tracepoint), "CONFIG_BPF_EVENTS=y"),
            probes("kprobes", "kprobe", "CONFIG_KPROBE_EVENTS=y"),
            probes("uprobes", "uprobe", "CONFIG_UPROBE_EVENTS=y"),
            attachable(
                "function entry and exit", features.attachType(.traceFunctionEntry),
                "CONFIG_FUNCTION_TRACER=y and CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS=y"),
            attachable("many kprobes", features.attachType(.traceKprobeMulti), "CONFIG_FPROBE=y"),
            security,
            attachable("ring buffers", features.mapType(.ringBuffer), "Linux 5.8 or newer"),
        ]
    }

    private func attachable(_ subject: String, _ answer: FeatureAnswer, _ need: String) -> Finding {
        switch answer {
        case .yes: good(subject, "available")
        case .no: limited(subject, "not in this kernel", "use a kernel with \(need)")
        case .unknown(let reason): limited(subject, "cannot tell: \(reason)")
        }
    }

    /// The kernel has a device of perf events for each kind of probe that it can set.
    private func probes(_ subject: String, _ device: String, _ option: String) -> Finding {
        guard system.exists("/sys/bus/event_source/devices/\(device)") else {
            return limited(subject, "not in this kernel", "use a kernel with \(option)")
        }
        return good(subject, "available")
    }

    private var security: Finding {
        let subject = "security hooks"
        let list = try? system.text(of: "/sys/kernel/security/lsm")
        guard let list else {
            return limited(subject, "cannot tell: securityfs is not mounted")
        }
        guard list.split(separator: ",").contains("bpf") else {
            return limited(
                subject, "LSM programs are not called: bpf is not among \(list)",
                "start the kernel with lsm=\(list),bpf")
        }
        return attachable(subject, features.attachType(.lsmMAC), "CONFIG_BPF_LSM=y")
    }
}
