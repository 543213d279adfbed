import OrderedCollections

extension Rejection {
    /// What a log of Linux's verifier says about a program, of any release.
    ///
    /// - Parameters:
    ///   - log: all that the verifier wrote, or its end.
    ///   - program: the program, for the lines of its source.
    ///   - relocations: what became of its CO-RE relocations: the instructions of those that the
    ///     kernel could not satisfy are what the verifier stumbles over.
    public init(log: String, of program: ProgramSpec, relocations: [COREOutcome] = []) {
        let parsed = VerifierLog(log)
        let report = VerifierReport(parsed.report)
        let words = Self.telling(parsed.messages).joined(separator: "; ")
        let message = words.isEmpty ? report?.reason ?? "" : words
        var code = Code(message: message)
        if code == .other, let report {
            code = Code(message: report.problem + " " + report.reason)
            if code == .other { code = Code(category: report.category) ?? .other }
        }
        self.init(program: program.name, code: code, message: message)
        self.log = log
        processed = parsed.processed
        registers = parsed.state
        let last = parsed.visits.last
        slot = report?.fault.slot ?? Self.slot(in: message) ?? last?.slot
        if code.isOfWholeProgram { slot = Self.slot(in: message) }
        instruction = Self.text(slot, parsed, report)
        locate(in: program, source: parsed.source)
        path =
            report.map { Self.path($0, program) } ?? Self.path(parsed.visits, program)
        if line?.isSwift ?? false {
            suggestion = code.swiftSuggestion ?? suggestion
        }
        if let advice = report?.suggestion, !advice.isEmpty { suggestion = advice }
        explain(relocations)
    }

    /// The messages without those that only say how functions are verified; they come before the
    /// fault, if they are not the fault themselves.
    private static func telling(_ messages: [Substring]) -> [Substring] {
        let faults = messages.filter { message in
            !message.contains("size cannot be determined")
                && !message.contains("doesn't return scalar") && !message.contains(" has btf_id ")
        }
        return faults.isEmpty ? messages : faults
    }

    private static func text(
        _ slot: Int?, _ log: VerifierLog, _ report: VerifierReport?
    ) -> String {
        if let text = report?.fault.text, !text.isEmpty { return text }
        return log.visits.last { $0.slot == slot }.map { String($0.text) } ?? ""
    }

    private mutating func locate(in program: ProgramSpec, source: Substring) {
        guard let slot else { return }
        function = program.function(at: slot)?.name
        line = program.line(at: slot)
        guard line == nil, let mark = source.ranges(of: " @ ").last else { return }
        let place = source[mark.upperBound...].split(separator: ":")
        guard place.count == 2, let number = Int(place[1]) else { return }
        line = LineInfo(
            slot: slot, file: String(place[0]), line: number, column: 0,
            text: String(source[..<mark.lowerBound]))
    }

    /// Checks of the program's structure say themselves where: `unreachable insn 3`.
    private static func slot(in message: String) -> Int? {
        for words in ["unreachable insn ", "from insn ", "detected at insn ", "at insn "] {
            guard let range = message.firstRange(of: words) else { continue }
            let digits = message[range.upperBound...].prefix { $0.isNumber }
            if let slot = Int(digits) { return slot }
        }
        return nil
    }

    // MARK: The path

    private static let stepLimit = 64

    private static func path(_ report: VerifierReport, _ program: ProgramSpec) -> [Step] {
        report.path.suffix(stepLimit).map { place in
            Step(slot: place.slot, line: place.slot.flatMap(program.line(at:)), note: place.note)
        }
    }

    /// The branches and calls on the path; which way a branch went tells the next instruction.
    private static func path(
        _ visits: [VerifierLog.Visit], _ program: ProgramSpec
    ) -> [Step] {
        var steps: [Step] = []
        for (visit, next) in zip(visits, visits.dropFirst()).reversed() {
            guard steps.count < stepLimit else { break }
            let note: String
            if visit.text.hasPrefix("if "), let goto = visit.text.firstRange(of: " goto") {
                let condition = visit.text[..<goto.lowerBound].dropFirst(3)
                note = "\(condition): \(next.slot == visit.slot + 1 ? "no" : "yes")"
            } else if visit.text.hasPrefix("call pc") {
                note = "calls \(program.function(at: next.slot)?.name ?? "slot \(next.slot)")"
            } else {
                continue
            }
            steps.append(Step(slot: visit.slot, line: program.line(at: visit.slot), note: note))
        }
        return steps.reversed()
    }

    // MARK: What the kernel lacks

    /// If the instruction was poisoned, the relocation says what is missing.
    private mutating func explain(_ relocations: [COREOutcome]) {
        guard code == .missingInKernel || code == .helperNotAllowed,
            let mark = message.firstRange(of: "unknown#"),
            let number = Int32(message[mark.upperBound...].prefix { $0.isNumber }),
            let index = CORERelocator.relocation(ofUnknownFunction: number)
        else { return }
        code = .missingInKernel
        suggestion = code.suggestion
        guard relocations.indices.contains(index) else { return }
        message = "\(relocations[index])"
    }
}

extension Rejection.Code {
    /// Whether no single instruction is at fault.
    fileprivate var isOfWholeProgram: Bool { self == .stackTooLarge || self == .callDepth }
}
