public import EBPFBytecode

/// A program that sees and changes a control group's getsockopt and setsockopt
/// (`BPF_PROG_TYPE_CGROUP_SOCKOPT`).
public struct CgroupSocketOptionProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.cgroupSocketOption] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
