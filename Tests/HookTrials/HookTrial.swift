/// One hook's proof on the running kernel: attach, trigger, see the effect, detach, see it gone.
public struct HookTrial: Sendable {
    /// The hook's name, as the table in `Documentation/Hooks.md` shows it.
    public let hook: String
    /// The whole trial. It returns what was seen; a `Skip` says why it cannot run here, and every
    /// other error is its failure.
    let run: @Sendable () throws -> String

    /// Why a trial cannot run on this kernel: something is missing, as a probe found.
    struct Skip: Error {
        /// The reason, in words for a table's cell.
        let reason: String
    }

    /// The effect of a program was not as it should be.
    struct Failure: Error, CustomStringConvertible {
        let description: String
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

    /// Runs the trial, which is bounded in time, here and now.
    public func outcome() -> Outcome {
        do {
            return Outcome(hook: hook, kind: .works, detail: try run())
        } catch let skip as Skip {
            return Outcome(hook: hook, kind: .skipped, detail: skip.reason)
        } catch {
            return Outcome(hook: hook, kind: .failed, detail: String(describing: error))
        }
    }
}
