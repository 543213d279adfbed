import EBPFObjectFile
public import EBPFTypeFormat

/// Judges programs as Linux 6.18 does, without a kernel.
///
/// ```swift
/// let verifier = Verifier(kernelTypes: nil)
/// for program in specs.programs.values {
///     print(program.name, verifier.verify(program, of: specs).verdict)
/// }
/// ```
public struct Verifier: Sendable {
    /// The types of the kernel that the programs are for; `nil` where none are known: then programs
    /// that name structures of the kernel cannot be judged.
    public let kernelTypes: BTF?
    /// How strictly, and how long, it looks.
    public var options: Options

    /// A verifier for programs of a kernel with these types.
    public init(kernelTypes: BTF?, options: Options = Options()) {
        self.kernelTypes = kernelTypes
        self.options = options
    }

    /// How strictly, and how long, a verifier looks.
    public struct Options: Sendable {
        /// How many instructions it looks at, on all paths, before a program is too complex
        /// (`BPF_COMPLEXITY_LIMIT_INSNS`).
        public var instructionLimit = 1_000_000

        /// Linux's own limits.
        public init() {}
    }
}
