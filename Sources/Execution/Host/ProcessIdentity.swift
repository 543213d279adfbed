#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Who programs see as the current task.
public struct ProcessIdentity: Hashable, Sendable {
    /// The process (`tgid`) and the thread in it (`pid`).
    public var process, thread: UInt32
    /// The user and the group.
    public var user, group: UInt32
    /// The command, at most 15 bytes.
    public var command: String
    /// The cgroup's id.
    public var cgroup: UInt64

    /// An identity from its parts.
    public init(
        process: UInt32, thread: UInt32? = nil, user: UInt32 = 0, group: UInt32 = 0,
        command: String, cgroup: UInt64 = 1
    ) {
        self.process = process
        self.thread = thread ?? process
        self.user = user
        self.group = group
        self.command = command
        self.cgroup = cgroup
    }

    /// The process that this code runs in.
    public static var current: ProcessIdentity {
        ProcessIdentity(
            process: UInt32(bitPattern: getpid()), user: getuid(), group: getgid(),
            command: CommandLine.arguments.first.map(lastComponent) ?? "swift-ebpf")
    }

    private static func lastComponent(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// Lets another thread run.
func yieldProcessor() { sched_yield() }
