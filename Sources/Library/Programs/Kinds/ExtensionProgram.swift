public import EBPFBytecode

/// A program that replaces a global function of another one (`BPF_PROG_TYPE_EXT`, freplace).
public struct ExtensionProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.programExtension] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
