import EBPFBytecode
@testable import EBPFKernel
import Testing

/// Every obstacle in a kernel made for it: what is named is there, what is not there is not named.
@Suite struct DiagnosisTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var capabilities: UInt64 = 0
        var seccomp = 0
        var users = "0 0 4294967295"
        var settings: [String: String] = ["kernel/unprivileged_bpf_disabled": "2"]
        var lockdown = "[none] integrity confidentiality"
        var lockedMemory = "unlimited"
        var undertaking = Undertaking.anything
        var errno = KernelErrno.notPermitted
        /// The error number of a command that does not exist.
        var strangeCommand = 22
        /// The error number of loading a program.
        var loading = 1
        let obstacles: [Obstacle]

        var system: FakeSystem {
            var files = [
                "/proc/self/status":
                    "Name:\tx\nCapEff:\t\(String(capabilities, radix: 16))\nSeccomp:\t\(seccomp)\n",
                "/proc/self/uid_map": "         \(users)\n",
                "/proc/self/limits":
                    "Max locked memory         \(lockedMemory)  unlimited  bytes\n",
                "/sys/kernel/security/lockdown": lockdown,
            ]
            for (name, value) in settings { files["/proc/sys/" + name] = value + "\n" }
            let (strangeCommand, loading) = (strangeCommand, loading)
            return FakeSystem(files: files) { arguments in
                guard let command = BPFCommand(rawValue: arguments.a) else {
                    return -strangeCommand
                }
                guard command == .programLoad, loading == 0 else { return -loading }
                return 50
            }
        }
    }

    private static let (bpf, perfmon, network, admin): (UInt64, UInt64, UInt64, UInt64) =
        (1 << 39, 1 << 38, 1 << 12, 1 << 21)
    private static let anyBPF: Capabilities = [.bpf, .systemAdministration]
    private static let anyTracing: Capabilities = [.performanceMonitoring, .systemAdministration]
    private static let anyNetwork: Capabilities = [.networkAdministration, .systemAdministration]

    static let scenarios: [Scenario] = [
        Scenario(
            testDescription: "nobody loads XDP", undertaking: .load(.xdp),
            obstacles: [.missingCapabilities([anyBPF, anyNetwork])]),
        Scenario(
            testDescription: "CAP_BPF alone is not enough for kprobes", capabilities: bpf,
            undertaking: .load(.kprobe), obstacles: [.missingCapabilities([anyTracing])]),
        Scenario(
            testDescription: "nobody loads a socket filter where that is disabled",
            undertaking: .load(.socketFilter),
            obstacles: [
                .missingCapabilities([anyBPF]), .unprivilegedDisabled(level: 2),
            ]),
        Scenario(
            testDescription: "nobody loads a socket filter where all may, and its code has no room",
            settings: [
                "kernel/unprivileged_bpf_disabled": "0", "net/core/bpf_jit_limit": "4096",
            ], undertaking: .load(.socketFilter), obstacles: [.machineCodeLimit(4096)]),
        Scenario(
            testDescription: "nobody makes an LRU hash, even where all may use bpf(2)",
            settings: ["kernel/unprivileged_bpf_disabled": "0"], undertaking: .create(.lruHash),
            obstacles: [.missingCapabilities([anyBPF])]),
        Scenario(
            testDescription: "a sockmap wants CAP_NET_ADMIN", capabilities: bpf,
            undertaking: .create(.socketMap), obstacles: [.missingCapabilities([anyNetwork])]),
        Scenario(
            testDescription: "listing wants CAP_SYS_ADMIN", capabilities: bpf | perfmon,
            undertaking: .inspection,
            obstacles: [.missingCapabilities([.systemAdministration])]),
        Scenario(
            testDescription: "root of a rootless container", capabilities: .max >> 23,
            users: "0 1000 1", undertaking: .load(.xdp), obstacles: [.userNamespace]),
        Scenario(
            testDescription: "a filter answers for the kernel", capabilities: .max >> 23,
            seccomp: 2,
            undertaking: .load(.xdp), strangeCommand: 1, obstacles: [.systemCallFilter]),
        Scenario(
            testDescription: "a filter that lets bpf pass is not blamed", capabilities: 0,
            seccomp: 2, undertaking: .load(.xdp),
            obstacles: [.missingCapabilities([anyBPF, anyNetwork])]),
        Scenario(
            testDescription: "a filter without bpf(2)", capabilities: admin, seccomp: 2,
            errno: .noSuchCall, obstacles: [.systemCallFilter]),
        Scenario(
            testDescription: "a kernel without bpf(2)", capabilities: admin, settings: [:],
            errno: .noSuchCall, obstacles: [.kernelWithout(option: "CONFIG_BPF_SYSCALL")]),
        Scenario(
            testDescription: "locked memory on an old kernel", capabilities: admin,
            lockedMemory: "65536", undertaking: .create(.hash),
            obstacles: [.lockedMemory(limit: 65536)]),
        Scenario(
            testDescription: "a kernel that charges control groups does not count locked memory",
            capabilities: admin, lockedMemory: "65536", undertaking: .create(.hash), loading: 0,
            obstacles: []),
        Scenario(
            testDescription: "too much locked memory is ENOMEM, too", capabilities: admin,
            lockedMemory: "65536", undertaking: .create(.hash), errno: .noMemory,
            obstacles: [.lockedMemory(limit: 65536)]),
        Scenario(
            testDescription: "confidentiality", capabilities: admin,
            lockdown: "none integrity [confidentiality]", undertaking: .load(.kprobe),
            obstacles: [.lockdown(.confidentiality)]),
        Scenario(
            testDescription: "integrity does not keep programs out", capabilities: admin,
            lockdown: "none [integrity] confidentiality", undertaking: .load(.kprobe),
            obstacles: [.policy]),
        Scenario(
            testDescription: "perf events of nobody",
            settings: ["kernel/perf_event_paranoid": "3"], undertaking: .perfEvent,
            errno: .accessDenied,
            obstacles: [
                .missingCapabilities([anyTracing]), .perfEventParanoid(level: 3),
            ]),
        Scenario(
            testDescription: "devices want CAP_NET_ADMIN itself", capabilities: bpf | perfmon,
            undertaking: .network, obstacles: [.missingCapabilities([.networkAdministration])]),
        Scenario(
            testDescription: "nothing is said about what says it all", capabilities: 0,
            undertaking: .load(.xdp), errno: .invalidArgument, obstacles: []),
    ]

    @Test(arguments: scenarios) func `only what is so is named`(_ scenario: Scenario) {
        let found = Diagnosis.obstacles(
            scenario.undertaking, scenario.errno, scenario.system.calls)
        #expect(found == scenario.obstacles)
    }

    @Test(arguments: [
        (
            Obstacle.missingCapabilities([anyBPF, anyNetwork]),
            "this process lacks CAP_BPF (or CAP_SYS_ADMIN) and CAP_NET_ADMIN (or CAP_SYS_ADMIN)",
            "run it as root, or give it CAP_BPF and CAP_NET_ADMIN: setcap, AmbientCapabilities= of "
                + "systemd, --cap-add of containers"
        ),
        (
            .userNamespace,
            "this process has its capabilities only in a user namespace, as in a rootless container",
            "run it outside of the container, or mount a BPF file system with delegation for a BPF "
                + "token (Linux 6.9)"
        ),
        (
            .unprivilegedDisabled(level: 2),
            "kernel.unprivileged_bpf_disabled is 2: only privileged processes may use bpf(2)",
            "run it as root, or sysctl kernel.unprivileged_bpf_disabled=0"
        ),
        (
            .machineCodeLimit(4096),
            "machine code of processes without CAP_BPF is limited to 4096 bytes in all "
                + "(net.core.bpf_jit_limit)", "run it as root, or raise net.core.bpf_jit_limit"
        ),
        (
            .lockdown(.confidentiality), "the kernel is locked down (confidentiality)",
            "start the kernel with lockdown= another level, or without Secure Boot"
        ),
        (
            .lockedMemory(limit: 65536),
            "this process may lock 65536 bytes of memory, and this kernel counts maps and programs "
                + "as locked", "ulimit -l unlimited, or LimitMEMLOCK=infinity of systemd"
        ),
        (
            .perfEventParanoid(level: 3),
            "kernel.perf_event_paranoid is 3: perf events are for privileged processes",
            "run it as root, or sysctl kernel.perf_event_paranoid=1"
        ),
        (
            .systemCallFilter, "a seccomp filter refuses the system call bpf(2)",
            "let the filter pass bpf: --security-opt seccomp=… of containers, SystemCallFilter= of "
                + "systemd"
        ),
        (
            .kernelWithout(option: "CONFIG_BPF_SYSCALL"),
            "the kernel was built without CONFIG_BPF_SYSCALL",
            "use a kernel with CONFIG_BPF_SYSCALL=y"
        ),
        (
            .policy,
            "this process has every capability that it needs: a policy of the kernel or of the "
                + "machine's host refuses it",
            "ask who runs the machine; `ebpf feature probe` shows what is allowed here"
        ),
    ])
    func `obstacles are named with a way around them`(
        _ obstacle: Obstacle, _ reason: String, _ remedy: String
    ) {
        #expect(obstacle.description == reason)
        #expect(obstacle.remedy == remedy)
    }

    @Test func `an attempt that fails says why`() {
        let scenario = Scenario(testDescription: "", obstacles: [])
        let system = scenario.system.calls
        let error = #expect(throws: KernelError.self) {
            _ = try attempting("loading it", .load(.kprobe), on: system) {
                () throws(KernelErrno) -> Int in throw .notPermitted
            }
        }
        #expect(
            error?.description
                == "loading it: EPERM: this process lacks CAP_BPF (or CAP_SYS_ADMIN) and CAP_PERFMON "
                + "(or CAP_SYS_ADMIN); run it as root, or give it CAP_BPF and CAP_PERFMON: setcap, "
                + "AmbientCapabilities= of systemd, --cap-add of containers")
        #expect("\(KernelError("trying", .busy))" == "trying: EBUSY: in use by someone else")
    }
}
