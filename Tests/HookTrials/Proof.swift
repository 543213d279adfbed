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
        let seen: String
        if expected == nil {
            seen = try runs(since: before, triggering: trigger)
        } else {
            try trigger()
            seen = try runs(since: before)
        }
        if let expected, try counter.count - before != expected {
            throw HookTrial.Failure("\(seen) instead of \(expected)")
        }
        try link.detach()
        try stays(trigger: trigger)
        return seen
    }

    /// Triggers until the program runs, at most ten times.
    ///
    /// On a busy machine a packet may be dropped: one that finds a queue full, or an interface that
    /// is just coming up.
    func runs(since before: UInt64, triggering trigger: () throws -> Void) throws -> String {
        for _ in 0..<10 {
            try trigger()
            if let seen = try? runs(since: before, milliseconds: 200) { return seen }
        }
        throw HookTrial.Failure("attached, but did not run")
    }

    /// Waits until the program ran: packets take their time.
    func runs(since before: UInt64, milliseconds: Int = 2000) throws -> String {
        for _ in 0..<milliseconds {
            let runs = try counter.count - before
            guard runs == 0 else { return runs == 1 ? "1 run" : "\(runs) runs" }
            usleep(1000)
        }
        throw HookTrial.Failure("attached, but did not run")
    }

    /// The program does not run any more, whatever is done; what was still under way is waited for.
    func stays(trigger: () throws -> Void) throws {
        usleep(10_000)
        let after = try counter.count
        try trigger()
        usleep(10_000)
        guard try counter.count == after else { throw HookTrial.Failure("runs though detached") }
    }
}
