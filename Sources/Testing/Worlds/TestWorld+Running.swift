import EBPFBytecode
public import EBPFProgram
public import Testing

extension TestWorld {
    /// Runs an XDP program on a packet.
    ///
    /// - Parameters:
    ///   - program: the function; compiled worlds find it by its name.
    ///   - packet: what arrives; it may be a literal: `.tcpSYN(from: "10.0.0.1", port: 22)`.
    ///   - name: what the program is called, if the symbols of the test do not tell.
    /// - Returns: the verdict. The default one (0) if the program could not run; the test knows.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (XDPContext) -> XDPAction, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> XDPAction {
        state.run(
            ProgramFunction(.xdp, named: name, Held(function: program)) {
                word(program(XDPContext(at: $0)))
            }, packet, sourceLocation)
    }

    /// Runs a program of traffic control on a packet.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (SocketBuffer) -> TrafficControlAction, packet: TestPacket,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TrafficControlAction {
        state.run(
            ProgramFunction(.schedulerClassifier, named: name, Held(function: program)) {
                word(program(SocketBuffer(at: $0)))
            }, packet, sourceLocation)
    }
}

/// A verdict as what the program returns.
private func word(_ verdict: some Verdict) -> UInt64 {
    UInt64(UInt32(bitPattern: verdict.rawValue))
}
