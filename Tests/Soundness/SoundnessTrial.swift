import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFMaps
public import EBPFObjectFile
import EBPFVerification

/// Programs on trial: what our verifier accepts must run without a fault, and do what was proved; the
/// kernel, where it can be asked, must say the same.
public struct SoundnessTrial {
    /// Whether the running kernel is asked, too.
    public let asksKernel: Bool
    /// How often an accepted program runs.
    public let runCount: Int
    /// What has happened so far.
    public private(set) var counts = Counts()

    /// What has happened.
    public struct Counts: Sendable {
        /// Programs on trial, and those that our verifier accepted.
        public var programs = 0, accepted = 0
        /// Accepted ones of which the ranges of all numbers are known.
        public var ranged = 0
        /// Runs, and instructions that were watched.
        public var runs = 0, steps = 0
        /// Programs about which the kernel was asked.
        public var asked = 0
        /// Why programs were refused.
        public var refusals: [Rejection.Code: Int] = [:]
    }

    /// A trial without any program yet.
    public init(asksKernel: Bool, runCount: Int = 6) {
        self.asksKernel = asksKernel
        self.runCount = runCount
    }

    private static let cpuCount = 2
    private static let budget = 1 << 22

    /// Judges a program and runs it; what is returned is wrong with the verifier, or the machine.
    ///
    /// - Parameter other: another program, of which things are proved instead: then something must
    ///   be wrong.
    public mutating func run(
        _ program: RandomProgram, withFactsOf other: RandomProgram? = nil
    ) throws -> [String] {
        let specs = try program.specs(), judged = try other?.specs() ?? specs
        guard let spec = specs.programs["test"], let judgedSpec = judged.programs["test"]
        else { return [] }
        counts.programs += 1
        let verdict = Self.verification(judgedSpec, judged, ranges: false)
        var findings = asksKernel && !program.callsBack ? disagreement(verdict, specs) : []
        switch verdict.verdict {
        case .rejected(let rejection): counts.refusals[rejection.code, default: 0] += 1
        case .undecided(let reason): findings.append("undecided: \(reason)")
        case .accepted:
            counts.accepted += 1
            guard let facts = verdict.facts else { break }
            let ranges = Self.verification(judgedSpec, judged, ranges: true).facts
            if ranges != nil { counts.ranged += 1 }
            let watch = try Watch(spec.instructions, facts, ranges: ranges)
            findings += try runs(program, specs, watch)
        }
        return findings
    }

    private static func verification(
        _ program: ProgramSpec, _ specs: ObjectSpecs, ranges: Bool
    ) -> Verification {
        var options = Verifier.Options()
        options.cpuCount = cpuCount
        options.collectsFacts = true
        options.collectsRanges = ranges
        if ranges { options.instructionLimit = 200_000 }
        return Verifier(kernelTypes: nil, options: options).verify(program, of: specs)
    }

    // MARK: The kernel

    private mutating func disagreement(_ own: Verification, _ specs: ObjectSpecs) -> [String] {
        counts.asked += 1
        switch (own.verdict, KernelHost().verdict(on: "test", of: specs).answer) {
        case (.accepted, .rejected(let rejection)):
            return [
                "we accept what the kernel refuses, slot \(rejection.slot ?? -1): \(rejection.message)"
            ]
        case (.rejected(let rejection), .accepted):
            return [
                "we refuse what the kernel accepts, slot \(rejection.slot ?? -1): \(rejection.message)"
            ]
        case (_, .unavailable(let failure)): return ["the kernel cannot be asked: \(failure)"]
        default: return []
        }
    }

    // MARK: Running

    private mutating func runs(
        _ program: RandomProgram, _ specs: ObjectSpecs, _ watch: Watch
    ) throws -> [String] {
        var numbers = Numbers(seed: program.seed ^ 0x5eed)
        let options = UserSpaceHost.Options(
            cpuCount: Self.cpuCount, clock: .virtual(), seed: program.seed, budget: Self.budget)
        let observed = try UserSpaceHost(options, observing: { watch.see($0) }).load(specs)
        let plain = try UserSpaceHost(options).load(specs)
        var findings: [String] = []
        for _ in 0..<runCount where findings.isEmpty {
            try Self.fill([observed, plain], &numbers)
            let packet = Self.packet(&numbers)
            counts.runs += 1
            watch.begin()
            let first = Self.outcome(of: observed, on: packet)
            let second = Self.outcome(of: plain, on: packet)
            findings += first.fault.map { ["it faults: \($0)"] } ?? []
            if first != second { findings.append("observed \(first), unobserved \(second)") }
        }
        let result = watch.result
        counts.steps += result.steps
        return findings + result.contradictions
    }

    private struct Outcome: Equatable, CustomStringConvertible {
        var returned: UInt32?
        var packet: [UInt8] = []
        var fault: String?
        var description: String { fault ?? "\(returned ?? 0) \(packet)" }
    }

    private static func outcome(of object: UserSpaceObject, on packet: [UInt8]) -> Outcome {
        do {
            guard let result = try object.programs["test"]?.run(packet: packet, cpu: 0)
            else { return Outcome() }
            return Outcome(returned: result.returned, packet: result.packet)
        } catch {
            return Outcome(fault: "\(error)")
        }
    }

    private static func packet(_ numbers: inout Numbers) -> [UInt8] {
        let length = numbers.pick([14, 20, 34, 60, numbers.pick(14...120), numbers.pick(14...300)])
        return (0..<length).map { _ in
            numbers.chance(30)
                ? numbers.pick([0, 1, 0x7f, 0x80, 0xff]) : UInt8(numbers.pick(0...255))
        }
    }

    /// Gives the maps of all objects the same contents.
    private static func fill(_ objects: [UserSpaceObject], _ numbers: inout Numbers) throws {
        for map in ProgramWriter.maps {
            for key in 0..<UInt8(ProgramWriter.tableCount) where map.isArray || numbers.chance(60) {
                let value = (0..<map.valueSize / 8).flatMap { _ in
                    let word = numbers.wideEdge()
                    return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
                }
                for object in objects { try object.maps[map.name]?.update([key, 0, 0, 0], value) }
            }
        }
    }
}
