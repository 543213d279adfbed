public import EBPFBytecode

/// A program that writes a text or bytes about each of many things of the kernel
/// (`BPF_PROG_TYPE_TRACING`, iterators).
public struct IteratorProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.tracing] }
    /// Where such programs are attached.
    public static var attachTypes: [AttachType] { [.traceIterator] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
