#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
#if canImport(System)
import System
#else
import SystemPackage
#endif

/// The few file operations that a compiler needs; all of them name the path when they fail.
enum FileSystem {
    /// Reads a whole file.
    static func read(_ path: String) throws(FileSystemError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter { try readAll(file) }
        } catch { throw FileSystemError(path, error) }
    }

    private static func readAll(_ file: FileDescriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                // SAFETY: `read` writes at most the buffer's length and says how much it wrote.
                count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
    }

    /// Writes a file under a temporary name beside its place, then moves it there: readers see the
    /// old content or the new, never a part.
    static func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
        let temporary = "\(path).\(uniqueSuffix()).tmp"
        do {
            try write(bytes, to: temporary)
            try rename(temporary, to: path)
        } catch {
            removeFile(temporary)
            throw FileSystemError(path: path, reason: error.reason)
        }
    }

    /// Writes a new file; an existing one is an error.
    static func write(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
        do {
            let file = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            _ = try file.closeAfter { try file.writeAll(bytes) }
        } catch { throw FileSystemError(path, error) }
    }

    static func rename(_ path: String, to destination: String) throws(FileSystemError) {
        #if canImport(Darwin)
        let result = unsafe Darwin.rename(path, destination)
        #elseif canImport(Glibc)
        let result = unsafe Glibc.rename(path, destination)
        #else
        let result = unsafe Musl.rename(path, destination)
        #endif
        guard result == 0 else { throw FileSystemError.last(destination) }
    }

    /// Creates a directory and those above it; an existing one is fine.
    static func createDirectories(_ path: String, mode: mode_t = 0o755) throws(FileSystemError) {
        guard !isDirectory(path) else { return }
        let parent = directory(of: path)
        if parent != path { try createDirectories(parent, mode: mode) }
        guard unsafe mkdir(path, mode) == 0 || isDirectory(path) else {
            throw FileSystemError.last(path)
        }
    }

    /// A new directory that only this user can enter.
    static func createTemporaryDirectory(in parent: String) throws(FileSystemError) -> String {
        let path = "\(parent)/swift-ebpf.\(uniqueSuffix())"
        guard unsafe mkdir(path, 0o700) == 0 else { throw FileSystemError.last(path) }
        return path
    }

    /// Removes a directory and what is in it; what cannot be removed stays.
    static func removeTree(_ path: String) {
        for name in names(in: path) {
            let entry = "\(path)/\(name)"
            if isDirectory(entry, followingLinks: false) {
                removeTree(entry)
            } else {
                removeFile(entry)
            }
        }
        _ = unsafe rmdir(path)
    }

    static func removeFile(_ path: String) { _ = unsafe unlink(path) }

    /// The names in a directory, without `.` and `..`.
    static func names(in path: String) -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            // SAFETY: `d_name` is a terminated string inside the entry, valid until the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                let capacity = MemoryLayout.size(ofValue: unsafe tuple.pointee)
                return unsafe tuple.withMemoryRebound(to: CChar.self, capacity: capacity) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    static func isDirectory(_ path: String, followingLinks: Bool = true) -> Bool {
        var status = stat()
        let result = followingLinks ? unsafe stat(path, &status) : unsafe lstat(path, &status)
        return result == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func isExecutableFile(_ path: String) -> Bool {
        unsafe access(path, X_OK) == 0 && !isDirectory(path)
    }

    static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

    /// When a file was changed, in seconds since 1970; `nil` if there is none.
    static func modificationTime(_ path: String) -> Int? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
        return Int(status.st_mtimespec.tv_sec)
        #else
        return Int(status.st_mtim.tv_sec)
        #endif
    }

    /// The path without symbolic links, or nil when it leads nowhere.
    static func resolvingLinks(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Everything before the last slash; "." where there is none.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Everything after the last slash.
    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A suffix that no other process or thread uses.
    static func uniqueSuffix() -> String {
        "\(getpid())-" + String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

/// A file operation that failed, with the system's reason.
struct FileSystemError: Error {
    let path: String
    let reason: String

    init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    init(_ path: String, _ error: any Error) {
        self.init(path: path, reason: "\(error)")
    }

    /// From `errno`, right after a call failed.
    static func last(_ path: String) -> FileSystemError {
        FileSystemError(path: path, reason: "\(Errno(rawValue: errno))")
    }
}
