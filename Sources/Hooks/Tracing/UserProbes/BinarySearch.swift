import EBPFBytecode
import EBPFKernel

/// Finds the file that a name such as `libc`, `bash` or `/usr/bin/env` means.
///
/// Names without a slash are looked for among what the traced process has mapped, then as a program
/// in `PATH`, then as a library in `LD_LIBRARY_PATH`, the loader's cache and the usual directories.
/// A path belongs to the traced process's own file system.
struct BinarySearch {
    let system: SystemCalls
    /// The traced process; `nil` for all.
    let process: Int32?

    private static let directories = [
        "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib", "/lib/x86_64-linux-gnu",
        "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
    ]

    /// The path of a program or library.
    ///
    /// - Throws: ``KernelError``; `ENOENT`, and `ESRCH` if the traced process is gone.
    func path(of name: String) throws(KernelError) -> String {
        try checkProcess(name)
        if name.contains("/") { return try existing(name) }
        let found = mapped(name) ?? program(name) ?? library(name)
        guard let found else {
            throw KernelError(
                "looking for \(name)", .noEntry,
                reason: "there is no such program in PATH, and no such library",
                remedy: suggestion(name) ?? "give its path: /usr/lib/…")
        }
        return found
    }

    private func checkProcess(_ name: String) throws(KernelError) {
        guard let process, process > 0, !system.exists("/proc/\(process)/root") else { return }
        guard !system.exists("/proc/\(process)") else { return }
        throw KernelError(
            "looking for \(name) in process \(process)", .noProcess,
            reason: "process \(process) is gone",
            remedy: "choose one that is running, or leave the process out to watch all")
    }

    private func existing(_ path: String) throws(KernelError) -> String {
        if path.hasPrefix("/"), let process, process > 0 {
            let seen = "/proc/\(process)/root\(path)"
            if system.exists(seen) { return seen }
        }
        guard system.exists(path) else {
            throw KernelError(
                "looking for \(path)", .noEntry, reason: "there is no such file",
                remedy: neighbour(of: path))
        }
        return path
    }

    private func neighbour(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        let directory = slash == path.startIndex ? "/" : String(path[..<slash])
        let name = String(path[path.index(after: slash)...])
        let names = (try? system.entries(ofDirectory: directory)) ?? []
        return Spelling.closest(to: name, among: names).map {
            "did you mean \(directory == "/" ? "" : directory)/\($0)?"
        }
    }

    // MARK: Names

    /// What a process has mapped is what it runs, whatever the cache says.
    private func mapped(_ name: String) -> String? {
        guard let process, process > 0, let text = try? system.text(of: "/proc/\(process)/maps")
        else { return nil }
        for line in text.split(separator: "\n") {
            guard let slash = line.firstIndex(of: "/") else { continue }
            let path = String(line[slash...])
            guard Self.isNamed(name, Self.lastPart(path)) else { continue }
            let seen = "/proc/\(process)/root\(path)"
            if system.exists(seen) { return seen }
        }
        return nil
    }

    private func program(_ name: String) -> String? {
        let path =
            environment("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return path.split(separator: ":").lazy.map { "\($0)/\(name)" }.first(where: system.exists)
    }

    private func library(_ name: String) -> String? {
        let own = environment("LD_LIBRARY_PATH")?.split(separator: ":").map(String.init) ?? []
        return inDirectories(name, own)
            ?? LoaderCache(system).libraries.first { Self.isNamed(name, $0.name) }?.path
            ?? inDirectories(name, Self.directories)
    }

    private func inDirectories(_ name: String, _ directories: [String]) -> String? {
        for directory in directories {
            let names = (try? system.entries(ofDirectory: directory)) ?? []
            if let found = names.first(where: { Self.isNamed(name, $0) }) {
                return "\(directory)/\(found)"
            }
        }
        return nil
    }

    private func suggestion(_ name: String) -> String? {
        let stems = LoaderCache(system).libraries.map { String($0.name.prefix { $0 != "." }) }
        let wanted = name.hasPrefix("lib") ? name : "lib" + name
        return Spelling.closest(to: wanted, among: stems).flatMap {
            $0 == wanted ? nil : "did you mean \($0)?"
        }
    }

    /// Whether a file's name is what was asked for: `libc.so.6` for `libc.so.6`, `libc` and `c`.
    static func isNamed(_ wanted: String, _ file: String) -> Bool {
        if file == wanted { return true }
        let isLibrary = { (stem: String) in file.hasPrefix(stem + ".so") }
        return isLibrary(wanted) || isLibrary("lib" + wanted)
    }

    private static func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A variable of this process's environment, as it was started with.
    private func environment(_ name: String) -> String? {
        let bytes = (try? system.contents(of: "/proc/self/environ")) ?? []
        let prefix = Array((name + "=").utf8)
        let line = bytes.split(separator: 0).first { $0.starts(with: prefix) }
        return line.map { String(decoding: $0.dropFirst(prefix.count), as: UTF8.self) }
    }
}

/// What the dynamic loader knows (`/etc/ld.so.cache`, written by ldconfig(8)).
struct LoaderCache {
    /// A library by the name that programs ask for.
    struct Library {
        let name: String
        let path: String
    }

    /// The libraries for this processor.
    let libraries: [Library]

    private static let magic = Array("glibc-ld.so.cache1.1".utf8)

    init(_ system: SystemCalls) {
        libraries = Self.parse((try? system.contents(of: "/etc/ld.so.cache")) ?? [])
    }

    /// An older table may come first; the one that counts begins with its own magic words.
    static func parse(_ bytes: [UInt8]) -> [Library] {
        guard let start = bytes.firstIndex(of: magic) else { return [] }
        let table = ByteFields(Array(bytes[start...]))
        guard let count = table.number(at: 20, UInt32.self) else { return [] }
        let (header, size) = (48, 24)
        guard Int(count) <= (table.bytes.count - header) / size else { return [] }
        return (0..<Int(count)).compactMap { index in
            let entry = header + index * size
            guard let flags = table.number(at: entry, UInt32.self), flags & 0xff00 == processor,
                let name = table.number(at: entry + 4, UInt32.self),
                let path = table.number(at: entry + 8, UInt32.self)
            else { return nil }
            return Library(name: table.string(at: Int(name)), path: table.string(at: Int(path)))
        }
    }

    /// `FLAG_X8664_LIB64`, `FLAG_AARCH64_LIB64`.
    private static var processor: UInt32 {
        #if arch(arm64)
        0x0a00
        #else
        0x0300
        #endif
    }
}

extension [UInt8] {
    /// Where some bytes begin in these.
    func firstIndex(of pattern: [UInt8]) -> Int? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        for start in 0...(count - pattern.count) where self[start] == first {
            if self[start..<(start + pattern.count)].elementsEqual(pattern) { return start }
        }
        return nil
    }
}
