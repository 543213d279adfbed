import EBPFHooks
import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A control group of the trial's own, in which only processes run that the trial started.
struct TrialGroup: ~Copyable {
    /// Its directory, which programs are attached to.
    let path: String

    /// Makes a group below the root of the unified hierarchy.
    init() throws {
        let thread = try SystemCalls.linux.call(.getThreadID)
        let path = try "\(Self.root())/swift-ebpf-trial-\(thread)"
        guard unsafe mkdir(path, 0o755) == 0 else {
            throw CallFailure(call: "mkdir \(path)", errno: errno)
        }
        self.path = path
    }

    /// Where the unified hierarchy is mounted.
    private static func root() throws -> String {
        do { return try ControlGroup.root() } catch {
            throw HookTrial.Skip("cgroup v2 is not mounted")
        }
    }

    /// Runs a process in the group that does all that groups can watch, and waits for its end.
    ///
    /// It has the network namespace of the calling thread.
    ///
    /// - Parameter helper: a program that calls ``Activity/run(in:)`` when told `act GROUP`.
    func act(helper: String) throws {
        var arguments = unsafe [strdup(helper), strdup("act"), strdup(path), nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var environment = unsafe [UnsafeMutablePointer<CChar>?.none]
        var process: pid_t = 0
        let status = unsafe posix_spawn(&process, helper, nil, nil, &arguments, &environment)
        guard status == 0 else { throw CallFailure(call: "starting \(helper)", errno: status) }
        var result: Int32 = 0
        guard unsafe waitpid(process, &result, 0) == process, result == 0 else {
            throw HookTrial.Failure("the process in the control group ended with \(result)")
        }
    }

    deinit { _ = unsafe rmdir(path) }
}
