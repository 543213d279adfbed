import class EBPF.AnyMap
import EBPFBytecode
public import EBPFProgram
public import Testing

/// The programs that a program can go on to, in a test's world.
public struct TestPrograms {
    let access: MapAccess
    let place: UInt

    /// Puts an XDP program at an index.
    public func set(
        _ index: UInt32, _ program: @escaping @Sendable (XDPContext) -> XDPAction,
        named name: String? = nil
    ) {
        put(
            ProgramFunction(.xdp, named: name, Held(function: program)) {
                word(program(XDPContext(at: $0)))
            }, index)
    }

    /// Puts a program of traffic control at an index.
    public func set(
        _ index: UInt32, _ program: @escaping @Sendable (SocketBuffer) -> TrafficControlAction,
        named name: String? = nil
    ) {
        put(
            ProgramFunction(.schedulerClassifier, named: name, Held(function: program)) {
                word(program(SocketBuffer(at: $0)))
            }, index)
    }

    /// Puts a program that sees plain arguments at an index.
    public func set(
        _ index: UInt32, _ program: @escaping @Sendable (ArgumentsContext) -> Int32,
        named name: String? = nil
    ) {
        put(
            ProgramFunction(.rawTracepoint, named: name, Held(function: program)) {
                word(program(ArgumentsContext(at: $0)))
            }, index)
    }

    /// Takes the program at an index out.
    public func remove(_ index: UInt32) {
        if access.state.isNative {
            access.state.native.setProgram(nil, at: index, ofMapAt: place)
        } else {
            access.attempt { _ = try $0.remove(bytes(of: index)) }
        }
    }

    private func put(_ program: ProgramFunction, _ index: UInt32) {
        let state = access.state
        guard !state.isNative else {
            return state.native.setProgram(program.body, at: index, ofMapAt: place)
        }
        access.attempt { map in
            guard let compiled = state.compiled(program) else { return }
            try state.put(compiled, at: index, of: map)
        }
    }
}

extension TestWorld {
    /// The programs that a program can go on to, by the global that declares the array.
    ///
    /// ```swift
    /// world.map(chain).set(0, parseVLAN)
    /// ```
    public func map(
        _ global: borrowing ProgramArray, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestPrograms {
        TestPrograms(
            access: access(global, sourceLocation),
            place: unsafe UInt(bitPattern: global.address))
    }
}
