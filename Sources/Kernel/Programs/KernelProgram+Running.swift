import EBPFBytecode

extension KernelProgram {
    /// Runs the program on a packet without attaching it; it sees what its hook would show it.
    ///
    /// - Throws: ``KernelError``: packets shorter than an Ethernet header (14 bytes) are refused.
    public func run(
        packet: [UInt8], context: [UInt8]? = nil, repetitions: UInt32 = 1
    ) throws(KernelError) -> TestRunResult {
        try run(TestRun(packet: packet, context: context, repetitions: repetitions))
    }

    /// Runs the program on a context given as bytes: arguments of a raw tracepoint or a system call.
    ///
    /// - Parameter cpu: the processor to run on, for raw tracepoints.
    /// - Throws: ``KernelError``.
    public func run(context: [UInt8], cpu: UInt32? = nil) throws(KernelError) -> TestRunResult {
        try run(
            TestRun(
                context: context, flags: cpu == nil ? [] : .onProcessor, cpu: cpu ?? 0))
    }

    /// Runs the program without attaching it (`BPF_PROG_TEST_RUN`).
    ///
    /// - Throws: ``KernelError``; `ENOTSUPP` for kinds that cannot be run so.
    public func run(_ test: TestRun) throws(KernelError) -> TestRunResult {
        // What programs may make of a packet fits into this, so that the second attempt, which
        // would run the program once more, is for kernels that allow more.
        var room = (test.packet?.count ?? 0) + (1 << 16)
        var attempts = 0
        while true {
            do throws(KernelErrno) {
                return try attempt(test, &room)
            } catch {
                attempts += 1
                guard error == .noSpace, attempts < 3 else { throw failure(test, error) }
            }
        }
    }

    /// One call; `room` becomes what the kernel would have needed.
    private func attempt(
        _ test: TestRun, _ room: inout Int
    ) throws(KernelErrno) -> TestRunResult {
        var memory = CallMemory()
        var attributes = ProgramTestRunAttributes()
        attributes.program = number
        attributes.repetitions = test.takesRepetitions(type) ? test.repetitions : 0
        attributes.flags = test.flags.rawValue
        attributes.cpu = test.cpu
        attributes.batchSize = test.batchSize
        let isLive = test.flags.contains(.liveFrames)
        if let packet = test.packet {
            attributes.dataIn = memory.bytes(packet)
            attributes.dataSizeIn = UInt32(clamping: packet.count)
            if !isLive {
                attributes.dataOut = memory.buffer(count: room)
                attributes.dataSizeOut = UInt32(clamping: room)
            }
        }
        if let context = test.context {
            attributes.contextIn = memory.bytes(context)
            attributes.contextSizeIn = UInt32(clamping: context.count)
            if !isLive && type.returnsContext {
                attributes.contextOut = memory.buffer(count: context.count)
                attributes.contextSizeOut = UInt32(clamping: context.count)
            }
        }
        defer { room = max(room, Int(attributes.dataSizeOut)) }
        try system.bpf(.programTestRun, &attributes)
        let changed = attributes.contextOut == 0 ? attributes.contextIn : attributes.contextOut
        return TestRunResult(
            returned: attributes.returned,
            packet: memory.contents(
                of: attributes.dataOut, count: Int(attributes.dataSizeOut)),
            context: memory.contents(of: changed, count: test.context?.count ?? 0),
            nanoseconds: attributes.duration)
    }

    private func failure(_ test: TestRun, _ errno: KernelErrno) -> KernelError {
        let action = "running \(self) without attaching it"
        switch errno {
        case .notSupported:
            let names = ProgramType.testable.map(\.name).joined(separator: ", ")
            return KernelError(
                action, errno, reason: "the kernel runs no \(type.name) programs like this",
                remedy: "attach it; these can be run: \(names)")
        case .invalidArgument:
            guard let reason = test.misfit(type) else { return KernelError(action, errno) }
            return KernelError(action, errno, reason: reason)
        default:
            return KernelError(action, errno)
        }
    }
}

extension ProgramType {
    /// Whether the kernel gives the context back in a place of its own; a system call's program
    /// writes into the given one.
    fileprivate var returnsContext: Bool {
        switch self {
        case .syscall, .rawTracepoint, .rawTracepointWritable, .socketLookup, .structOperations:
            false
        default: true
        }
    }

    /// Whether the kernel wants a packet to run a program on.
    fileprivate var takesPacket: Bool {
        switch self {
        case .rawTracepoint, .rawTracepointWritable, .syscall, .tracing, .structOperations,
            .socketLookup:
            false
        default: true
        }
    }
}

extension TestRun {
    fileprivate func takesRepetitions(_ type: ProgramType) -> Bool {
        type.takesPacket || type == .socketLookup
    }

    /// What does not fit the kind of program, if that can be told.
    fileprivate func misfit(_ type: ProgramType) -> String? {
        guard type.canBeTestRun else { return nil }
        if type.takesPacket {
            guard let packet else { return "\(type.name) programs run on a packet; give one" }
            let ethernet = 14
            guard packet.count >= ethernet else {
                return "a packet has at least \(ethernet) bytes, an Ethernet header; "
                    + "this one has \(packet.count)"
            }
        } else if packet != nil {
            return "\(type.name) programs run on a context, not on a packet"
        }
        if flags.contains(.liveFrames) && type != .xdp {
            return "only xdp programs run on live frames"
        }
        if flags.contains(.onProcessor) && type != .rawTracepoint {
            return "only raw_tracepoint programs run on a chosen processor"
        }
        return nil
    }
}
