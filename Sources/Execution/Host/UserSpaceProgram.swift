public import EBPFBytecode
public import EBPFObjectFile

/// A program in a user-space host, ready to run.
///
/// It may run on several CPUs at once. Programs that tail-call it find it through their prog array.
public final class UserSpaceProgram: Sendable {
    let body: ProgramBody
    /// The host that it was loaded into.
    public let host: UserSpaceHost
    /// Keeps those of the maps in place that the code names and the body cannot keep.
    private let registrations: [MapRegistration]

    init(
        spec: ProgramSpec, code: Code, host: UserSpaceHost, registrations: [MapRegistration],
        standing: ProgramStanding = .unverified
    ) {
        body = ProgramBody(
            spec: spec, code: code, standing: standing,
            registrations: registrations.filter { !$0.mayHoldPrograms })
        self.host = host
        self.registrations = registrations
    }

    /// What it was made from.
    public var spec: ProgramSpec { body.spec }
    /// What verification found out about it.
    public var standing: ProgramStanding { body.standing }
    /// The program's name.
    public var name: String { spec.name }
    /// The kind of program.
    public var type: ProgramType { spec.type }

    /// Whether machine code runs, not the interpreter.
    public var isCompiled: Bool { body.code.compiled != nil }

    /// Runs the program on a packet; what kind of context it sees, its type decides.
    ///
    /// - Throws: ``ExecutionError`` if the program does what it may not.
    public func run(
        packet: [UInt8], origin: PacketOrigin = PacketOrigin(), cpu: Int? = nil
    ) throws -> PacketResult {
        let runner = try PacketRunner(self, cpu: cpu)
        let returned = try runner.run(packet, origin: origin)
        return runner.result(returned, interface: origin.interface)
    }

    /// Runs the program on a context given as bytes: registers, arguments or a tracepoint's record.
    ///
    /// - Parameter data: what the context points to, if it does.
    /// - Throws: ``ExecutionError`` if the program does what it may not.
    public func run(
        context: [UInt8], data: ContextData? = nil, cpu: Int? = nil
    ) throws -> ContextResult {
        let runner = try ContextRunner(self, cpu: cpu)
        let returned = try runner.run(context: context, data: data)
        return ContextResult(
            returned: returned, context: runner.contents, data: data == nil ? [] : runner.data)
    }

    /// Runs plain bytecode on memory that it may read and write: r1 is its address, r2 its size.
    ///
    /// - Throws: ``ExecutionError`` if the program does what it may not.
    public func run(memory: [UInt8], cpu: Int? = nil) throws -> ContextResult {
        let runner = try ContextRunner(self, cpu: cpu)
        let returned = try runner.run(memory: memory)
        return ContextResult(returned: returned, context: runner.contents, data: [])
    }

    /// Puts a packet and its context in place.
    func prepare(_ machine: Machine, _ bytes: UnsafeRawBufferPointer, _ origin: PacketOrigin) {
        switch type {
        case .xdp: unsafe machine.prepareXDP(bytes, origin)
        default: unsafe machine.prepareSocketBuffer(bytes, origin, for: type)
        }
    }

    /// Puts the same packet and context in place again, after a run of this program.
    @inline(__always)
    func prepareAgain(_ machine: Machine, _ bytes: UnsafeRawBufferPointer, _ origin: PacketOrigin) {
        if let launch = body.launch, launch.shape.leavesInput { return }
        if type == .xdp, unsafe machine.packet.refill(bytes) { return }
        unsafe prepare(machine, bytes, origin)
    }

    /// Runs on a machine whose context is in place.
    func run(on machine: Machine, second: UInt64 = 0) throws(ExecutionError) -> UInt64 {
        machine.forgetPackets()
        do throws(Fault) {
            return try machine.run(body, context(on: machine), second)
        } catch {
            throw ExecutionError(error, of: body, on: machine)
        }
    }

    /// Runs once more on a machine on which it has just run, and whose context is in place again.
    @inline(__always)
    func runAgain(on machine: Machine) throws(ExecutionError) -> UInt64 {
        machine.forgetPackets()
        do throws(Fault) {
            return try machine.runAgain(body, context(on: machine))
        } catch {
            throw ExecutionError(error, of: body, on: machine)
        }
    }

    /// What r1 is when the program starts.
    @inline(__always)
    private func context(on machine: Machine) -> UInt64 {
        machine.context.byteCount == 0 ? 0 : Address.start(ofRegion: Address.contextRegion)
    }

    var isContextWritable: Bool {
        switch type {
        case .rawTracepointWritable, .syscall, .unspecified: true
        // Of these the kernel lets programs change addresses, levels and replies.
        case .cgroupSocketAddress, .cgroupSocketOption, .cgroupSysctl, .socketOperations: true
        default: false
        }
    }
}

/// What a run on a packet left behind.
public struct PacketResult: Hashable, Sendable {
    /// The program's verdict: r0, whose lower half is what hooks look at.
    public let returned: UInt32
    /// The packet after the run.
    public let packet: [UInt8]
    /// Where the program wants the packet to go, if it called a redirect helper.
    public let redirect: Redirect?
    /// The context after the run, in the layout of the UAPI.
    public let context: [UInt8]
    /// What an XDP program put before the packet (`bpf_xdp_adjust_meta`).
    public let metadata: [UInt8]
    /// Copies of the packet that the program sent, in order (`bpf_clone_redirect`).
    public let clones: [ClonedPacket]
    let type: ProgramType
    let interface: UInt32
}

/// What a run on a context left behind.
public struct ContextResult: Hashable, Sendable {
    /// r0.
    public let returned: UInt64
    /// The context, or the memory, after the run.
    public let context: [UInt8]
    /// What the context points to, after the run.
    public let data: [UInt8]
}
