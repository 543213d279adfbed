import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification
import OrderedCollections

/// What `ebpf verify` says about an object, as text and as JSON.
struct VerifyReport {
    let object: String
    /// How many instructions may be looked at.
    let limit: Int
    let showsStatistics: Bool
    let asksKernel: Bool
    var judgements: [Judgement] = []

    /// What was found out about a program.
    struct Judgement {
        let program: ProgramSpec
        let verdict: Verification.Verdict
        let cost: Verification.Statistics
        let kernel: KernelVerdict?
    }

    /// 0 if all programs are accepted, 1 if some are rejected, 2 if some could not be judged.
    var exitCode: Int32 {
        judgements.map { judgement in
            switch judgement.verdict {
            case .accepted: 0
            case .rejected: 1
            case .undecided: Failure.unusableInput
            }
        }.max() ?? 0
    }
}

// MARK: Text

extension VerifyReport {
    /// The rejections as a compiler would print them, then a table of all programs.
    var lines: [String] {
        var lines: [String] = []
        for judgement in judgements { lines += judgement.explanation }
        if showsStatistics {
            for judgement in judgements where !judgement.cost.slots.isEmpty {
                lines += LineCosts(judgement.program, judgement.cost, limit: limit).text + [""]
            }
        }
        lines.append("\(object): \(summary)")
        return lines + table.lines()
    }

    private var summary: String {
        let counts: OrderedDictionary<String, Int> = judgements.reduce(into: [:]) {
            $0[$1.verdict.name, default: 0] += 1
        }
        let parts = counts.map { "\($0.value) \($0.key)" }
        return parts.joined(separator: ", ")
    }

    private var table: TextTable {
        var alignments: [TextTable.Alignment] = [.left, .left, .left]
        var heading = ["program", "section", "verdict"]
        if showsColumns {
            alignments += [.right, .right, .right, .right, .right]
            heading += ["instructions", "processed", "states", "at once", "time"]
        }
        if asksKernel {
            alignments += [.left, .right, .right]
            heading += ["kernel", "processed", "time"]
        }
        var table = TextTable(alignments)
        table.add(heading)
        for judgement in judgements { table.add(row(judgement)) }
        return table
    }

    private var showsColumns: Bool { showsStatistics || asksKernel }

    private func row(_ judgement: Judgement) -> [String] {
        let (program, cost) = (judgement.program, judgement.cost)
        var row = [program.name, program.section, judgement.verdict.name]
        if showsColumns {
            row += [
                "\(program.instructions.count)", "\(cost.processed)", "\(cost.states)",
                "\(cost.peakStates)", Self.text(microseconds: judgement.microseconds),
            ]
        }
        if let kernel = judgement.kernel {
            let mark = judgement.differsFromKernel ? " (!)" : ""
            row += [
                kernel.answer.name + mark, kernel.cost.map { "\($0.processed)" } ?? "",
                kernel.cost?.microseconds.map { Self.text(microseconds: Double($0)) } ?? "",
            ]
        }
        return row
    }

    private static func text(microseconds: Double) -> String {
        guard microseconds >= 1000 else { return "\(rounded(microseconds)) µs" }
        return "\(rounded(microseconds / 1000)) ms"
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

extension VerifyReport.Judgement {
    /// The time of our own walk.
    var microseconds: Double {
        let (seconds, attoseconds) = cost.duration.components
        return Double(seconds) * 1e6 + Double(attoseconds) / 1e12
    }

    /// Whether one verifier accepts what the other rejects.
    var differsFromKernel: Bool {
        switch (verdict, kernel?.answer) {
        case (.accepted, .rejected), (.rejected, .accepted): true
        default: false
        }
    }

    /// Why the program is not accepted, and what the kernel has against it, if we have nothing.
    var explanation: [String] {
        var lines: [String] = []
        switch verdict {
        case .accepted: break
        case .rejected(let rejection): lines += ["\(rejection)", ""]
        case .undecided(let reason): lines += ["program \(program.name): \(reason)", ""]
        }
        switch kernel?.answer {
        case .rejected(let rejection) where differsFromKernel:
            lines += ["the kernel: \(rejection)", ""]
        case .unavailable(let failure): lines += ["the kernel: \(failure)", ""]
        default: break
        }
        return lines
    }
}

extension Verification.Verdict {
    /// The word for it in tables and JSON.
    var name: String {
        switch self {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .undecided: "error"
        }
    }
}

extension KernelVerdict.Answer {
    /// The word for it in tables and JSON.
    var name: String {
        switch self {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .unavailable: "error"
        }
    }
}
