import SystemPackage

/// Files that commands write.
enum OutputFile {
    /// Writes a file, replacing what was there.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            let file = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try file.closeAfter { _ = try file.writeAll(bytes) }
        } catch {
            throw Failure(message: "\(path): \(error)")
        }
    }
}
