/// The private directory of one compilation, and the directory of the headers.
struct Workspace: Sendable {
    let directory: String
    let headers: String

    init(_ environment: CompilerEnvironment) throws(CompilationError) {
        do {
            directory = try FileSystem.createTemporaryDirectory(
                in: environment.temporaryDirectory
            )
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        do {
            headers = try HeaderSet.standard.directory(
                cache: environment.cacheDirectory,
                fallback: directory
            )
        } catch {
            FileSystem.removeTree(directory)
            throw .cannotWrite(path: error.path, reason: error.reason)
        }
    }

    /// The file to compile; text is written to a file of the given name.
    func path(of source: CSource) throws(CompilationError) -> String {
        guard case .text(let text, let name) = source else { return source.name }
        let sources = directory + "/source"
        let path = "\(sources)/\(FileSystem.name(of: name))"
        do {
            try FileSystem.createDirectories(sources)
            try FileSystem.write([UInt8](text.utf8), to: path)
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        return path
    }

    /// Where the compiler writes.
    var output: String { directory + "/output" }

    /// The compiler's words with the names that the user knows.
    func withoutTemporaryNames(_ text: String) -> String {
        text.replacing("\(directory)/source/", with: "")
    }

    func remove() { FileSystem.removeTree(directory) }
}
