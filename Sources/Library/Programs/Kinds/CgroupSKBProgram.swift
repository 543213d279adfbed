public import EBPFBytecode

/// A program that lets packets of a control group pass or not (`BPF_PROG_TYPE_CGROUP_SKB`).
public struct CgroupSKBProgram: PacketProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.cgroupSKB] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }

    /// Whether the packet passes.
    public static func verdict(_ returned: UInt32) -> Bool { returned & 1 == 1 }
}
