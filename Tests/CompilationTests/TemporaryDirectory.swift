import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A directory for one test.
struct TemporaryDirectory: Sendable {
    let path: String

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String, executable: Bool = false) throws -> String {
        let path = "\(path)/\(name)"
        let file = try FileDescriptor.open(
            FilePath(path),
            .writeOnly,
            options: [.create, .truncate],
            permissions: executable ? .ownerReadWriteExecute : .ownerReadWrite
        )
        _ = try file.closeAfter { try file.writeAll(text.utf8) }
        return path
    }

    /// Writes a program.
    func script(_ name: String, _ text: String) throws -> String {
        try file(name, text, executable: true)
    }

    /// What is in it.
    var names: [String] { entries(of: path) }
}

/// Makes a directory and removes it with the files in it afterwards.
func withTemporaryDirectory(
    _ body: (TemporaryDirectory) async throws -> Void
) async throws {
    let path = "/tmp/ebpf-test-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try #require(unsafe mkdir(path, 0o700) == 0)
    defer { removeTree(path) }
    try await body(TemporaryDirectory(path: path))
}

private func removeTree(_ path: String) {
    for name in entries(of: path) where unsafe unlink("\(path)/\(name)") != 0 {
        removeTree("\(path)/\(name)")
    }
    _ = unsafe rmdir(path)
}

private func entries(of path: String) -> [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { _ = unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
            unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                unsafe String(cString: $0)
            }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}
