import EBPFBytecode
public import EBPFKernel

/// A control group (cgroup v2): processes whose sockets, devices and settings programs can watch and
/// decide about.
///
/// ```swift
/// let group = try ControlGroup(at: "/sys/fs/cgroup/system.slice")
/// let link = try program.attach(to: group)
/// ```
public final class ControlGroup: Sendable {
    /// The group's directory.
    public let path: String
    /// The kernel's number of the group (`bpf_get_current_cgroup_id`).
    public let id: UInt64
    /// The directory's descriptor, closed with this object.
    public let descriptor: Descriptor

    /// Opens the group with a directory.
    ///
    /// - Throws: ``KernelError``: `ENOENT` with the closest name if there is no such directory,
    ///   `ENOTDIR` for a file, `EINVAL` if it is no group, or one of cgroup v1.
    public init(at path: String, system: SystemCalls = .linux) throws(KernelError) {
        let action = "opening control group \(path)"
        do throws(KernelErrno) {
            descriptor = try system.open(path, .directory)
        } catch {
            throw Self.failure(action, error, path, system)
        }
        let kind: UInt64
        do throws(KernelErrno) {
            kind = try system.fileSystemKind(of: path)
            id = try system.inode(of: descriptor)
        } catch {
            throw KernelError(action, error)
        }
        try Self.check(kind, action, system)
        let isTrailed = path.count > 1 && path.hasSuffix("/")
        self.path = isTrailed ? String(path.dropLast()) : path
    }

    private static func failure(
        _ action: String, _ errno: KernelErrno, _ path: String, _ system: SystemCalls
    ) -> KernelError {
        let notDirectory = KernelErrno(rawValue: 20)
        switch errno {
        case .noEntry:
            let parts = path.split(separator: "/")
            let parent = "/" + parts.dropLast().joined(separator: "/")
            let siblings = (try? system.entries(ofDirectory: parent)) ?? []
            let closest = Spelling.closest(to: String(parts.last ?? ""), among: siblings)
            return KernelError(
                action, errno, reason: "there is no such directory",
                remedy: closest.map { "did you mean \(parent)/\($0)?" }
                    ?? "`ebpf cgroup tree` shows the groups that programs are attached to")
        case notDirectory:
            return KernelError(
                action, errno, reason: "it is a file", remedy: "name the directory of a group")
        default:
            return KernelError(action, errno, diagnosing: .anything, on: system)
        }
    }

    /// Refuses directories that are no groups of the unified hierarchy.
    private static func check(
        _ kind: UInt64, _ action: String, _ system: SystemCalls
    ) throws(KernelError) {
        let (version1, version2): (UInt64, UInt64) = (0x27_e0eb, 0x6367_7270)
        guard kind != version2 else { return }
        throw KernelError(
            action, .invalidArgument,
            reason: kind == version1
                ? "it is a group of cgroup v1, which runs no programs"
                : "it is not a control group",
            remedy: (try? root(system: system)).map { "groups of cgroup v2 are below \($0)" }
                ?? "mount cgroup v2: mount -t cgroup2 none DIRECTORY")
    }
}

extension ControlGroup: CustomStringConvertible {
    /// The group as messages name it.
    public var description: String { path }
}

extension ControlGroup {
    /// Where cgroup v2 is mounted; above all groups.
    ///
    /// - Throws: ``KernelError``; `ENOENT` if it is not.
    public static func root(system: SystemCalls = .linux) throws(KernelError) -> String {
        let action = "looking for control groups"
        let mounts = try attempting(action, on: system) { () throws(KernelErrno) in
            try system.mounts()
        }
        guard let mount = mounts.first(where: { $0.kind == "cgroup2" }) else {
            throw KernelError(
                action, .noEntry, reason: "cgroup v2 is not mounted",
                remedy: "mount it: mount -t cgroup2 none DIRECTORY")
        }
        return mount.path
    }

    /// A directory and all groups below it, those above before those below, by name.
    ///
    /// Groups that go meanwhile, or that may not be opened, are left out.
    ///
    /// - Throws: ``KernelError`` if the directory is no group.
    public static func tree(
        below path: String, system: SystemCalls = .linux
    ) throws(KernelError) -> [ControlGroup] {
        var found: [ControlGroup] = []
        var waiting = [try ControlGroup(at: path, system: system).path]
        while let path = waiting.popLast() {
            guard let group = try? ControlGroup(at: path, system: system) else { continue }
            found.append(group)
            let names = (try? system.entries(ofDirectory: path)) ?? []
            let children = names.sorted(by: >).map { path == "/" ? "/\($0)" : "\(path)/\($0)" }
            waiting += children.filter { (try? system.open($0, .directory)) != nil }
        }
        return found
    }

    /// The group that this one belongs to; `nil` for the root.
    var parent: ControlGroup? {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return nil }
        return try? ControlGroup(at: String(path[..<slash]), system: descriptor.system)
    }

    var system: SystemCalls { descriptor.system }
    var number: UInt32 { UInt32(bitPattern: descriptor.number) }
}
