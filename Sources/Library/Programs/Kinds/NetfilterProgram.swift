public import EBPFBytecode

/// A program at a netfilter hook (`BPF_PROG_TYPE_NETFILTER`).
public struct NetfilterProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.netfilter] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
