import EBPFHooks

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What every trial shows: a program runs while it is attached, and no longer.
struct Proof {
    /// Counts the runs.
    let counter: Counter

    init() throws { counter = try Counter() }

    /// Attaches, triggers, looks; detaches, triggers again, looks again.
    ///
    /// - Parameters:
    ///   - attach: attaches a program made with ``counter``.
    ///   - trigger: does what the hook watches.
    ///   - expected: how often the program runs then; `nil` if others may make it run, too.
    /// - Returns: what was seen.
    func callAsFunction(
        attach: () throws -> Link, trigger: () throws -> Void, runs expected: UInt64? = nil
    ) throws -> String {
        let before = try counter.count
        let link = try attach()
        try trigger()
        let seen = try runs(since: before)
        if let expected, try counter.count - before != expected {
            throw HookTrial.Failure("\(seen) instead of \(expected)")
        }
        try link.detach()
        try stays(trigger: trigger)
        return seen
    }

    /// Waits, at most two seconds, until the program ran: packets take their time.
    func runs(since before: UInt64) throws -> String {
        for _ in 0..<2000 {
            let runs = try counter.count - before
            guard runs == 0 else { return runs == 1 ? "1 run" : "\(runs) runs" }
            usleep(1000)
        }
        throw HookTrial.Failure("attached, but did not run")
    }

    /// The program does not run any more, whatever is done.
    func stays(trigger: () throws -> Void) throws {
        let after = try counter.count
        try trigger()
        usleep(10_000)
        guard try counter.count == after else { throw HookTrial.Failure("runs though detached") }
    }
}
