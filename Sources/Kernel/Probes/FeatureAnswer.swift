import EBPFBytecode

/// Whether the kernel has something.
public enum FeatureAnswer: Hashable, Sendable {
    /// It was tried, and the kernel took it.
    case yes
    /// It was tried, and the kernel does not know it.
    case no
    /// It could not be found out, and why.
    case unknown(String)

    /// The word for it: `yes`, `no` or `unknown`.
    public var word: String {
        switch self {
        case .yes: "yes"
        case .no: "no"
        case .unknown: "unknown"
        }
    }

    /// Why it could not be found out.
    public var reason: String? {
        if case .unknown(let reason) = self { reason } else { nil }
    }
}

extension FeatureAnswer {
    /// What an error says: some mean that the kernel does not know it, others that this process may
    /// not do it, or that something else went wrong.
    init(refusedWith errno: KernelErrno, _ undertaking: Undertaking, on system: SystemCalls) {
        switch errno {
        case .invalidArgument, .notSupported, .operationNotSupported, .tooBig: self = .no
        default:
            let failure = KernelError("", errno, diagnosing: undertaking, on: system)
            let detail = failure.reason ?? errno.meaning
            self = .unknown(detail.map { "\(errno.name): \($0)" } ?? errno.name)
        }
    }

    /// What an attempt says whose error, if the kernel knows the thing, is one of those given.
    init(
        attempting undertaking: Undertaking = .anything, on system: SystemCalls,
        expecting errors: [KernelErrno], _ attempt: () throws(KernelErrno) -> Void
    ) {
        do throws(KernelErrno) {
            try attempt()
            self = .yes
        } catch {
            self =
                errors.contains(error)
                ? .yes : FeatureAnswer(refusedWith: error, undertaking, on: system)
        }
    }

    /// The answer of whichever is sure, the better one first.
    static func either(_ first: FeatureAnswer, _ second: FeatureAnswer) -> FeatureAnswer {
        if first == .yes || second == .yes { return .yes }
        return first == .no ? second : first
    }
}
