import EBPFBytecode

/// Finds the instructions that a difference needs: the others do nothing in the reduced program.
struct ProgramReducer {
    /// Which of some runs two engines disagree about; all are asked at once because one process
    /// answers for all of them.
    let differ: ([GuestRun]) throws -> [Bool]

    /// A run that still differs, with as many instructions as possible replaced by `goto +0`.
    func reduced(_ run: GuestRun) throws -> GuestRun {
        var run = run
        while true {
            let candidates = try removable(run)
            let answers = try differ(candidates.map { Self.without([$0], run) })
            let needless = zip(candidates, answers).filter(\.1).map(\.0)
            guard let first = needless.first else { return run }
            let all = Self.without(needless, run)
            let half = Self.without(Array(needless.prefix((needless.count + 1) / 2)), run)
            let tries = [all, half, Self.without([first], run)]
            guard let next = try zip(tries, differ(tries)).first(where: \.1) else { return run }
            run = next.0
        }
    }

    /// The instructions that remain, one a line.
    static func text(_ run: GuestRun) -> String {
        guard let decoded = try? Instruction.decode(run.program) else { return "" }
        return decoded.filter { $0.instruction != .jump(0, long: false) }
            .map { "\($0.slot): \($0.instruction)" }.joined(separator: "\n")
    }

    private func removable(_ run: GuestRun) throws -> [Range<Int>] {
        try Instruction.decode(run.program)
            .filter { $0.instruction != .jump(0, long: false) && $0.instruction != .exit }
            .map { $0.slot..<($0.slot + $0.instruction.slotCount) }
    }

    private static func without(_ ranges: [Range<Int>], _ run: GuestRun) -> GuestRun {
        var run = run
        let nothing = Instruction.jump(0, long: false).encoded
        for slot in ranges.joined() { run.program.replaceSubrange(slot...slot, with: nothing) }
        return run
    }
}
