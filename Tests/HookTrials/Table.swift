#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension HookTrial {
    /// Every trial, in the order of the table.
    public static let all: [HookTrial] =
        [kernelRelease] + tracepoints + events + kernelProbes + functions + userProbes + programs
        + interfaces + routes + networks + sockets + socketMaps + controlGroups
        + operations + loading

    /// No hook: which kernel all that follows was seen on.
    private static let kernelRelease = HookTrial(hook: "kernel") { _ in
        var name = utsname()
        guard unsafe uname(&name) == 0 else { throw Failure("uname: errno \(errno)") }
        return unsafe withUnsafeBytes(of: &name.release) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
