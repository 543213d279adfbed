/// How Swift becomes BPF.
public struct SwiftCompilerOptions: Hashable, Sendable {
    /// What happens where one of Swift's checks fails: an overflow, a nil, an index out of bounds.
    public enum Traps: String, CaseIterable, Sendable {
        /// The program ends, and it is counted which check failed: in the map `.data.traps`, which
        /// has a variable for each, named after the user's line.
        case count
        /// The program ends.
        case exit
        /// The calls stay, and the verifier must prove that they are never reached.
        case keep
    }

    /// What is produced.
    public enum Product: String, CaseIterable, Sendable {
        /// An ELF object with code, maps, types and line information.
        case object
        /// LLVM's assembly text.
        case assembly
        /// LLVM's intermediate representation, as clang gets it.
        case intermediateRepresentation
    }

    /// The instruction set: `v3` by default, which every Linux since 5.12 and our machine take.
    public var processor = CCompilerOptions.Processor.v3
    /// What happens where a check fails.
    public var traps = Traps.count
    /// Whether `+`, `-` and `*` wrap around instead of ending the program.
    public var ignoresOverflow = false
    /// The licence that the object declares; many helpers are only for `GPL` and its like.
    public var license = "GPL"
    /// What is produced: an object by default.
    public var product = Product.object
    /// Compilation conditions (`-D`).
    public var definitions: [String] = []
    /// Directories with modules that the program imports (`-I`).
    public var includeDirectories: [String] = []
    /// A directory in which everything between source and object is kept; `nil` keeps nothing.
    public var intermediatesDirectory: String?

    /// The default options.
    public init() {}
}
