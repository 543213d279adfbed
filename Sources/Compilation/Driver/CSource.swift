/// A C program: a file, or text that exists only in memory.
public enum CSource: Hashable, Sendable {
    /// A file on disk.
    case file(String)
    /// Text with the name that messages and line information show.
    case text(String, name: String)

    /// What messages call it.
    public var name: String {
        switch self {
        case .file(let path): path
        case .text(_, let name): name
        }
    }
}

/// What a compilation gives: the bytes, and the warnings on the way.
public struct CompiledProgram: Hashable, Sendable {
    /// The object file, or text when assembly was asked for.
    public var bytes: [UInt8]
    /// Warnings and notes.
    public var diagnostics: [CompilerDiagnostic]
    /// All that the compiler printed, with its excerpts of the source.
    public var output: String
    /// The compiler that did it.
    public var clang: String
    /// The maps and variables of a program in Swift, by its own types; of C, the object's types
    /// say what there is.
    public var declarations: [KernelDeclaration] = []
}
