/// What a walk through a program cost Linux's verifier, by the statistics at the end of its log
/// (`BPF_LOG_STATS`).
///
/// ```
/// verification time 62 usec
/// stack depth 8
/// processed 42 insns (limit 1000000) max_states_per_insn 0 total_states 3 peak_states 3 mark_read 1
/// ```
public struct VerifierCost: Hashable, Sendable {
    /// How many instructions it looked at, on all paths.
    public var processed: Int
    /// How many states it kept to compare with.
    public var states: Int
    /// How many of them at once, at most.
    public var peakStates: Int
    /// How long it took, in microseconds; `nil` if the log does not say.
    public var microseconds: Int?

    /// The statistics of a log; `nil` if there are none.
    public init?(log: String) {
        var words: [Substring] = []
        var time: Int?
        for line in log.split(separator: "\n") {
            if line.hasPrefix("processed ") { words = line.split(separator: " ") }
            if line.hasPrefix("verification time ") {
                time = Int(line.dropFirst("verification time ".count).prefix { $0.isNumber })
            }
        }
        func number(after name: String) -> Int? {
            words.firstIndex(of: name[...]).flatMap { index in
                words.indices.contains(index + 1) ? Int(words[index + 1]) : nil
            }
        }
        guard let processed = number(after: "processed") else { return nil }
        self.processed = processed
        states = number(after: "total_states") ?? 0
        peakStates = number(after: "peak_states") ?? 0
        microseconds = time
    }
}
