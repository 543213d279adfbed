extension Helper {
    /// What is known of a result that is a number.
    ///
    /// Observed on Linux 6.18, which knows nothing of any other number that a helper returns.
    public enum ResultRange: Hashable, Sendable {
        /// Nothing: all 64 bits are possible.
        case anything
        /// A processor's number: from 0, below the number of those that the kernel can have.
        case processor
        /// An error number from -4095, or a length that is at most the largest possible value of
        /// the argument with this index.
        case errorOrLength(upTo: Int)
    }

    /// What is known of the result, if it is a number.
    public var resultRange: ResultRange {
        switch id {
        case .getSmpProcessorId: .processor
        case .probeReadStr, .probeReadUserStr, .probeReadKernelStr: .errorOrLength(upTo: 1)
        case .getStack, .getTaskStack: .errorOrLength(upTo: 2)
        default: .anything
        }
    }
}
