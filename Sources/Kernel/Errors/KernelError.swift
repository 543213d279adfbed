public import EBPFBytecode

/// Something that the kernel refused: what was tried, what it said, and what to do about it.
///
/// A program that the verifier refuses is a ``LoadFailure/rejected(_:)`` instead, with the reasons.
public struct KernelError: Error, Hashable, Sendable {
    /// What was tried and on what, for example "creating map flows".
    public var action: String
    /// The kernel's answer.
    public var errno: KernelErrno
    /// What stands in the way, as far as it could be found out.
    public var reason: String?
    /// What the user can do.
    public var remedy: String?
    /// What was found to stand in the way; empty if ``reason`` comes from elsewhere.
    public var obstacles: [Obstacle] = []

    /// An attempt and its outcome.
    public init(
        _ action: String, _ errno: KernelErrno, reason: String? = nil, remedy: String? = nil
    ) {
        self.action = action
        self.errno = errno
        self.reason = reason
        self.remedy = remedy
    }

    /// An attempt that failed, with what this process finds out about the reasons.
    ///
    /// - Parameters:
    ///   - undertaking: what decides which rights the kernel asks for.
    ///   - system: the kernel that refused.
    public init(
        _ action: String, _ errno: KernelErrno, diagnosing undertaking: Undertaking,
        on system: SystemCalls = .linux
    ) {
        self.init(action, errno)
        obstacles = Diagnosis.obstacles(undertaking, errno, system)
        guard !obstacles.isEmpty else { return }
        reason = obstacles.map(\.description).joined(separator: "; ")
        remedy = obstacles[0].remedy
    }
}

extension KernelError: CustomStringConvertible {
    /// One line: the attempt, the error, the reason and the way out.
    public var description: String {
        var text = "\(action): \(errno.name)"
        if let detail = reason ?? errno.meaning { text += ": \(detail)" }
        if let remedy { text += "; \(remedy)" }
        return text
    }
}

/// Runs a system call and says what it was for if it fails, and what stands in the way.
///
/// - Parameters:
///   - action: what is tried and on what; "creating map flows".
///   - undertaking: what decides which rights the kernel asks for.
///   - system: the kernel that is asked.
public func attempting<Result: ~Copyable>(
    _ action: @autoclosure () -> String, _ undertaking: Undertaking = .anything,
    on system: SystemCalls = .linux, _ body: () throws(KernelErrno) -> Result
) throws(KernelError) -> Result {
    do throws(KernelErrno) {
        return try body()
    } catch {
        throw KernelError(action(), error, diagnosing: undertaking, on: system)
    }
}
