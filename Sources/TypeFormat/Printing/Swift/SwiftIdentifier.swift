/// Names of C in the manner of Swift: `old_pid` becomes `oldPid`, `sched_switch` `SchedSwitch`.
public enum SwiftIdentifier {
    /// The name of a type.
    public static func type(_ name: String) -> String {
        let words = words(of: name).map(capitalised).joined()
        return words.first?.isNumber ?? true ? "_" + words : words
    }

    /// The name of a member; words that Swift keeps for itself are in backticks.
    ///
    /// - Parameter taken: names that have a meaning already; an underscore follows them.
    public static func member(_ name: String, taken: Set<String> = []) -> String {
        let words = words(of: name)
        let joined = words.prefix(1).joined() + words.dropFirst().map(capitalised).joined()
        // What begins in capitals is so in the kernel for a reason.
        let plain = joined.first?.isNumber ?? true ? "_" + joined : joined
        return SwiftNames.member(taken.contains(plain) ? plain + "_" : plain)
    }

    private static func words(of name: String) -> [Substring] {
        name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }

    private static func capitalised(_ word: Substring) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
