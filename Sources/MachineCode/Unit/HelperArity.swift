import EBPFBytecode

/// How many arguments helpers take, so that calls pass no more.
enum HelperArity {
    private static let counts: [UInt8] =
        [5]
        + Helper.all.map {
            $0.effects.contains(.isVariadic) ? 5 : UInt8(min($0.parameters.count, 5))
        }

    /// The number of arguments of a helper; five of one that is not known.
    static func count(ofHelper number: Int32) -> Int {
        counts.indices.contains(Int(number)) ? Int(counts[Int(number)]) : 5
    }
}
