public import EBPFBytecode

/// Runs one program many times on contexts or memory given as bytes, on a CPU that it keeps.
///
/// What a run leaves behind is copied only when it is asked for.
public struct ContextRunner: ~Copyable {
    private let program: UserSpaceProgram
    private let machine: Machine

    /// Takes a CPU for the program, or the one that is wanted; waits if it is busy.
    ///
    /// - Throws: ``KernelErrno`` ENOMEM when the host cannot make another CPU.
    public init(_ program: UserSpaceProgram, cpu: Int? = nil) throws(KernelErrno) {
        self.program = program
        machine = try program.host.takeMachine(cpu: cpu)
    }

    deinit { program.host.giveBack(machine) }

    /// Runs the program on a context: registers, arguments or a tracepoint's record; returns r0.
    ///
    /// - Parameter data: what the context points to, if it does.
    public borrowing func run(
        context: [UInt8], data: ContextData? = nil
    ) throws(ExecutionError) -> UInt64 {
        if let data {
            machine.prepareContext(context, isWritable: program.isContextWritable, data: data)
        } else {
            machine.prepareContext(context, isWritable: program.isContextWritable)
        }
        // Whoever wrote the bytes may have put any number where packets' addresses belong.
        machine.hasOwnPackets = false
        defer { machine.hasOwnPackets = true }
        return try program.run(on: machine)
    }

    /// Runs plain bytecode on memory that it may read and write: r1 is its address, r2 its size;
    /// returns r0.
    public borrowing func run(memory: [UInt8]) throws(ExecutionError) -> UInt64 {
        machine.prepareContext(memory, isWritable: true)
        return try program.run(on: machine, second: UInt64(memory.count))
    }

    /// Runs plain bytecode as ``run(memory:)`` does, and tells how long that took without putting the
    /// memory in place.
    public borrowing func timedRun(
        memory: [UInt8]
    ) throws(ExecutionError) -> (returned: UInt64, duration: Duration) {
        machine.prepareContext(memory, isWritable: true)
        let start = ContinuousClock.now
        let returned = try program.run(on: machine, second: UInt64(memory.count))
        return (returned, ContinuousClock.now - start)
    }

    /// What the context points to, as the last run left it.
    var data: [UInt8] { machine.packet.contents }

    /// The context, or the memory, as the last run left it.
    public var contents: [UInt8] { machine.context.contents }
}
