/// The sources of the module `EBPFProgram`, which programs in Swift import.
///
/// They are compiled with the user's own toolchain: a compiled module fits only the compiler that
/// made it.
public struct KernelModuleSources: Hashable, Sendable {
    /// A source.
    public struct File: Hashable, Sendable {
        /// The name of the file.
        public var name: String
        /// Its text.
        public var text: String

        /// A source of a name.
        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// The sources, in the order of their names.
    public var files: [File]

    /// Sources that are at hand.
    public init(_ files: [File]) { self.files = files }

    /// The sources in a directory and those below it.
    ///
    /// - Throws: ``CompilationError/sourceUnreadable(path:reason:)``.
    public init(directory: String) throws(CompilationError) {
        var files: [File] = []
        var work = [directory]
        while let path = work.popLast() {
            for name in FileSystem.names(in: path).sorted() where name != "." && name != ".." {
                let entry = "\(path)/\(name)"
                if FileSystem.isDirectory(entry) {
                    work.append(entry)
                } else if name.hasSuffix(".swift") {
                    do {
                        let bytes = try FileSystem.read(entry)
                        files.append(File(name: name, text: String(decoding: bytes, as: UTF8.self)))
                    } catch { throw .sourceUnreadable(path: entry, reason: error.reason) }
                }
            }
        }
        guard !files.isEmpty
        else { throw .sourceUnreadable(path: directory, reason: "there are no Swift sources") }
        self.files = files.sorted { $0.name < $1.name }
    }
}
