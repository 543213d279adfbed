public import EBPFObjectFile

/// What a verifier found out about a program.
public struct Verification: Sendable {
    /// The program's name.
    public let program: String
    /// Whether it is safe.
    public let verdict: Verdict
    /// What the walk cost.
    public let statistics: Statistics
    /// What was proved of it, if it is safe and ``Verifier/Options/collectsFacts`` asks for that.
    public internal(set) var facts: Facts?

    /// The judgement.
    public enum Verdict: Sendable {
        /// It is safe to run.
        case accepted
        /// It is not, or could not be shown to be.
        case rejected(Rejection)
        /// It could not be judged; the text says what was missing, and what to do.
        case undecided(String)
    }

    /// What a walk through a program cost.
    public struct Statistics: Hashable, Sendable {
        /// How many instructions were looked at, on all paths.
        public var processed = 0
        /// How many states were kept to compare with.
        public var states = 0
        /// How many states were kept at once, at most.
        public var peakStates = 0
        /// What each instruction cost, by its slot; empty unless ``Verifier/Options/countsSlots``.
        public var slots: [SlotCost] = []
        /// How long the judgement took; reading the program and adapting it to the kernel's types
        /// is not counted, as loaders do that before the kernel's own clock starts.
        public var duration: Duration = .zero
    }

    /// What an instruction cost.
    public struct SlotCost: Hashable, Sendable {
        /// How often it was looked at.
        public var processed = 0
        /// How many states were kept there.
        public var states = 0
        /// How many paths ended there, because they brought nothing new.
        public var pruned = 0

        /// Nothing.
        public init() {}

        /// Adds what it cost otherwise.
        public static func += (left: inout Self, right: Self) {
            left.processed += right.processed
            left.states += right.states
            left.pruned += right.pruned
        }
    }
}
