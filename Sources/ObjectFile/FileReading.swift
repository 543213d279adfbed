import SystemPackage

extension ObjectFile {
    /// The bytes of a file, of which there may not be more than an object has.
    ///
    /// - Throws: ``ObjectFileError`` if it cannot be opened or read, or is too large.
    public static func bytes(contentsOf path: String) throws(ObjectFileError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter { try bytes(of: file, path: path) }
        } catch let error as Errno {
            throw ObjectFileError(object: path, .file, .unreadable(error.description))
        } catch let error as ObjectFileError {
            throw error
        } catch {
            throw ObjectFileError(object: path, .file, .unreadable("\(error)"))
        }
    }

    /// Reads in pieces: pipes and devices have no size, and some have no end.
    private static func bytes(of file: FileDescriptor, path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            // Most objects are small; room for more is made as it is needed.
            let room = min(max(bytes.count, 1 << 14), 1 << 24)
            let piece = try unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            guard !piece.isEmpty else { return bytes }
            bytes = bytes.isEmpty ? piece : bytes + piece
            guard bytes.count <= Limits.file else {
                throw ObjectFileError(object: path, .file, .fileTooLarge(limit: Limits.file))
            }
        }
    }
}
