public import EBPFBytecode

/// A program before one of its instructions: what a host shows that runs step by step.
public struct Observation: Sendable {
    /// The program that runs: after a tail call the one that was called.
    public let program: String
    /// The slot of the instruction that comes next.
    public let slot: Int
    /// How many functions are running beside the innermost one.
    public let depth: Int
    private let registers: SIMD16<UInt64>

    init(_ call: HelperCall) {
        let machine = call.machine
        program = machine.program?.name ?? ""
        slot = machine.callSite.flatMap { machine.program?.code.slot(before: $0) } ?? 0
        depth = machine.frameDepth
        var registers = SIMD16<UInt64>()
        for register in Register.allCases {
            registers[Int(register.rawValue)] = call.registers[register]
        }
        self.registers = registers
    }

    /// What a register holds.
    public subscript(register: Register) -> UInt64 { registers[Int(register.rawValue)] }
}

extension UserSpaceHost {
    /// A host that shows every program before each of its instructions.
    ///
    /// Programs run with the same results, but a hundred times slower; a step counts against the
    /// budget as a helper does.
    public convenience init(
        _ options: Options = Options(), observing observe: @escaping @Sendable (Observation) -> Void
    ) {
        var helpers = HelperTable.standard
        helpers.addObserver { call in
            observe(Observation(call))
            // A helper's result goes into r0: that it stays as it was is part of not being there.
            return call.registers[.r0]
        }
        self.init(options, helpers: helpers)
    }
}
