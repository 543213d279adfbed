/// What to do about some of the compiler's own refusals, which say what is wrong only.
enum EmbeddedRemedies {
    /// A note for each kind of refusal.
    ///
    /// - Parameter members: what types of the module have.
    static func notes(_ diagnostics: [CompilerDiagnostic], _ members: KnownMembers) -> String {
        let errors = diagnostics.filter { $0.severity >= .error }
        var remedies: [String] = []
        for error in errors {
            let entry = table.first { error.message.firstRange(of: $0.fragment) != nil }
            let remedy = entry?.remedy ?? members.note(error.message)
            if let remedy, !remedies.contains(remedy) { remedies.append(remedy) }
        }
        return remedies.map { "note: \($0)\n" }.joined()
    }

    private static let table: [(fragment: String, remedy: String)] = [
        (
            "cannot use a value of protocol type 'any Error'",
            "say which error is thrown, throws(MyError), and catch it in the program"
        ),
        (
            "cannot use a value of protocol type",
            "a kernel program cannot hold a value whose type is known only when it runs: use "
                + "generics (some P), or an enum of the possible types"
        ),
        ("cannot use metatype", "a kernel program has no types at run time: use generics"),
        ("cannot use key path", "a kernel program has no key paths: use a closure"),
        ("no such module", "a kernel program can import EBPFProgram and modules made for it only"),
        ("is unavailable: unavailable in embedded Swift", "a kernel program uses Embedded Swift"),
        (
            "for-in loop requires 'InlineArray",
            "an InlineArray is gone through by its indices: for index in array.indices"
        ),
        (
            "cannot be consumed when captured by an escaping closure",
            "submit() and discard() are the end of a record: they cannot stand in a closure or defer; "
                + "a record that nobody submits is discarded"
        ),
        (
            "' must be unwrapped to a value of type '",
            "there may be no such entry: guard let count = counts[key], or counts[key, default: 0] "
                + "+= 1, which puts one there"
        ),
        (
            "does not conform to protocol 'BitwiseCopyable'",
            "keys, values and events are plain memory: numbers, InlineArray, FixedString, and "
                + "structs of them"
        ),
        (
            "is not concurrency-safe because it is nonisolated global shared mutable state",
            "programs run on all CPUs at once: use a map, or Global for a variable that "
                + "applications see, too"
        ),
    ]
}
