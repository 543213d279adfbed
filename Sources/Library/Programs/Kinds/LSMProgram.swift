public import EBPFBytecode

/// A program at a hook of the Linux security modules (`BPF_PROG_TYPE_LSM`).
public struct LSMProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.lsm] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
