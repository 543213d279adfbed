import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Testing

/// What `ebpf doctor` finds on systems made for it.
@Suite struct CheckupTests {
    private static let healthy = [
        "/proc/self/status": "CapEff:\t000001ffffffffff\nSeccomp:\t0\n",
        "/proc/self/uid_map": "0 0 4294967295\n",
        "/proc/self/limits": "Max locked memory         65536  65536  bytes\n",
        "/proc/sys/kernel/osrelease": "6.18.3-test\n",
        "/proc/sys/kernel/unprivileged_bpf_disabled": "2\n",
        "/proc/sys/kernel/perf_event_paranoid": "2\n",
        "/proc/sys/net/core/bpf_jit_enable": "1\n",
        "/proc/sys/net/core/bpf_jit_harden": "0\n",
        "/proc/mounts": """
        bpf /sys/fs/bpf bpf rw 0 0
        tracefs /sys/kernel/tracing tracefs rw 0 0
        cgroup2 /sys/fs/cgroup cgroup2 rw 0 0
        """,
        "/sys/kernel/btf/vmlinux": "",
        "/sys/kernel/security/lsm": "lockdown,capability,bpf",
        "/sys/bus/event_source/devices/kprobe": "",
        "/sys/bus/event_source/devices/uprobe": "",
    ]

    /// A checkup of the healthy system with other files; `nil` takes one away.
    private func findings(
        _ changes: [String: String?] = [:], bpf: @escaping FakeSystem.Answer = { _ in 50 }
    ) -> [String: Checkup.Finding] {
        var files = Self.healthy
        for (path, content) in changes { files[path] = content }
        let findings = Checkup(system: FakeSystem(files: files, bpf: bpf).calls).findings
        return Dictionary(findings.map { ($0.subject, $0) }) { first, _ in first }
    }

    @Test(
        arguments: [
            (
                "/proc/sys/net/core/bpf_jit_enable", "0", "compiler",
                "sysctl net.core.bpf_jit_enable=1"
            ),
            (
                "/proc/sys/net/core/bpf_jit_harden", "2", "hardening",
                "sysctl net.core.bpf_jit_harden=0 where no strangers load programs"
            ),
            (
                "/proc/sys/kernel/unprivileged_bpf_disabled", "0", "unprivileged use",
                "sysctl kernel.unprivileged_bpf_disabled=2 keeps strangers out"
            ),
            ("/proc/mounts", "", "pins", "mount -t bpf bpf /sys/fs/bpf"),
            ("/proc/mounts", "", "tracefs", "mount -t tracefs tracefs /sys/kernel/tracing"),
            ("/proc/mounts", "", "control groups", "mount -t cgroup2 none /sys/fs/cgroup/unified"),
            (
                "/sys/kernel/btf/vmlinux", nil, "kernel's types",
                "use a kernel with CONFIG_DEBUG_INFO_BTF=y, or give its types in a file"
            ),
            (
                "/sys/kernel/security/lsm", "lockdown,yama", "security hooks",
                "start the kernel with lsm=lockdown,yama,bpf"
            ),
            (
                "/sys/bus/event_source/devices/kprobe", nil, "kprobes",
                "use a kernel with CONFIG_KPROBE_EVENTS=y"
            ),
            (
                "/proc/sys/kernel/osrelease", "5.4.0-test", "kernel",
                "use a newer kernel; `ebpf feature probe` shows what this one has"
            ),
            (
                "/sys/kernel/security/lockdown", "none integrity [confidentiality]", "lockdown",
                "start the kernel with lockdown= another level, or without Secure Boot"
            ),
        ] as [(String, String?, String, String)])
    func `what is wrong is found, with what to do`(
        _ path: String, _ content: String?, _ subject: String, _ remedy: String
    ) {
        let finding = findings([path: content])[subject]
        #expect(finding?.state == .limited)
        #expect(finding?.remedy == remedy)
        let healthy = findings()[subject]
        #expect(healthy == nil || healthy?.state == .good || path.contains("lsm"))
    }

    @Test func `a process without rights cannot use it, and learns why`() {
        let changes = ["/proc/self/status": "CapEff:\t0000000000000000\nSeccomp:\t0\n"]
        let files = Self.healthy.merging(changes) { $1 }
        let checkup = Checkup(system: FakeSystem(files: files) { _ in -1 }.calls)
        #expect(!checkup.isUsable)
        let programs = checkup.findings.first { $0.subject == "programs" }
        #expect(programs?.state == .missing)
        #expect(
            programs?.detail
                == "loading a program: EPERM: this process lacks CAP_BPF (or CAP_SYS_ADMIN); "
                + "kernel.unprivileged_bpf_disabled is 2: only privileged processes may use bpf(2)")
    }

    @Test func `a kernel without bpf(2) is named`() {
        let changes: [String: String?] = ["/proc/sys/kernel/unprivileged_bpf_disabled": nil]
        let call = findings(changes) { _ in -38 }["bpf(2)"]
        #expect(call?.detail.hasSuffix("the kernel was built without CONFIG_BPF_SYSCALL") == true)
        #expect(call?.remedy == "use a kernel with CONFIG_BPF_SYSCALL=y")
    }

    @Test(.liveKernel) func `here it can be used`() {
        #expect(Checkup().isUsable)
    }
}
