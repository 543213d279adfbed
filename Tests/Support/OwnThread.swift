import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The thread that a test runs on: what programs filter on, as other tests run in the same process.
public enum OwnThread {
    /// Its number (gettid(2)).
    public static var id: UInt32 {
        get throws { UInt32(try SystemCalls.linux.call(.getThreadID)) }
    }

    /// One harmless system call that few others make (getpgid(2)).
    public static func askForGroup() { _ = getpgid(0) }
}
