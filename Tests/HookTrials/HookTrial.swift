/// One hook's proof on the running kernel: attach, trigger, see the effect, detach, see it gone.
public struct HookTrial: Sendable {
    /// The hook's name, as the table in `Documentation/Hooks.md` shows it.
    public let hook: String
    /// The whole trial. It returns what was seen; a `Skip` says why it cannot run here, and every
    /// other error is its failure.
    let run: @Sendable (_ helper: String) throws -> String

    /// Why a trial cannot run on this kernel: something is missing, as a probe found.
    struct Skip: Error {
        /// The reason, in words for a table's cell.
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// The effect of a program was not as it should be.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    /// What became of a trial.
    public struct Outcome: Sendable, Equatable {
        /// The three words of the table.
        public enum Kind: String, Sendable {
            case works, skipped, failed
        }

        /// The hook that was tried.
        public let hook: String
        /// What became of it.
        public let kind: Kind
        /// What was seen, why it was skipped, or what went wrong.
        public let detail: String
    }

    /// Runs the trial in a thread of its own, which is bounded in time, and waits for its end.
    ///
    /// - Parameter helper: a program that calls ``Activity/run(in:)`` when told `act GROUP`.
    public func outcome(helper: String) -> Outcome {
        let run = run
        do {
            let detail = try TrialThread.run { try run(helper) }
            return Outcome(hook: hook, kind: .works, detail: detail)
        } catch let skip as Skip {
            return Outcome(hook: hook, kind: .skipped, detail: skip.reason)
        } catch {
            return Outcome(hook: hook, kind: .failed, detail: String(describing: error))
        }
    }
}
