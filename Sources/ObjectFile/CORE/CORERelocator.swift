import EBPFBytecode
public import EBPFTypeFormat

/// Adapts the programs of an object to a kernel's types: compile once, run everywhere.
///
/// ```swift
/// var relocator = CORERelocator(local: types, target: try BTF(vmlinux))
/// for name in specs.programs.keys {
///     let outcomes = try relocator.apply(to: &specs.programs[name]!)
/// }
/// ```
///
/// A compiler notes for each access to a kernel's struct which member is meant; here the member is
/// looked for by name in the kernel's own types, and the instruction gets its offset. What the
/// kernel lacks becomes an instruction that no verifier lets pass: programs ask first whether a
/// field exists, and the verifier never looks at what is not reached.
///
/// One value serves all programs of an object for one kernel: it remembers what it has found.
public struct CORERelocator {
    private let local: BTF
    private var resolver: COREResolver

    /// A relocator for an object and a kernel.
    ///
    /// - Parameters:
    ///   - local: the types of the object, ``ObjectSpecs/types``.
    ///   - target: the types of the kernel; those of the running one are in
    ///     `/sys/kernel/btf/vmlinux`.
    ///   - modules: the types of the kernel's modules, each read with `target` as its base. They
    ///     are asked for only if the kernel itself lacks a type, and only once.
    public init(
        local: BTF,
        target: BTF,
        modules: @escaping () throws -> [BTF] = { [] }
    ) {
        self.local = local
        resolver = COREResolver(
            CORECandidates(local: local, target: target, modules: modules),
            local: local,
            target: target
        )
    }

    /// Puts the kernel's answers into a program's instructions.
    ///
    /// Afterwards the program has no relocations left. If one of them fails the program is as it
    /// was before.
    ///
    /// - Returns: what became of each relocation, in the order of ``ProgramSpec/coreRelocations``.
    /// - Throws: ``COREError`` for the first relocation that cannot be applied.
    public mutating func apply(
        to program: inout ProgramSpec
    ) throws(COREError) -> [COREOutcome] {
        guard !program.coreRelocations.isEmpty else { return [] }
        var instructions = program.instructions
        let outcomes = judge(program, &instructions)
        for outcome in outcomes {
            if case .failed(let error) = outcome.result { throw error }
        }
        program.instructions = instructions
        program.coreRelocations = []
        return outcomes
    }

    /// What would become of each relocation of a program, without changing it.
    public mutating func check(_ program: ProgramSpec) -> [COREOutcome] {
        var instructions = program.instructions
        return judge(program, &instructions)
    }

    /// The index among the outcomes of the relocation that poisoned an instruction, from the
    /// number of the function that the verifier complains about: "invalid func
    /// unknown#195896080" is the first.
    public static func relocation(ofUnknownFunction number: Int32) -> Int? {
        let index = Int(number) - Int(COREPatch.poison)
        return (0..<(1 << 20)).contains(index) ? index : nil
    }

    /// A way into the kernel's own types that answered a relocation.
    struct Way {
        let path: COREPath
        let kind: CORERelocation.Kind
    }

    /// The ways that answered so far, not counting those into modules.
    var ways: [Way] { resolver.ways }

    // MARK: One program

    private mutating func judge(
        _ program: ProgramSpec,
        _ instructions: inout [EncodedInstruction]
    ) -> [COREOutcome] {
        var outcomes: [COREOutcome] = []
        outcomes.reserveCapacity(program.coreRelocations.count)
        for (index, relocation) in program.coreRelocations.enumerated() {
            let line = program.line(at: relocation.slot)
            let result: COREOutcome.Result
            do throws(COREError.Reason) {
                result = try settle(relocation, index, &instructions)
            } catch {
                let subject = local.subject(of: relocation)
                let error = COREError(
                    program: program.name,
                    slot: relocation.slot,
                    line: line,
                    subject: subject,
                    reason: error
                )
                result = .failed(error)
            }
            outcomes.append(
                COREOutcome(relocation: relocation, line: line, result: result, local: local)
            )
        }
        return outcomes
    }

    private mutating func settle(
        _ relocation: CORERelocation,
        _ index: Int,
        _ instructions: inout [EncodedInstruction]
    ) throws(COREError.Reason) -> COREOutcome.Result {
        switch try resolver.resolve(relocation) {
        case .answer(let patch, let found):
            if case .otherSize = try patch.apply(to: &instructions, at: relocation.slot),
                let found, let own = patch.local.access, let other = patch.target.access
            {
                let reason = COREMissing.Reason.otherSize(local: own, target: other)
                let missing = COREMissing(reason: reason, local: local, target: found.types)
                return try poison(missing, relocation, index, &instructions)
            }
            let value = COREOutcome.Value(
                local: patch.local.number,
                target: patch.target.number,
                type: found?.id
            )
            return .resolved(value)
        case .missing(let missing):
            return try poison(missing, relocation, index, &instructions)
        }
    }

    private func poison(
        _ missing: COREMissing,
        _ relocation: CORERelocation,
        _ index: Int,
        _ instructions: inout [EncodedInstruction]
    ) throws(COREError.Reason) -> COREOutcome.Result {
        try COREPatch.poison(&instructions, at: relocation.slot, relocation: index)
        return .missing(missing)
    }
}
