import EBPFHooks
import EBPFKernel
import HookTargets

/// Functions of this very process, in which nothing else calls them meanwhile.
extension HookTrial {
    static let userProbes: [HookTrial] = [
        HookTrial(hook: "uprobe") { _ in try one("uprobe", at: .entry) },
        HookTrial(hook: "uprobe.s") { _ in try one("uprobe.s", at: .entry) },
        HookTrial(hook: "uretprobe") { _ in try one("uretprobe", at: .exit) },
        HookTrial(hook: "uprobe.multi") { _ in try many("uprobe.multi", at: .entry, runs: 2) },
        HookTrial(hook: "uretprobe.multi") { _ in
            try many("uretprobe.multi", at: .exit, runs: 2)
        },
        HookTrial(hook: "uprobe.session") { _ in
            try many("uprobe.session", at: .entry, runs: 4)
        },
        HookTrial(hook: "usdt") { _ in
            let proof = try Proof()
            let program = try proof.counter.program(
                "usdt/\(binary):swift_ebpf:trial", counting: .thisThread)
            return try proof(
                attach: {
                    try program.attach(toUserTracepoint: "swift_ebpf:trial", in: binary)
                }, trigger: { _ = hook_target_probe(1) }, runs: 1)
        },
    ]

    private static let binary = "/proc/self/exe"

    private static func one(_ section: String, at moment: ProbeMoment) throws -> String {
        let proof = try Proof()
        let program = try proof.counter.program(section, counting: .thisThread)
        return try proof(
            attach: {
                try program.attachUserProbe(
                    .function("hook_target_function"), in: binary,
                    options: UserProbeOptions(at: moment, process: 0))
            }, trigger: callFunctions, runs: 1)
    }

    private static func many(
        _ section: String, at moment: ProbeMoment, runs: UInt64
    ) throws -> String {
        let proof = try Proof()
        let program = try proof.counter.program(section, counting: .thisThread)
        return try proof(
            attach: {
                try program.attachUserProbes(
                    .matching("hook_target_function*"), in: binary,
                    options: UserProbeOptions(at: moment))
            }, trigger: callFunctions, runs: runs)
    }

    /// Calls both functions once.
    private static func callFunctions() {
        _ = hook_target_function(1)
        _ = hook_target_function_too(1)
    }
}
