public import EBPFBytecode

/// A program that grants a control group access to devices (`BPF_PROG_TYPE_CGROUP_DEVICE`).
public struct CgroupDeviceProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.cgroupDevice] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
