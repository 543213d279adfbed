import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification
import OrderedCollections

/// One object on trial: its programs before our verifier, and if asked for before the kernel's.
struct VerifySession {
    private let command: VerifyCommand
    private let name: String
    private var specs: ObjectSpecs
    private let types: BTF?
    /// What extensions replace functions of.
    private let target: VerifyTarget?
    /// Who loads the programs.
    private let loader: Loader
    /// What the running kernel keeps from programs.
    private var withheldHelpers: Set<HelperID> = []
    private var unaddressedVariables: Set<String> = []
    /// What the kernel's configuration lacks, for which reason nothing of the object can be loaded.
    private var obstacle: LoadFailure?

    init(
        _ command: VerifyCommand, name: String, _ content: ProgramFile, _ target: VerifyTarget?
    ) throws {
        self.target = target
        loader = try Loader(commandLine: command.loader)
        self.command = command
        self.name = name
        specs = try Self.specs(content, command, name)
        types = try Self.types(command)
        try specs.set(command.settings)
        if let type = try command.type.map({ try ProgramType(commandLine: $0) }) {
            specs.retype(type)
        }
        for flags in command.flags { try specs.add(flags: flags) }
        guard command.btf == nil, KernelTypes.areReadable else { return }
        withheldHelpers = Situation().withheldHelpers
        unaddressedVariables = KernelHost().unaddressedVariables(of: specs)
        do throws(LoadFailure) { try KernelHost().configure(&specs) } catch { obstacle = error }
    }

    /// An object as it is, bytecode as an object of one program.
    private static func specs(
        _ content: ProgramFile, _ command: VerifyCommand, _ name: String
    ) throws -> ObjectSpecs {
        switch content {
        case .object(let specs, _): return specs
        case .bytecode(let instructions):
            guard command.type != nil else {
                throw Failure(message: "\(name): say with --type what kind of program it is")
            }
            let spec = ProgramSpec(name: "program", type: .unspecified, instructions: instructions)
            return ObjectSpecs(name: name, programs: ["program": spec], license: "GPL")
        }
    }

    /// The types that `--btf` names, or the running kernel's, where it shows them.
    private static func types(_ command: VerifyCommand) throws -> BTF? {
        if let btf = command.btf { return try TypesFile.read(btf) }
        return try KernelTypes.running()
    }

    /// Judges the programs that were asked for.
    func run(_ patience: VerifyPatience) throws -> VerifyReport {
        for wanted in command.programs where specs.programs[wanted] == nil {
            throw Failure(message: specs.unknownProgram(wanted, in: name))
        }
        let chosen = specs.programs.values.filter {
            command.programs.isEmpty || command.programs.contains($0.name)
        }
        guard !chosen.isEmpty else { throw Failure(message: "\(name): there are no programs") }
        let verifier = verifier(patience)
        var progress = Progress(total: UInt64(chosen.count))
        var report = VerifyReport(
            object: name, limit: command.limit, showsStatistics: command.stats,
            asksKernel: command.kernel)
        for (index, program) in chosen.enumerated() {
            progress.update(UInt64(index), "\(index) of \(chosen.count) programs")
            patience.begin(program.name)
            report.judgements.append(judge(program, verifier))
        }
        patience.finish()
        progress.finish()
        return report
    }

    private func verifier(_ patience: VerifyPatience) -> Verifier {
        var options = Verifier.Options()
        options.goesOn = { patience.goesOn($0) }
        options.countsSlots = command.stats
        options.instructionLimit = command.limit
        // Against the running kernel, with its processors; against another, with any number.
        if command.btf == nil, let count = try? CPUs.possibleCount() { options.cpuCount = count }
        options.withheldHelpers = withheldHelpers
        options.unaddressedVariables = unaddressedVariables
        options.capabilities = loader.capabilities
        if command.btf == nil { options.guardsSpeculation = Situation().guardsSpeculation }
        return Verifier(kernelTypes: types, options: options)
    }

    private func judge(_ program: ProgramSpec, _ verifier: Verifier) -> VerifyReport.Judgement {
        let target = target?.target(of: program)
        var verification = verifier.verify(program, of: specs, extending: target)
        for _ in 1..<max(command.repetitions, 1) {
            let other = verifier.verify(program, of: specs, extending: target)
            if other.statistics.duration < verification.statistics.duration {
                verification = other
            }
        }
        let kernel = command.kernel ? askKernel(program) : nil
        return VerifyReport.Judgement(
            program: program, verdict: obstacle.map { .undecided("\($0)") } ?? verification.verdict,
            cost: verification.statistics, kernel: kernel)
    }
}

extension VerifySession {
    /// The running kernel's verdict, with the capabilities that were asked for.
    private func askKernel(_ program: ProgramSpec) -> KernelVerdict {
        KernelHost().verdict(on: program.name, of: specs, as: loader.capabilities)
    }
}

extension ObjectSpecs {
    /// Adds flags to all programs, or with `NAME=FLAGS` to one.
    fileprivate mutating func add(flags text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let last = parts.last else {
            throw Failure(message: "--flags: give a name or a number")
        }
        let flags = try ProgramFlags(commandLine: last)
        guard parts.count == 2 else {
            for name in programs.keys { programs[name]?.flags.formUnion(flags) }
            return
        }
        guard programs[parts[0]] != nil else {
            throw Failure(message: "--flags \(text): \(unknownProgram(parts[0], in: name))")
        }
        programs[parts[0]]?.flags.formUnion(flags)
    }
}

extension ProgramFlags {
    private static let names: OrderedDictionary<String, ProgramFlags> = [
        "strict-alignment": .strictAlignment, "any-alignment": .anyAlignment,
        "random-upper-halves": .randomUpperHalves, "frequent-states": .frequentStates,
        "sleepable": .sleepable, "fragments": .fragments, "device-bound": .deviceBound,
        "check-invariants": .checkInvariants,
    ]

    /// Names with commas between them, or the kernel's number.
    fileprivate init(commandLine text: String) throws {
        self = []
        for word in text.split(separator: ",").map(String.init) {
            if let number = UInt32(word) {
                formUnion(ProgramFlags(rawValue: number))
            } else if let flag = Self.names[word] {
                formUnion(flag)
            } else {
                throw Failure(message: "--flags: \(Choice("flag", Self.names.keys).unknown(word))")
            }
        }
    }
}
