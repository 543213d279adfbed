public import EBPFBytecode
public import EBPFObjectFile
public import EBPFTypeFormat

/// Judges programs as Linux 6.18 does, without a kernel.
///
/// ```swift
/// let verifier = Verifier(kernelTypes: nil)
/// for program in specs.programs.values {
///     print(program.name, verifier.verify(program, of: specs).verdict)
/// }
/// ```
public struct Verifier: Sendable {
    /// The types of the kernel that the programs are for; `nil` where none are known: then programs
    /// that name structures of the kernel cannot be judged.
    public let kernelTypes: BTF?
    /// How strictly, and how long, it looks.
    public var options: Options
    /// What was found out about the kernel's types.
    private let knowledge: KernelKnowledge?

    /// A verifier for programs of a kernel with these types.
    public init(kernelTypes: BTF?, options: Options = Options()) {
        self.kernelTypes = kernelTypes
        self.options = options
        knowledge = kernelTypes.map(KernelKnowledge.init)
    }

    /// How strictly, and how long, a verifier looks.
    public struct Options: Sendable {
        /// How many instructions it looks at, on all paths, before a program is too complex
        /// (`BPF_COMPLEXITY_LIMIT_INSNS`).
        public var instructionLimit = 1_000_000
        /// How many CPUs the kernel may have: `bpf_get_smp_processor_id()` returns less.
        public var cpuCount = 8192
        /// What whoever loads the program may do. Without `CAP_PERFMON` programs must not show
        /// addresses of the kernel, not even by what a processor does on a wrong guess; without
        /// `CAP_BPF` there are no loops and functions besides.
        public var capabilities: Capabilities = .all
        /// Whether the kernel guards itself against wrong guesses of processors: not if it was
        /// started with `mitigations=off`.
        public var guardsSpeculation = true
        /// The helpers that the kernel keeps from programs, for its lockdown.
        public var withheldHelpers: Set<HelperID> = []
        /// Variables of the kernel whose addresses it does not know, as one without
        /// `CONFIG_KALLSYMS_ALL` does not: it refuses programs that name them.
        public var unaddressedVariables: Set<String> = []
        /// Whether it also says what it proved: see ``Verification/facts``.
        public var collectsFacts = false
        /// Whether the facts contain the ranges of numbers. The walk is longer then, because paths
        /// are followed that differ in nothing but numbers that do not matter to safety; a
        /// program near the limit may be found too complex.
        public var collectsRanges = false
        /// Whether it counts what each instruction costs.
        public var countsSlots = false
        /// Asked now and then whether to go on; if not, the verdict is
        /// ``Verification/Verdict/undecided(_:)``.
        public var goesOn: (@Sendable (Progress) -> Bool)?
        /// After how many instructions it is asked again.
        public var instructionsBetweenQuestions = 8192

        /// Linux's own limits.
        public init() {}
    }
}

extension Verifier {
    /// How far a verification is.
    public struct Progress: Hashable, Sendable {
        /// How many instructions were looked at.
        public let processed: Int
        /// How many may be.
        public let limit: Int
        /// How many branches still wait to be looked at.
        public let waiting: Int
    }

    /// Judges a program of an object.
    ///
    /// Nothing is changed, loaded or run. The object tells what the program's maps are like, and
    /// which global data is constant.
    ///
    /// - Parameters:
    ///   - program: the program, as the object file describes it or as it was edited.
    ///   - specs: the object.
    ///   - target: what the program replaces a function of, if it is an extension (`freplace`).
    /// - Returns: the verdict, and what it cost.
    public func verify(
        _ program: ProgramSpec, of specs: ObjectSpecs, extending target: ExtensionTarget? = nil
    ) -> Verification {
        if program.type == .programExtension, target == nil {
            return Verification(
                program: program.name,
                verdict: .undecided(
                    "an extension can only be judged together with the program that it extends "
                        + "(ebpf verify --target FILE:PROGRAM)"),
                statistics: .init())
        }
        let subject: Subject
        do throws(Fault) {
            subject = try read(program, of: specs, extending: target)
        } catch {
            return rejected(program, error, nil, .init())
        }
        subject.prepareTypes()
        let clock = ContinuousClock()
        let start = clock.now
        var judge: Judge
        do throws(Fault) {
            judge = try Judge(subject, specs, options, knowledge)
        } catch {
            return rejected(program, error, nil, .init())
        }
        let fault = judge.judge()
        var statistics = judge.statistics
        if judge.wasStopped {
            return Verification(
                program: program.name,
                verdict: .undecided(
                    "the verification was stopped after \(statistics.processed) instructions"),
                statistics: statistics)
        }
        statistics.duration = clock.now - start
        defer { judge.giveBack() }
        if let fault {
            judge.explain(fault)
            return rejected(subject.program, fault, judge.scene, statistics)
        }
        let isAdapted = subject.program.instructions != program.instructions
        return Verification(
            program: program.name, verdict: .accepted, statistics: statistics,
            facts: judge.facts(isAdapted: isAdapted))
    }

    /// Makes a program ready, as what it stands for.
    private func read(
        _ program: ProgramSpec, of specs: ObjectSpecs, extending target: ExtensionTarget?
    ) throws(Fault) -> Subject {
        let isExtension = program.type == .programExtension
        let adapted =
            target.map { isExtension ? ExtensionRules.program(program, inPlaceOf: $0) : program }
            ?? program
        var reader = SubjectReader(
            adapted, of: specs, kernelTypes: kernelTypes,
            unaddressed: options.unaddressedVariables)
        var subject = try reader.read()
        subject.isExtension = isExtension
        if isExtension, let target { try ExtensionRules(subject, target).check() }
        return subject
    }

    private func rejected(
        _ program: ProgramSpec, _ fault: Fault, _ scene: Judge.Scene?,
        _ statistics: Verification.Statistics
    ) -> Verification {
        var rejection = Rejection(program: program.name, code: fault.code, message: fault.message)
        rejection.slot = fault.slot ?? scene?.slot
        if let scene, fault.slot == nil || fault.slot == scene.slot {
            rejection.registers = scene.registers
            rejection.path = scene.path
        }
        rejection.processed = statistics.processed
        if let slot = rejection.slot {
            rejection.line = program.line(at: slot)
            rejection.function = program.function(at: slot)?.name
            rejection.instruction = Self.text(program, slot)
        }
        rejection.suggestion = Self.suggestion(
            fault, scene?.advice, rejection.line, leaving: program.type == .xdp ? "XDP_PASS" : "0")
        return Verification(
            program: program.name, verdict: .rejected(rejection), statistics: statistics)
    }

    /// What is told of the program at hand comes first, then of the fault, then of all its kind.
    private static func suggestion(
        _ fault: Fault, _ advice: Advice?, _ line: LineInfo?, leaving leave: String
    ) -> String? {
        let isSwift = line?.isSwift ?? false
        if let advice { return advice.text(inSwift: isSwift, at: line, leaving: leave) }
        guard isSwift else { return fault.suggestion ?? fault.code.suggestion }
        let own = fault.code.isToldInC ? nil : fault.suggestion
        return own ?? fault.code.swiftSuggestion
    }

    private static func text(_ program: ProgramSpec, _ slot: Int) -> String {
        guard slot < program.instructions.count,
            let instruction = try? Instruction(decoding: program.instructions, at: slot)
        else { return "" }
        return "\(instruction)"
    }
}

extension Rejection.Code {
    /// Whether what is suggested at the place of the fault is written in C.
    fileprivate var isToldInC: Bool {
        switch self {
        case .missingInKernel, .packetBounds, .unbounded, .possiblyNegative, .outOfBounds,
            .invalidPointer:
            true
        default: false
        }
    }
}
