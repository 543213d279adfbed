import EBPFBytecode

/// What an update may do (`BPF_ANY`, `BPF_NOEXIST`, `BPF_EXIST`, `BPF_F_LOCK` in `linux/bpf.h`).
public struct UpdateFlags: OptionSet, Hashable, Sendable {
    /// The bits as bpf(2) and the helpers take them.
    public let rawValue: UInt64

    /// Flags from their bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Insert or replace (`BPF_ANY`).
    public static let any: UpdateFlags = []
    /// Only insert (`BPF_NOEXIST`).
    public static let noExist = UpdateFlags(rawValue: 1)
    /// Only replace (`BPF_EXIST`).
    public static let exist = UpdateFlags(rawValue: 2)
    /// Hold the value's own lock while copying (`BPF_F_LOCK`).
    public static let lock = UpdateFlags(rawValue: 4)

    /// EEXIST or ENOENT if a key's presence does not allow the update.
    func check(isPresent: Bool) throws(KernelErrno) {
        if isPresent, contains(.noExist) { throw .exists }
        if !isPresent, contains(.exist) { throw .noEntry }
    }

    /// The flags, or EINVAL when others than `allowed` are set or two that exclude each other.
    static func parse(
        _ bits: UInt64,
        allowingLock: Bool
    ) throws(KernelErrno) -> UpdateFlags {
        let presence = allowingLock ? bits & ~lock.rawValue : bits
        guard presence <= exist.rawValue else { throw .invalidArgument }
        return UpdateFlags(rawValue: bits)
    }
}
