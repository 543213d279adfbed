extension KernelFunction {
    /// One of the three functions of an iterator; its state is a structure on the stack that is
    /// the first argument of each.
    public struct Iterator: Hashable, Sendable {
        /// The structure of the kernel that holds the state: "bpf_iter_num".
        public let structure: String
        /// Which of the three it is.
        public let step: Step

        /// The three functions of an iterator.
        public enum Step: Hashable, Sendable {
            /// Starts on uninitialised stack; must be ended even if it fails.
            case new
            /// The next element, or null at the end.
            case next
            /// Ends, and leaves the stack uninitialised.
            case destroy
        }
    }

    /// What it is of an iterator; `nil` if it belongs to none.
    public var iterator: Iterator? {
        let steps: [(flag: Flags, step: Iterator.Step, suffix: String)] = [
            (.iteratorNew, .new, "_new"), (.iteratorNext, .next, "_next"),
            (.iteratorDestroy, .destroy, "_destroy"),
        ]
        guard let row = steps.first(where: { flags.contains($0.flag) }), name.hasSuffix(row.suffix)
        else { return nil }
        return Iterator(structure: String(name.dropLast(row.suffix.count)), step: row.step)
    }
}
