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
    public static let notPermitted = KernelErrno(rawValue: 1)  // EPERM
    public static let noEntry = KernelErrno(rawValue: 2)  // ENOENT
    public static let noProcess = KernelErrno(rawValue: 3)  // ESRCH
    public static let interrupted = KernelErrno(rawValue: 4)  // EINTR
    public static let inputOutput = KernelErrno(rawValue: 5)  // EIO
    public static let noAddress = KernelErrno(rawValue: 6)  // ENXIO
    public static let tooBig = KernelErrno(rawValue: 7)  // E2BIG
    public static let badDescriptor = KernelErrno(rawValue: 9)  // EBADF
    public static let tryAgain = KernelErrno(rawValue: 11)  // EAGAIN
    public static let noMemory = KernelErrno(rawValue: 12)  // ENOMEM
    public static let accessDenied = KernelErrno(rawValue: 13)  // EACCES
    public static let badAddress = KernelErrno(rawValue: 14)  // EFAULT
    public static let busy = KernelErrno(rawValue: 16)  // EBUSY
    public static let exists = KernelErrno(rawValue: 17)  // EEXIST
    public static let noDevice = KernelErrno(rawValue: 19)  // ENODEV
    public static let invalidArgument = KernelErrno(rawValue: 22)  // EINVAL
    public static let noSpace = KernelErrno(rawValue: 28)  // ENOSPC
    public static let outOfDomain = KernelErrno(rawValue: 33)  // EDOM
    public static let outOfRange = KernelErrno(rawValue: 34)  // ERANGE
    public static let deadlock = KernelErrno(rawValue: 35)  // EDEADLK
    public static let nameTooLong = KernelErrno(rawValue: 36)  // ENAMETOOLONG
    public static let noSuchCall = KernelErrno(rawValue: 38)  // ENOSYS
    public static let noMessage = KernelErrno(rawValue: 42)  // ENOMSG
    public static let noData = KernelErrno(rawValue: 61)  // ENODATA
    public static let overflow = KernelErrno(rawValue: 75)  // EOVERFLOW
    public static let messageSize = KernelErrno(rawValue: 90)  // EMSGSIZE
    public static let protocolNotSupported = KernelErrno(rawValue: 93)  // EPROTONOSUPPORT
    public static let operationNotSupported = KernelErrno(rawValue: 95)  // EOPNOTSUPP
    public static let noBuffers = KernelErrno(rawValue: 105)  // ENOBUFS
    public static let notSupported = KernelErrno(rawValue: 524)  // ENOTSUPP, inside the kernel
}
