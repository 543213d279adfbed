import EBPFBytecode
public import EBPFProgram
public import Testing

extension TestWorld {
    /// Runs an XDP program on a packet.
    ///
    /// - Parameters:
    ///   - program: the function; compiled worlds find it by its name.
    ///   - packet: what arrives, often a literal: `.tcpSYN(from: "10.0.0.1", port: 22)`.
    ///   - name: what the program is called, if the symbols of the test do not tell.
    /// - Returns: the verdict. The default one (0) if the program could not run; the test knows.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (XDPContext) -> XDPAction, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> XDPAction {
        let function = ProgramFunction(.xdp, named: name, Held(function: program)) {
            word(program(XDPContext(at: $0)))
        }
        return XDPAction(state.run(function, packet, sourceLocation))
    }

    /// Runs a program of traffic control on a packet.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketBuffer) -> TrafficControlAction, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TrafficControlAction {
        let function = ProgramFunction(.schedulerClassifier, named: name, Held(function: program)) {
            word(program(SocketBuffer(at: $0)))
        }
        return TrafficControlAction(state.run(function, packet, sourceLocation))
    }

    /// Runs a program of a control group on a packet; its data begin behind the Ethernet header.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketBuffer) -> Permission, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Permission {
        let function = ProgramFunction(.cgroupSKB, named: name, Held(function: program)) {
            word(program(SocketBuffer(at: $0)))
        }
        return Permission(state.run(function, packet, sourceLocation))
    }

    /// Runs a program of streams of sockets on data.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketBuffer) -> SocketVerdict, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> SocketVerdict {
        let function = ProgramFunction(.socketSKB, named: name, Held(function: program)) {
            word(program(SocketBuffer(at: $0)))
        }
        return SocketVerdict(state.run(function, packet, sourceLocation))
    }

    /// Runs a socket filter on a packet.
    ///
    /// - Returns: how many bytes of the packet the socket gets.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketBuffer) -> Int32, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.socketFilter, named: name, Held(function: program)) {
            word(program(SocketBuffer(at: $0)))
        }
        return state.run(function, packet, sourceLocation)
    }
}

/// What a program returns, as the machine has it.
func word(_ verdict: some Verdict) -> UInt64 { word(verdict.rawValue) }

/// What a program returns, as the machine has it.
func word(_ number: Int32) -> UInt64 { UInt64(UInt32(bitPattern: number)) }
