import EBPFBytecode
import EBPFKernel

/// Says why perf_event_open(2) was refused.
struct PerfEventFailure {
    let system: SystemCalls
    let process: Int32

    func error(_ action: String, _ errno: KernelErrno) -> KernelError {
        var failure = KernelError(action, errno)
        switch errno {
        case .accessDenied, .notPermitted: explainPermission(&failure)
        case .noProcess:
            failure.reason = "process \(process) is gone"
            failure.remedy = "choose one that is running, or leave the process out to watch all"
        case KernelErrno(rawValue: 24):
            failure.reason = "this process has as many open files as it may"
            failure.remedy = "raise the limit (ulimit -n), or detach what is not needed"
        case .noEntry where action.contains("hardware") || action.contains("cache"),
            .operationNotSupported:
            failure.reason = "this machine does not have such an event"
            failure.remedy =
                "use a software event such as cpu-clock; virtual machines often lack "
                + "hardware counters"
        case .noSpace:
            failure.reason = "all of the processor's registers for breakpoints are in use"
            failure.remedy = "detach another breakpoint first"
        default: break
        }
        return failure
    }

    private func explainPermission(_ failure: inout KernelError) {
        guard let level = try? system.text(of: "/proc/sys/kernel/perf_event_paranoid") else {
            failure.reason = "this kernel has no perf events, or /proc is not mounted"
            return
        }
        failure.reason = "perf_event_paranoid is \(level), and this process lacks CAP_PERFMON"
        failure.remedy = "run as root, or give the program CAP_PERFMON and CAP_BPF"
    }
}
