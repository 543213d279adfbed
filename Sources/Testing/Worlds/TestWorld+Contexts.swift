import EBPFBytecode
public import EBPFProgram
public import Testing

extension TestWorld {
    /// Runs the program of a tracepoint on what the tracepoint records.
    ///
    /// - Parameters:
    ///   - record: the fields, which begin with the eight bytes common to all tracepoints.
    @discardableResult
    public mutating func run<Fields: BitwiseCopyable>(
        _ program: @escaping @Sendable (TracepointContext<Fields>) -> Int32, record: Fields,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.tracepoint, named: name, Held(function: program)) {
            word(program(TracepointContext<Fields>(at: $0)))
        }
        return state.run(function, bytes(of: record), sourceLocation)
    }

    /// Runs a program that sees plain arguments: of raw tracepoints, functions, security modules.
    ///
    /// - Parameter arguments: a word for each.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (ArgumentsContext) -> Int32, arguments: [UInt64],
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.rawTracepoint, named: name, Held(function: program)) {
            word(program(ArgumentsContext(at: $0)))
        }
        let context = arguments.flatMap { bytes(of: $0) }
        return state.run(function, context, sourceLocation)
    }

    /// Runs a program that an application runs itself (`BPF_PROG_TYPE_SYSCALL`).
    ///
    /// - Parameter record: what the program gets; what it has made of it is written back.
    @discardableResult
    public mutating func run<Fields: BitwiseCopyable>(
        _ program: @escaping @Sendable (SyscallContext<Fields>) -> Int32, record: inout Fields,
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.syscall, named: name, Held(function: program)) {
            word(program(SyscallContext<Fields>(at: $0)))
        }
        let returned = state.run(function, bytes(of: record), isWritable: true, sourceLocation)
        if state.last.context.count >= MemoryLayout<Fields>.size {
            record = plainValue(copying: state.last.context)
        }
        return returned
    }

    /// Runs a program that an application runs itself, and that needs no context.
    @discardableResult
    public mutating func run(
        _ program: @escaping @Sendable (UnsafeRawPointer) -> Int32, context: [UInt8] = [],
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = unsafe ProgramFunction(.syscall, named: name, Held(function: program)) {
            guard let place = unsafe UnsafeRawPointer(bitPattern: $0) else { return 0 }
            return unsafe word(program(place))
        }
        return state.run(function, context, isWritable: true, sourceLocation)
    }

    /// Runs a program of any other kind on a context given as bytes, in the layout of the UAPI:
    /// registers, an address that a process connects to.
    ///
    /// The kernel runs few of them so.
    @discardableResult
    public mutating func run<Context: ProgramContext & SendableMetatype>(
        _ program: @escaping @Sendable (Context) -> Int32, context: [UInt8],
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int32 {
        let function = ProgramFunction(.unspecified, named: name, Held(function: program)) {
            word(program(Context(at: $0)))
        }
        return state.run(function, context, sourceLocation)
    }

    /// Runs a program with a verdict on a context given as bytes, in the layout of the UAPI.
    @discardableResult
    public mutating func run<Context: ProgramContext & SendableMetatype, Answer: Verdict>(
        _ program: @escaping @Sendable (Context) -> Answer, context: [UInt8],
        named name: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Answer {
        let function = ProgramFunction(.unspecified, named: name, Held(function: program)) {
            word(program(Context(at: $0)))
        }
        return Answer(state.run(function, context, sourceLocation))
    }
}
