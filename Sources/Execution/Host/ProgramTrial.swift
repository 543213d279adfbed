import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification

/// The verification of an object's programs before a host runs them.
///
/// What runs is judged: without CO-RE, which does nothing in user space, as long as that gives a
/// verdict; and with the symbols of the kernel that user space has.
struct ProgramTrial {
    let options: UserSpaceHost.Options
    let helpers: HelperTable
    /// The object, with the values of its externs.
    let specs: ObjectSpecs

    /// Judges a program.
    ///
    /// - Throws: ``UserSpaceLoadError/rejected(_:)`` if it is not safe.
    func standing(of program: ProgramSpec) throws(UserSpaceLoadError) -> ProgramStanding {
        guard options.verification != .never else { return .unverified }
        let verdict =
            program.type == .unspecified
            ? .undecided("nothing says what kind of program it is")
            : judge(asSeenHere(program))
        switch verdict {
        case .safe(let facts): return .verified(facts)
        case .unsafe(let rejection): throw .rejected(rejection)
        case .undecided(let reason):
            guard options.verification != .always else {
                throw .undecided(program: program.name, reason: reason)
            }
            return .undecided(reason)
        }
    }

    private enum Verdict {
        case safe(Facts?)
        case unsafe(Rejection)
        case undecided(String)
    }

    /// Types of a kernel are only asked for if it does not go without: reading them takes time.
    private func judge(_ program: ProgramSpec) -> Verdict {
        var first: Verdict?
        if !needsKernelTypes(program) {
            let verdict = judge(program, nil)
            if case .safe = verdict { return verdict }
            first = verdict
        }
        guard let types = options.kernelTypes() else {
            return first ?? .undecided("it needs the types of a kernel, and none are known here")
        }
        if let missing = functionOnlyKnownHere(program, types) {
            return .undecided(
                "user space has \(missing)(), the kernel whose types are known has not")
        }
        return judge(program, types)
    }

    private func judge(_ program: ProgramSpec, _ types: BTF?) -> Verdict {
        var settings = Verifier.Options()
        settings.cpuCount = options.cpuCount
        settings.collectsFacts = true
        let verification = Verifier(kernelTypes: types, options: settings)
            .verify(program, of: specs)
        switch verification.verdict {
        case .accepted:
            let facts = verification.facts
            return .safe(facts?.isAdapted == false ? facts : nil)
        case .rejected(let rejection):
            // That a kernel lacks something says nothing of user space.
            switch rejection.code {
            case .missingInKernel, .attachTarget: return .undecided(rejection.message)
            default: return .unsafe(rejection)
            }
        case .undecided(let reason): return .undecided(reason)
        }
    }

    // MARK: What a program names

    /// The program with only those weak symbols that user space has: the others are null here,
    /// whatever a kernel has.
    private func asSeenHere(_ program: ProgramSpec) -> ProgramSpec {
        var program = program
        for index in program.references.indices {
            switch program.references[index].target {
            case .kernelFunction(let name, let type, isWeak: true)
            where helpers.index(ofKernelFunction: name) == nil:
                program.references[index].target = .kernelFunction(
                    Self.absent(name), type: type, isWeak: true)
            case .kernelVariable(let name, let type, isWeak: true):
                program.references[index].target = .kernelVariable(
                    Self.absent(name), type: type, isWeak: true)
            default: break
            }
        }
        return program
    }

    private static let mark = " (not in user space)"
    private static func absent(_ name: String) -> String { name + mark }

    private func needsKernelTypes(_ program: ProgramSpec) -> Bool {
        switch program.type {
        case .tracing, .lsm, .structOperations, .programExtension: return true
        default: break
        }
        return program.references.contains { reference in
            switch reference.target {
            case .kernelFunction(let name, _, _), .kernelVariable(let name, _, _):
                !name.hasSuffix(Self.mark)
            case .map, .mapValue: false
            }
        }
    }

    /// A weak function that is called here although the verifier would take it for missing.
    private func functionOnlyKnownHere(_ program: ProgramSpec, _ types: BTF) -> String? {
        for reference in program.references {
            guard case .kernelFunction(let name, _, isWeak: true) = reference.target,
                !name.hasSuffix(Self.mark)
            else { continue }
            if types.first(named: EssentialName.of(name), kind: .function) == nil { return name }
        }
        return nil
    }
}
