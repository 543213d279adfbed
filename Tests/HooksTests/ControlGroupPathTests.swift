import EBPFBytecode
import EBPFHooks
import EBPFKernel
import Testing

/// What a path is that is no control group, on kernels that exist only here.
@Suite struct ControlGroupPathTests {
    @Test(arguments: [
        (UInt64(0x27_e0eb), "EINVAL: it is a group of cgroup v1, which runs no programs; "),
        (UInt64(0x0102_1994), "EINVAL: it is not a control group; "),
    ])
    func `directories of other file systems are told apart`(_ kind: UInt64, _ reason: String) {
        let mounts = "tmpfs / tmpfs rw 0 0\ncgroup2 /sys/fs/my\\040groups cgroup2 rw 0 0\n"
        let error = Self.error(Self.kernel(kind: kind, mounts: mounts))
        #expect(
            error == "opening control group /g: " + reason
                + "groups of cgroup v2 are below /sys/fs/my groups")
    }

    @Test func `without cgroup v2 the way to it is said`() {
        let error = Self.error(Self.kernel(kind: 0x27_e0eb, mounts: ""))
        #expect(error.hasSuffix("mount cgroup v2: mount -t cgroup2 none DIRECTORY"))
    }

    @Test(arguments: [
        (Int32(2), "there is no such directory"), (20, "it is a file; name the directory"),
    ])
    func `paths that cannot be opened are explained`(_ errno: Int32, _ reason: String) {
        let system = SystemCalls { call, _ in call == .open ? -Int(errno) : 0 }
        #expect(Self.error(system).contains(reason))
    }

    private static func error(_ system: SystemCalls) -> String {
        do {
            _ = try ControlGroup(at: "/g", system: system)
            return "no error"
        } catch { return "\(error)" }
    }

    /// A kernel whose directories all are in one kind of file system.
    private static func kernel(kind: UInt64, mounts: String) -> SystemCalls {
        let served = Served()
        return SystemCalls { call, arguments in
            switch call {
            case .open: return 1000
            case .fileSystemStatus:
                // SAFETY: the second argument of statfs(2) is room for `struct statfs`.
                unsafe UnsafeMutableRawPointer(bitPattern: arguments.b)?
                    .storeBytes(of: kind, as: UInt64.self)
                return 0
            case .read:
                guard !served.isOver else { return 0 }
                served.isOver = true
                // SAFETY: the second argument of read(2) is room for at least a page.
                unsafe UnsafeMutableRawPointer(bitPattern: arguments.b)?
                    .copyMemory(from: mounts, byteCount: mounts.utf8.count)
                return mounts.utf8.count
            default: return 0
            }
        }
    }

    /// Whether the only file was read; used by one thread.
    private final class Served: @unchecked Sendable { var isOver = false }
}
