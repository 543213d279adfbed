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

    /// An attempt and its outcome.
    public init(
        _ action: String, _ errno: KernelErrno, reason: String? = nil, remedy: String? = nil
    ) {
        self.action = action
        self.errno = errno
        self.reason = reason
        self.remedy = remedy
    }
}

extension KernelError: CustomStringConvertible {
    /// One line: the attempt, the error, the reason and the way out.
    public var description: String {
        var text = "\(action): \(errno.name)"
        if let reason { text += ": \(reason)" }
        if let remedy { text += "; \(remedy)" }
        return text
    }
}

/// Runs a system call and says what it was for if it fails.
public func attempting<Result: ~Copyable>(
    _ action: @autoclosure () -> String, _ body: () throws(KernelErrno) -> Result
) throws(KernelError) -> Result {
    do throws(KernelErrno) {
        return try body()
    } catch {
        throw KernelError(action(), error)
    }
}
