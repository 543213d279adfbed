public import EBPFBytecode

/// A program that classifies packets in traffic control, tcx and netkit
/// (`BPF_PROG_TYPE_SCHED_CLS`, and `BPF_PROG_TYPE_SCHED_ACT` to run it).
public struct SchedulerClassifierProgram: PacketProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.schedulerClassifier, .schedulerAction] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }

    /// The decision that a result stands for.
    public static func verdict(_ returned: UInt32) -> TrafficControlAction {
        TrafficControlAction(rawValue: Int32(bitPattern: returned))
    }
}
