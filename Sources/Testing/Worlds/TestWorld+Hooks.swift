import EBPFBytecode
public import EBPFProgram
public import Testing

// Contexts with the fields that matter. Each kind of program has a function of its own, for the symbol
// of a program is found only where no generic code stands between. What the program has made of its
// context is in `context`. The kernel runs none of these by itself.
extension TestWorld {
    /// Runs a program of a function of the kernel or of a process: `.call(arguments: [3, 4])`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (RegistersContext) -> Int32,
        context: TestContext<RegistersContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.kprobe, named: name, Held(function: program)) {
            word(program(RegistersContext(at: $0)))
        }
        return state.run(function, context.bytes, isWritable: true, sourceLocation)
    }

    /// Runs a program of samples of events: `.sample(period: 4000)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (PerfEventContext) -> Int32,
        context: TestContext<PerfEventContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.perfEvent, named: name, Held(function: program)) {
            word(program(PerfEventContext(at: $0)))
        }
        return state.run(function, context.bytes, isWritable: true, sourceLocation)
    }

    /// Runs a program of a control group on an address: `.connect(to: "10.0.0.1", port: 80)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketAddressContext) -> Permission,
        context: TestContext<SocketAddressContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Permission {
        let function = ProgramFunction(.cgroupSocketAddress, named: name, Held(function: program)) {
            word(program(SocketAddressContext(at: $0)))
        }
        return Permission(state.run(function, context.bytes, isWritable: true, sourceLocation))
    }

    /// Runs a program of a control group on a socket: `.socket(family: 10)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketContext) -> Permission,
        context: TestContext<SocketContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Permission {
        let function = ProgramFunction(.cgroupSocket, named: name, Held(function: program)) {
            word(program(SocketContext(at: $0)))
        }
        return Permission(state.run(function, context.bytes, isWritable: true, sourceLocation))
    }

    /// Runs a program of a control group on a device: `.device(major: 1, minor: 3)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (DeviceContext) -> Permission,
        context: TestContext<DeviceContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Permission {
        let function = ProgramFunction(.cgroupDevice, named: name, Held(function: program)) {
            word(program(DeviceContext(at: $0)))
        }
        return Permission(state.run(function, context.bytes, isWritable: true, sourceLocation))
    }

    /// Runs a program of a control group on a setting: `.setting(isWrite: true)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SysctlContext) -> Permission,
        context: TestContext<SysctlContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Permission {
        let function = ProgramFunction(.cgroupSysctl, named: name, Held(function: program)) {
            word(program(SysctlContext(at: $0)))
        }
        return Permission(state.run(function, context.bytes, isWritable: true, sourceLocation))
    }

    /// Runs a program of TCP connections: `.event(12, roundTrip: 250)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketEvent) -> Int32, context: TestContext<SocketEvent>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.socketOperations, named: name, Held(function: program)) {
            word(program(SocketEvent(at: $0)))
        }
        return state.run(function, context.bytes, isWritable: true, sourceLocation)
    }

    /// Runs a program of sockets for what arrives: `.lookup(to: "10.0.0.1", port: 7)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketLookup) -> SocketVerdict,
        context: TestContext<SocketLookup>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> SocketVerdict {
        let function = ProgramFunction(.socketLookup, named: name, Held(function: program)) {
            word(program(SocketLookup(at: $0)))
        }
        return SocketVerdict(state.run(function, context.bytes, isWritable: true, sourceLocation))
    }

    /// Runs a program on data that a process sends: `.message([1, 2, 3], to: "10.0.0.1", port: 80)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketMessage) -> SocketVerdict,
        context: TestContext<SocketMessage>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> SocketVerdict {
        let function = ProgramFunction(.socketMessage, named: name, Held(function: program)) {
            word(program(SocketMessage(at: $0)))
        }
        return SocketVerdict(
            state.run(
                function, context.bytes, isWritable: true, data: context.data, sourceLocation))
    }

    /// Runs a program of a control group on an option: `.option(level: 6, name: 1, value: [1])`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketOptionContext) -> Permission,
        context: TestContext<SocketOptionContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Permission {
        let function = ProgramFunction(.cgroupSocketOption, named: name, Held(function: program)) {
            word(program(SocketOptionContext(at: $0)))
        }
        return Permission(
            state.run(
                function, context.bytes, isWritable: true, data: context.data, sourceLocation))
    }

    /// Runs a program that chooses a socket of a group: `.arrival([…], hash: 7)`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (ReusePortContext) -> SocketVerdict,
        context: TestContext<ReusePortContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> SocketVerdict {
        let function = ProgramFunction(.socketReusePort, named: name, Held(function: program)) {
            word(program(ReusePortContext(at: $0)))
        }
        return SocketVerdict(
            state.run(
                function, context.bytes, isWritable: true, data: context.data, sourceLocation))
    }

    /// Runs a program of netfilter: `.hook(packet: world.pointer(to: buffer, as: EBPFProgram.Packet.self))`.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (NetfilterContext) -> NetfilterVerdict,
        context: TestContext<NetfilterContext>,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> NetfilterVerdict {
        let function = ProgramFunction(.netfilter, named: name, Held(function: program)) {
            word(program(NetfilterContext(at: $0)))
        }
        return NetfilterVerdict(state.run(function, context.bytes, sourceLocation))
    }
}
