public import EBPFBytecode

/// A program that sees and changes the addresses of a control group's bind, connect, send …
/// (`BPF_PROG_TYPE_CGROUP_SOCK_ADDR`).
public struct CgroupSocketAddressProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.cgroupSocketAddress] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
