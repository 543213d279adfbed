public import EBPFBytecode

/// A program that runs when a socket of a control group is made, bound or released
/// (`BPF_PROG_TYPE_CGROUP_SOCK`).
public struct CgroupSocketProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.cgroupSocket] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
