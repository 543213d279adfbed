import EBPFTypeFormat

/// Answers the questions of relocations, each once.
struct COREResolver {
    private var candidates: CORECandidates
    private let local: BTF
    private let target: BTF
    private var known: [Question: Resolution] = [:]
    /// What led to answers in the kernel's own types.
    private(set) var ways: [CORERelocator.Way] = []

    /// What is known about a question.
    enum Resolution {
        /// The numbers for the instruction, and the kernel's type they are from.
        case answer(COREPatch, CORECandidates.Candidate?)
        case missing(COREMissing)
    }

    /// A relocation without its place: programs ask the same again and again.
    private struct Question: Hashable {
        let type: TypeID
        let access: String
        let kind: CORERelocation.Kind
    }

    init(_ candidates: CORECandidates, local: BTF, target: BTF) {
        self.candidates = candidates
        self.local = local
        self.target = target
    }

    /// The answer to the question of a relocation.
    mutating func resolve(_ relocation: CORERelocation) throws(COREError.Reason) -> Resolution {
        let question = Question(
            type: relocation.type,
            access: relocation.access,
            kind: relocation.kind
        )
        if let known = known[question] { return known }
        let resolution = try search(relocation)
        known[question] = resolution
        return resolution
    }

    private mutating func search(
        _ relocation: CORERelocation
    ) throws(COREError.Reason) -> Resolution {
        let path = try COREPath(relocation, in: local)
        let own = try value(of: path, relocation.kind) { .localTypes($0) }
        guard relocation.kind != .typeIDLocal
        else { return .answer(COREPatch(local: own, target: own, mayResize: false), nil) }
        let findings = try compare(path, relocation)
        guard let first = findings.matches.first else {
            guard relocation.kind.isAnsweredByAbsence else {
                return .missing(
                    COREMissing(
                        reason: findings.reason,
                        local: local,
                        target: findings.types ?? target
                    )
                )
            }
            let absent = COREValue(number: 0, isChecked: own.isChecked)
            return .answer(COREPatch(local: own, target: absent, mayResize: false), nil)
        }
        candidates.narrow(relocation.type, to: findings.matches.map(\.candidate))
        for match in findings.matches where !match.candidate.isInModule {
            ways.append(CORERelocator.Way(path: match.path, kind: relocation.kind))
        }
        let patch = COREPatch(
            local: own,
            target: first.value,
            mayResize: try mayResize(own, first.value, in: first.candidate.types)
        )
        return .answer(patch, first.candidate)
    }

    // MARK: Candidates

    private struct Match {
        let candidate: CORECandidates.Candidate
        let path: COREPath
        let value: COREValue

        var text: String {
            "\(candidate.types.spelling(of: candidate.id)) \(candidate.id) gives \(value.number)"
        }
    }

    private struct Findings {
        var matches: [Match] = []
        /// Why the last of those that do not match does not, and in which types.
        var reason: COREMissing.Reason
        var types: BTF?
    }

    /// Looks for the way in each candidate; those that have it must agree on where it leads.
    private mutating func compare(
        _ path: COREPath,
        _ relocation: CORERelocation
    ) throws(COREError.Reason) -> Findings {
        var findings = Findings(reason: .noType(local: relocation.type))
        for candidate in try candidates.find(relocation.type) {
            let outcome: COREMatcher.Outcome
            do {
                var matcher = COREMatcher(path, relocation.kind, in: candidate.types)
                outcome = try matcher.match(candidate.id)
            } catch {
                throw .targetTypes(error)
            }
            switch outcome {
            case .missing(let reason):
                (findings.reason, findings.types) = (reason, candidate.types)
            case .found(let found):
                let value = try value(of: found, relocation.kind) { .targetTypes($0) }
                let match = Match(candidate: candidate, path: found, value: value)
                if let first = findings.matches.first {
                    try check(first, match)
                }
                findings.matches.append(match)
            }
        }
        return findings
    }

    private func check(_ first: Match, _ second: Match) throws(COREError.Reason) {
        guard
            first.path.bitOffset != second.path.bitOffset
                || first.value.number != second.value.number
        else { return }
        throw .ambiguous(first.text, second.text)
    }

    private func value(
        of path: COREPath,
        _ kind: CORERelocation.Kind,
        _ reason: (BTFError) -> COREError.Reason
    ) throws(COREError.Reason) -> COREValue {
        do {
            return try path.value(of: kind)
        } catch {
            switch error {
            case .types(let error): throw reason(error)
            case .noField: throw .noField(kind)
            }
        }
    }

    // MARK: Sizes

    /// Whether a load of one field may become a load of the other: both are pointers, or both are
    /// unsigned integers, which are extended with zeros.
    private func mayResize(
        _ own: COREValue,
        _ other: COREValue,
        in types: BTF
    ) throws(COREError.Reason) -> Bool {
        guard own.accessSize != other.accessSize, let ours = own.access, let theirs = other.access
        else { return true }
        do throws(BTFError) {
            switch (try local.type(ours), try types.type(theirs)) {
            case (.pointer, .pointer): return true
            case (.integer(let own), .integer(let other)):
                return own.encoding != .signed && other.encoding != .signed
            default: return false
            }
        } catch {
            throw .targetTypes(error)
        }
    }
}

extension CORERelocation.Kind {
    /// Whether 0 is the answer if the kernel lacks what is asked about.
    fileprivate var isAnsweredByAbsence: Bool {
        switch self {
        case .fieldExists, .typeExists, .typeSize, .typeIDTarget, .typeMatches,
            .enumeratorExists:
            true
        case .fieldByteOffset, .fieldByteSize, .fieldSigned, .fieldLeftShift, .fieldRightShift,
            .typeIDLocal, .enumeratorValue:
            false
        }
    }
}
