public import EBPFBytecode

/// A program that runs on demand, and may call bpf(2) (`BPF_PROG_TYPE_SYSCALL`).
public struct SyscallProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.syscall] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
