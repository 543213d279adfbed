public import EBPFBytecode

extension UserSpaceProgram {
    /// Puts the program at a place of its host's machine.
    ///
    /// - Parameter isFirst: whether it runs before those that are there, not after them.
    /// - Throws: `EBUSY` if another program fills the place.
    public func attach(
        to hook: MachineHook, isFirst: Bool = false
    ) throws(KernelErrno) -> HookEntry {
        try host.hooks.add(self, to: hook, isFirst: isFirst)
    }
}

extension UserSpaceHost {
    /// The programs at a place, in the order in which they run.
    public func programs(at hook: MachineHook) -> [UserSpaceProgram] { hooks.programs(at: hook) }

    /// The places of the machine that have programs, ordered by name.
    public var attachedHooks: [MachineHook] {
        hooks.hooks.sorted { "\($0)" < "\($1)" }
    }

    /// Lets something happen at a place: its programs run one after the other, each on the context
    /// as the one before left it.
    ///
    /// - Parameter context: registers, arguments or a tracepoint's record, as the kernel lays it out.
    /// - Returns: what each program returned, in order; nothing if none is attached.
    /// - Throws: ``ExecutionError`` if a program does what it may not, ``KernelErrno``.
    @discardableResult
    public func trigger(_ hook: MachineHook, context: [UInt8]) throws -> [ContextResult] {
        var results: [ContextResult] = []
        for program in programs(at: hook) {
            results.append(try program.run(context: results.last?.context ?? context))
        }
        return results
    }

    /// Lets a packet arrive: the interface's XDP program runs first, and if it lets the packet
    /// pass, those at its ingress.
    ///
    /// - Parameters:
    ///   - packet: from the link layer's header on.
    ///   - interface: the name by which programs were attached.
    ///   - origin: what contexts say about it.
    /// - Throws: ``ExecutionError`` if a program does what it may not, ``KernelErrno``.
    @discardableResult
    public func receive(
        _ packet: [UInt8], on interface: String, origin: PacketOrigin = PacketOrigin()
    ) throws -> PacketJourney {
        let pass: UInt32 = 2  // XDP_PASS
        var journey = PacketJourney(packet)
        for program in programs(at: MachineHook(.xdp, interface)) {
            let result = try program.run(packet: journey.packet, origin: origin)
            journey.add(result, goesOn: result.returned == pass)
        }
        guard journey.passes else { return journey }
        return try classify(journey, MachineHook(.ingress, interface), origin)
    }

    /// Lets a packet be sent: the programs at the interface's egress run.
    ///
    /// - Throws: ``ExecutionError`` if a program does what it may not, ``KernelErrno``.
    @discardableResult
    public func transmit(
        _ packet: [UInt8], on interface: String, origin: PacketOrigin = PacketOrigin()
    ) throws -> PacketJourney {
        try classify(PacketJourney(packet), MachineHook(.egress, interface), origin)
    }

    /// Runs the programs of traffic control until one decides (`TC_ACT_…`): all but -1, which
    /// leaves it to the next one, do; 0, 1 and 3 let the packet pass.
    private func classify(
        _ start: PacketJourney, _ hook: MachineHook, _ origin: PacketOrigin
    ) throws -> PacketJourney {
        var journey = start
        for program in programs(at: hook) {
            let result = try program.run(packet: journey.packet, origin: origin)
            let action = Int32(bitPattern: result.returned)
            journey.add(result, goesOn: [-1, 0, 1, 3].contains(action))
            guard action == -1 else { break }
        }
        return journey
    }
}

/// What became of a packet at an interface of a machine.
public struct PacketJourney: Hashable, Sendable {
    /// What each program that saw it left behind, in order.
    public private(set) var results: [PacketResult] = []
    /// The packet as the last one left it.
    public private(set) var packet: [UInt8]
    /// Whether it goes on to where it was going: neither dropped nor redirected.
    public private(set) var passes = true

    init(_ packet: [UInt8]) { self.packet = packet }

    mutating func add(_ result: PacketResult, goesOn: Bool) {
        results.append(result)
        packet = result.packet
        passes = goesOn
    }
}
