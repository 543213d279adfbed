import EBPFBytecode
public import EBPFKernel

/// The file system that describes the kernel's tracepoints (`tracefs`).
///
/// It is used where it is mounted already. Where it is not, this process makes a mount of its own
/// that appears in no directory (fsmount(2)) and is gone with this object: the machine's mounts stay
/// as they are.
public final class Tracefs: Sendable {
    /// Its root directory, as a path of this process.
    public let root: String
    let system: SystemCalls
    /// The private mount, if there is one.
    private let mount: Descriptor?

    /// Finds the file system.
    ///
    /// - Throws: ``KernelError`` if it is not mounted and this process may not mount it.
    public init(_ system: SystemCalls = .linux) throws(KernelError) {
        self.system = system
        if let mounted = Self.mountPoint(system) {
            root = mounted
            mount = nil
            return
        }
        let own = try Self.mountPrivately(system)
        root = "/proc/self/fd/\(own.number)"
        mount = consume own
    }

    /// Where it is mounted, from `/proc/mounts`; also below debugfs, as it was before Linux 4.1.
    static func mountPoint(_ system: SystemCalls) -> String? {
        for mount in (try? system.mounts()) ?? [] {
            if mount.kind == "tracefs" { return mount.path }
            if mount.kind == "debugfs", system.exists(mount.path + "/tracing/events") {
                return mount.path + "/tracing"
            }
        }
        return nil
    }

    private static func mountPrivately(_ system: SystemCalls) throws(KernelError) -> Descriptor {
        let (closeOnExec, create) = (1, 6)
        do throws(KernelErrno) {
            var memory = CallMemory()
            let type = memory.string("tracefs")
            let context = Descriptor(
                owning: try system.call(.fileSystemOpen, Int(type), closeOnExec), system: system)
            memory.keep()
            try system.call(.fileSystemConfigure, Int(context.number), create)
            let mount = try system.call(.fileSystemMount, Int(context.number), closeOnExec)
            return Descriptor(owning: mount, system: system)
        } catch {
            throw KernelError(
                "looking for tracefs", error, reason: "it is not mounted",
                remedy: "mount it: mount -t tracefs tracefs /sys/kernel/tracing")
        }
    }

    /// Adds a line to a file.
    ///
    /// - Throws: the kernel's error number.
    func append(_ line: String, to file: String) throws(KernelErrno) {
        let file = try system.open("\(root)/\(file)", [.write, .append])
        try file.write(Array((line + "\n").utf8))
    }
}

// MARK: Tracepoints

extension Tracefs {
    /// The groups of tracepoints, sorted: "sched", "syscalls" …
    ///
    /// - Throws: ``KernelError``.
    public func groups() throws(KernelError) -> [String] { try directories(in: "events") }

    /// The tracepoints of a group, sorted.
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is no such group.
    public func tracepoints(in group: String) throws(KernelError) -> [String] {
        try directories(in: "events/" + group)
    }

    /// The number by which perf_event_open(2) knows a tracepoint.
    ///
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such tracepoint.
    public func id(ofTracepoint name: String, in group: String) throws(KernelError) -> UInt64 {
        let action = "looking for tracepoint \(group):\(name)"
        guard Self.isName(group), Self.isName(name) else {
            throw KernelError(
                action, .invalidArgument, reason: "that is not a tracepoint's name",
                remedy: "write GROUP:NAME, such as sched:sched_switch")
        }
        let text: String
        do throws(KernelErrno) {
            text = try system.text(of: "\(root)/events/\(group)/\(name)/id")
        } catch .noEntry {
            throw unknown(name, in: group, action)
        } catch {
            throw KernelError(action, error, reason: Self.reason(error), remedy: Self.remedy(error))
        }
        guard let id = UInt64(text) else {
            throw KernelError(action, .invalidArgument, reason: "its id is \"\(text)\"")
        }
        return id
    }

    private func unknown(_ name: String, in group: String, _ action: String) -> KernelError {
        guard let siblings = try? tracepoints(in: group), !siblings.isEmpty else {
            let closest = Spelling.closest(to: group, among: (try? groups()) ?? [])
            return KernelError(
                action, .noEntry, reason: "there is no group \(group)",
                remedy: closest.map { "did you mean \($0)?" })
        }
        let closest = Spelling.closest(to: name, among: siblings)
        return KernelError(
            action, .noEntry, reason: "group \(group) has no tracepoint \(name)",
            remedy: closest.map { "did you mean \(group):\($0)?" })
    }

    private func directories(in path: String) throws(KernelError) -> [String] {
        let entries = try attempting("listing \(path) of tracefs") { () throws(KernelErrno) in
            try system.entries(ofDirectory: "\(root)/\(path)")
        }
        return entries.filter { system.exists("\(root)/\(path)/\($0)/enable") }
    }

    /// Whether a word may stand in a path: no slash, no dots only.
    private static func isName(_ word: String) -> Bool {
        !word.isEmpty && word != "." && word != ".." && !word.contains("/")
    }

    private static func reason(_ error: KernelErrno) -> String? {
        error == .accessDenied || error == .notPermitted
            ? "this process may not read tracefs" : nil
    }

    private static func remedy(_ error: KernelErrno) -> String? {
        error == .accessDenied || error == .notPermitted
            ? "run as root, or give your group access: chgrp -R GROUP /sys/kernel/tracing" : nil
    }
}
