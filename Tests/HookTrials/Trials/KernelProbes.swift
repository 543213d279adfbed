import EBPFHooks
import EBPFKernel

/// Functions of the kernel, by their machine code.
extension HookTrial {
    static let kernelProbes: [HookTrial] = [
        probe("kprobe", runs: 1) { try $0.attachKernelProbe(.function(opening)) },
        probe("kretprobe", runs: 1) {
            try $0.attachKernelProbe(.function(opening), options: .init(at: .exit))
        },
        probe("ksyscall", runs: 1) { try $0.attach(toSystemCall: "openat") },
        probe("kretsyscall", runs: 1) {
            try $0.attach(toSystemCall: "openat", options: .init(at: .exit))
        },
        probe("kprobe.multi", runs: 1) { try $0.attachKernelProbes(.functions([opening])) },
        probe("kretprobe.multi", runs: 1) {
            try $0.attachKernelProbes(.functions([opening]), at: .exit)
        },
        probe("kprobe.session", runs: 2) { try $0.attachKernelProbes(.functions([opening])) },
    ]

    /// The function that opens files.
    private static let opening = "do_sys_openat2"

    private static func probe(
        _ section: String, runs: UInt64, attach: @escaping @Sendable (KernelProgram) throws -> Link
    ) -> HookTrial {
        HookTrial(hook: section) { _ in
            try Requirement.function("register_kprobe", for: "kprobes")
            if section.contains(".") {
                try Requirement.function("register_fprobe_ips", for: "links on many functions")
            }
            let proof = try Proof()
            let program = try proof.counter.program(section, counting: .thisThread)
            return try proof(
                attach: { try attach(program) }, trigger: openFile, runs: runs)
        }
    }
}
