/// An error number of Linux (`errno(3)`), the same on every host that this package runs on.
///
/// Map operations and helpers in user space fail with the numbers that the kernel uses.
public struct KernelErrno: Error, RawRepresentable, Hashable, Sendable {
    /// The positive number, as in `asm-generic/errno.h`.
    public let rawValue: Int32

    /// The error with a positive number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// What a helper leaves in r0: the negated number.
    public var helperResult: UInt64 { UInt64(bitPattern: -Int64(rawValue)) }
}

extension KernelErrno {
    /// Operation not permitted (`EPERM`).
    public static let notPermitted = KernelErrno(rawValue: 1)
    /// There is no such entry (`ENOENT`).
    public static let noEntry = KernelErrno(rawValue: 2)
    /// There is no such process (`ESRCH`).
    public static let noProcess = KernelErrno(rawValue: 3)
    /// A signal interrupted the call (`EINTR`).
    public static let interrupted = KernelErrno(rawValue: 4)
    /// Input or output failed (`EIO`).
    public static let inputOutput = KernelErrno(rawValue: 5)
    /// There is no such device or address (`ENXIO`).
    public static let noAddress = KernelErrno(rawValue: 6)
    /// The argument is too large, or the map is full (`E2BIG`).
    public static let tooBig = KernelErrno(rawValue: 7)
    /// Not an open file descriptor (`EBADF`).
    public static let badDescriptor = KernelErrno(rawValue: 9)
    /// Try again later (`EAGAIN`).
    public static let tryAgain = KernelErrno(rawValue: 11)
    /// There is not enough memory (`ENOMEM`).
    public static let noMemory = KernelErrno(rawValue: 12)
    /// Permission denied (`EACCES`).
    public static let accessDenied = KernelErrno(rawValue: 13)
    /// Not an address that can be used (`EFAULT`).
    public static let badAddress = KernelErrno(rawValue: 14)
    /// The resource is in use (`EBUSY`).
    public static let busy = KernelErrno(rawValue: 16)
    /// The entry exists already (`EEXIST`).
    public static let exists = KernelErrno(rawValue: 17)
    /// There is no such device (`ENODEV`).
    public static let noDevice = KernelErrno(rawValue: 19)
    /// An argument makes no sense (`EINVAL`).
    public static let invalidArgument = KernelErrno(rawValue: 22)
    /// There is no space left (`ENOSPC`).
    public static let noSpace = KernelErrno(rawValue: 28)
    /// The argument is outside of the function’s domain (`EDOM`).
    public static let outOfDomain = KernelErrno(rawValue: 33)
    /// The result is out of range (`ERANGE`).
    public static let outOfRange = KernelErrno(rawValue: 34)
    /// It would wait for itself (`EDEADLK`).
    public static let deadlock = KernelErrno(rawValue: 35)
    /// The name is too long (`ENAMETOOLONG`).
    public static let nameTooLong = KernelErrno(rawValue: 36)
    /// The kernel has no such call (`ENOSYS`).
    public static let noSuchCall = KernelErrno(rawValue: 38)
    /// There is no message of this kind (`ENOMSG`).
    public static let noMessage = KernelErrno(rawValue: 42)
    /// There is no data (`ENODATA`).
    public static let noData = KernelErrno(rawValue: 61)
    /// The value is too large for its type (`EOVERFLOW`).
    public static let overflow = KernelErrno(rawValue: 75)
    /// The message is too long (`EMSGSIZE`).
    public static let messageSize = KernelErrno(rawValue: 90)
    /// The protocol is not supported (`EPROTONOSUPPORT`).
    public static let protocolNotSupported = KernelErrno(rawValue: 93)
    /// The operation is not supported (`EOPNOTSUPP`).
    public static let operationNotSupported = KernelErrno(rawValue: 95)
    /// There is no buffer space left (`ENOBUFS`).
    public static let noBuffers = KernelErrno(rawValue: 105)
    /// Not supported; a number that only the kernel’s inside has (`ENOTSUPP`).
    public static let notSupported = KernelErrno(rawValue: 524)
}
