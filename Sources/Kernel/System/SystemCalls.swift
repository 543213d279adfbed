import CLinux
public import EBPFBytecode

/// The one door between this package and the operating system.
///
/// Everything that the kernel host does is a system call made here, by number. A test puts a
/// substitute in its place to answer as a kernel would that is not at hand: an old one, a locked
/// one, one that runs out of memory at the worst moment.
public struct SystemCalls: Sendable {
    /// Answers a call: its result, or the error number negated.
    public typealias Substitute =
        @Sendable (_ call: SystemCall, _ arguments: SystemCallArguments) -> Int

    private let substitute: Substitute?

    /// The kernel that this process runs on.
    public static let linux = SystemCalls(substitute: nil)

    /// A kernel that exists only in a test.
    public init(answeredBy substitute: @escaping Substitute) {
        self.init(substitute: substitute)
    }

    private init(substitute: Substitute?) { self.substitute = substitute }

    /// Whether a test answers instead of Linux.
    public var isSubstitute: Bool { substitute != nil }

    /// Makes a call once; pointers go as addresses.
    ///
    /// - Throws: the kernel's error number, `EINTR` included.
    @inline(__always)
    public func callOnce(
        _ call: SystemCall, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0,
        _ f: Int = 0
    ) throws(KernelErrno) -> Int {
        let result =
            if let substitute {
                substitute(call, SystemCallArguments(a: a, b: b, c: c, d: d, e: e, f: f))
            } else {
                clinux_syscall(call.number, a, b, c, d, e, f)
            }
        guard result >= 0 || result < -4095 else { throw KernelErrno(rawValue: Int32(-result)) }
        return result
    }

    /// Makes a call, again whenever a signal interrupted it.
    ///
    /// - Throws: the kernel's error number.
    @inline(__always)
    @discardableResult
    public func call(
        _ call: SystemCall, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0,
        _ f: Int = 0
    ) throws(KernelErrno) -> Int {
        while true {
            do throws(KernelErrno) {
                return try callOnce(call, a, b, c, d, e, f)
            } catch {
                guard error == .interrupted else { throw error }
            }
        }
    }
}

/// The six words that a system call takes.
public struct SystemCallArguments: Hashable, Sendable {
    /// The first word, and so on.
    public var a, b, c, d, e, f: Int
}
