public import EBPFBytecode

/// A program that sees and changes a control group's access to sysctl
/// (`BPF_PROG_TYPE_CGROUP_SYSCTL`).
public struct CgroupSysctlProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.cgroupSysctl] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
