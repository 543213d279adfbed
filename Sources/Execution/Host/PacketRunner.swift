public import EBPFBytecode

/// Runs one program on many packets, one after the other, on a CPU that it keeps.
///
/// What a run leaves behind (the packet, the context) is copied only when it is asked for.
public struct PacketRunner: ~Copyable {
    private let program: UserSpaceProgram
    let machine: Machine

    var host: UserSpaceHost { program.host }

    /// Takes a CPU for the program, or the one that is wanted; waits if it is busy.
    ///
    /// - Throws: ``KernelErrno`` ENOMEM when the host cannot make another CPU.
    public init(_ program: UserSpaceProgram, cpu: Int? = nil) throws(KernelErrno) {
        self.program = program
        machine = try program.host.takeMachine(cpu: cpu)
    }

    deinit { program.host.giveBack(machine) }

    /// Runs the program on a packet; returns the lower half of r0, which is what hooks look at.
    public borrowing func run(
        _ packet: [UInt8], origin: PacketOrigin = PacketOrigin()
    ) throws(ExecutionError) -> UInt32 {
        unsafe packet.withUnsafeBytes { bytes in
            unsafe program.prepare(machine, bytes, origin)
        }
        return UInt32(truncatingIfNeeded: try program.run(on: machine))
    }

    /// All that the last run left behind.
    func result(_ returned: UInt32, interface: UInt32) -> PacketResult {
        PacketResult(
            returned: returned, packet: packet, redirect: redirect, context: context,
            metadata: machine.packet.metadata, clones: machine.clones, type: program.type,
            interface: interface)
    }

    /// The packet as the last run left it.
    public var packet: [UInt8] { machine.packet.contents }
    /// The context as the last run left it, in the layout of the UAPI.
    public var context: [UInt8] { machine.context.contents }
    /// Where the last run wants the packet to go.
    public var redirect: Redirect? { machine.redirect }
}
