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

    /// Runs the program many times on a packet, each time on the packet as it came, and tells what the
    /// runs returned: a number, and how many runs in a row returned it.
    ///
    /// - Throws: ``ExecutionError`` of the first run that fails, once those before it were told.
    public borrowing func run(
        _ packet: [UInt8], origin: PacketOrigin = PacketOrigin(), times count: Int,
        _ tell: (_ returned: UInt32, _ times: Int) -> Void
    ) throws(ExecutionError) {
        guard count > 0 else { return }
        var returned = try run(packet, origin: origin)
        var sameCount = 1
        defer { tell(returned, sameCount) }
        for _ in 1..<count {
            unsafe packet.withUnsafeBytes { unsafe program.prepareAgain(machine, $0, origin) }
            let next = UInt32(truncatingIfNeeded: try program.runAgain(on: machine))
            if next == returned {
                sameCount += 1
            } else {
                tell(returned, sameCount)
                (returned, sameCount) = (next, 1)
            }
        }
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
