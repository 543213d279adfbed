import EBPFBytecode

/// As long as this value lives, the kernel counts the runs of all programs (`BPF_ENABLE_STATS`).
///
/// Counting costs every run some 20 ns, so it is off unless someone asks. The kernel switches it off
/// itself when the last one who asked is gone, even after a crash.
public struct RunStatistics: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Lets the kernel count.
    ///
    /// - Throws: ``KernelError``; kernels before 5.8 only have a switch for the whole system, which
    ///   this package leaves to its administrator.
    public init(system: SystemCalls = .linux) throws(KernelError) {
        let runTime: UInt32 = 0
        var attributes = EnableStatisticsAttributes()
        attributes.kind = runTime
        do throws(KernelErrno) {
            descriptor = try system.openBPF(.enableStatistics, &attributes)
        } catch {
            let action = "letting the kernel count the runs of programs"
            guard error == .invalidArgument else {
                throw KernelError(action, error, diagnosing: .inspection, on: system)
            }
            throw KernelError(
                action, error, reason: "kernels before Linux 5.8 cannot do it for one process",
                remedy: "sysctl kernel.bpf_stats_enabled=1 does it for the whole system")
        }
    }
}
