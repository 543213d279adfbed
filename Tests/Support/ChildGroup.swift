import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A control group of a test's own with one process in it: a shell that does what it is told.
///
/// The shell has the network namespace of the thread that made the group. Both are gone with this
/// value.
public final class ChildGroup {
    /// The group's directory.
    public let path: String
    private let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Where the unified hierarchy of control groups is mounted; `nil` if it is not.
    public static var root: String? {
        let mounts = (try? SystemCalls.linux.text(of: "/proc/mounts")) ?? ""
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count > 2, words[2] == "cgroup2" { return String(words[1]) }
        }
        return nil
    }

    /// Makes a group below the root of the hierarchy and starts the shell in it.
    public init(_ name: String = "test") throws {
        guard let root = Self.root else { throw SetupFailure("cgroup v2 is not mounted") }
        let thread = try SystemCalls.linux.call(.getThreadID)
        let number = UInt32.random(in: 0...UInt32.max)
        let path = "\(root)/swift-ebpf-\(name)-\(thread)-\(number)"
        guard unsafe mkdir(path, 0o755) == 0 else { throw SetupFailure("mkdir \(path): \(errno)") }
        do {
            (process, input, output) = try Self.startShell()
        } catch {
            _ = unsafe rmdir(path)
            throw error
        }
        self.path = path
        try SystemCalls.linux.open(path + "/cgroup.procs", .write).write("\(process)".utf8)
    }

    deinit {
        close(input)
        close(output)
        kill(process, SIGKILL)
        var status: Int32 = 0
        _ = unsafe waitpid(process, &status, 0)
        _ = unsafe rmdir(path)
    }

    /// Lets the shell run a line and waits for its end, at most ten seconds.
    ///
    /// - Returns: what it printed, and its exit status as the last line.
    @discardableResult
    public func run(_ line: String) throws -> String {
        let mark = "--done--"
        let text = Array("\(line)\necho; echo $?; echo \(mark)\n".utf8)
        guard unsafe write(input, text, text.count) == text.count else {
            throw SetupFailure("the shell has ended")
        }
        var answer = ""
        while !answer.contains(mark) {
            var poll = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard Self.wait(&poll) > 0 else { throw SetupFailure("no end of: \(line)") }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = unsafe read(output, &bytes, bytes.count)
            guard count > 0 else { throw SetupFailure("the shell has ended in: \(line)") }
            answer += String(decoding: bytes.prefix(count), as: UTF8.self)
        }
        return String(
            answer.prefix(upTo: answer.firstRange(of: mark)?.lowerBound ?? answer.endIndex))
    }

    private static func wait(_ descriptor: inout pollfd) -> Int32 {
        unsafe poll(&descriptor, 1, 10_000)
    }

    private static func startShell() throws -> (pid_t, Int32, Int32) {
        let toShell = try makePipe()
        let fromShell = try makePipe()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, toShell[0], 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, fromShell[1], 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, fromShell[1], 2)
        var arguments = unsafe [
            strdup("/bin/bash"), strdup("--norc"), strdup("--noprofile"), nil,
        ]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var environment = unsafe [UnsafeMutablePointer<CChar>?.none]
        var process: pid_t = 0
        let status = unsafe posix_spawn(
            &process, "/bin/bash", &actions, nil, &arguments, &environment)
        close(toShell[0])
        close(fromShell[1])
        guard status == 0 else {
            close(toShell[1])
            close(fromShell[0])
            throw SetupFailure("starting /bin/bash: \(status)")
        }
        return (process, toShell[1], fromShell[0])
    }

    private static func makePipe() throws -> [Int32] {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw SetupFailure("pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return ends
    }
}
