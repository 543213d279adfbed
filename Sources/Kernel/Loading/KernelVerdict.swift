public import EBPFBytecode
public import EBPFObjectFile

/// What the running kernel says about one program of an object.
public struct KernelVerdict: Sendable {
    /// The judgement.
    public let answer: Answer
    /// What it cost, if the verifier came to an end.
    public let cost: VerifierCost?

    /// What became of a program.
    public enum Answer: Sendable {
        /// The verifier lets it pass.
        case accepted
        /// The verifier refuses it.
        case rejected(Rejection)
        /// It did not come as far as the verifier: a map, a target or a right is missing.
        case unavailable(LoadFailure)
    }
}

extension KernelHost {
    /// Asks the kernel's verifier about one program, as a process with fewer capabilities would.
    ///
    /// Only this thread gives up the others, and only until the answer is there. Without
    /// `CAP_SYS_ADMIN` and `CAP_BPF` most kernels do not answer.
    public func verdict(
        on program: String, of specs: ObjectSpecs, as capabilities: Capabilities
    ) -> KernelVerdict {
        guard capabilities != .all else { return verdict(on: program, of: specs) }
        do throws(KernelErrno) {
            return try system.limiting(to: capabilities) { verdict(on: program, of: specs) }
        } catch {
            let failure = KernelError("giving up capabilities", error)
            return KernelVerdict(answer: .unavailable(.program(name: program, failure)), cost: nil)
        }
    }

    /// Asks the kernel's verifier about one program.
    ///
    /// The program is loaded alone, with only the maps that it names, and is gone again at once:
    /// nothing is attached or pinned.
    public func verdict(on program: String, of specs: ObjectSpecs) -> KernelVerdict {
        let (statistics, trace): (UInt32, UInt32) = (4, 1)
        let alone = specs.isolating(program)
        var host = self
        host.options.logLevel = statistics
        do throws(LoadFailure) {
            let object = try host.load(alone)
            return KernelVerdict(
                answer: .accepted, cost: object.logs[program].flatMap { VerifierCost(log: $0) })
        } catch .rejected(let first) {
            // The trace tells where and why, but writing it takes longer than verifying.
            host.options.logLevel = trace
            var rejection = first
            do throws(LoadFailure) { _ = try host.load(alone) } catch {
                if case .rejected(let traced) = error { rejection = traced }
            }
            return KernelVerdict(answer: .rejected(rejection), cost: VerifierCost(log: first.log))
        } catch {
            return KernelVerdict(answer: .unavailable(error), cost: nil)
        }
    }

    /// Gives the variables of the kernel's configuration (`extern … __kconfig`) the values that
    /// they have in the running kernel, as loading does.
    ///
    /// - Throws: ``LoadFailure`` for one that the kernel does not know and that is not weak.
    public func configure(_ specs: inout ObjectSpecs) throws(LoadFailure) {
        var configuration = ConfigurationVariables(types: types, system: system)
        try configuration.fill(&specs)
    }

    /// The kernel's variables that programs of an object name and whose addresses the running
    /// kernel does not know: one without `CONFIG_KALLSYMS_ALL` knows none, and refuses such programs.
    public func unaddressedVariables(of specs: ObjectSpecs) -> Set<String> {
        var names: Set<String> = []
        for reference in specs.programs.values.flatMap(\.references) {
            guard case .kernelVariable(let name, .some, _) = reference.target else { continue }
            names.insert(name)
        }
        guard !names.isEmpty, let symbols = try? KernelSymbols(system: system) else { return [] }
        return names.filter { !symbols.contains($0) }
    }
}

extension ObjectSpecs {
    /// The object with one program and what it names; nothing is shared with other objects.
    fileprivate func isolating(_ program: String) -> ObjectSpecs {
        var alone = self
        for name in programs.keys where name != program { alone.programs[name] = nil }
        alone.programs[program]?.autoload = true
        let named = mapsNeeded(by: program)
        for (name, spec) in maps {
            guard named.contains(name) else {
                alone.maps[name] = nil
                continue
            }
            alone.maps[name]?.pinning = .none
            alone.maps[name]?.pinPath = nil
            if spec.maxEntries == 0 { alone.maps[name]?.maxEntries = spec.type.leastEntries }
            guard spec.type != .structOperations else { continue }
            alone.maps[name]?.initialValues.removeAll { initial in
                if case .program(let other) = initial.content { other != program } else { false }
            }
        }
        return alone
    }

    /// The maps that a program names, those in them, and the structs that it is a function of.
    private func mapsNeeded(by program: String) -> Set<String> {
        var waiting: [String] = []
        for reference in programs[program]?.references ?? [] {
            switch reference.target {
            case .map(let name), .mapValue(let name, _): waiting.append(name)
            case .kernelFunction, .kernelVariable: break
            }
        }
        for (name, spec) in maps where spec.type == .structOperations {
            if spec.initialValues.contains(where: { $0.content == .program(program) }) {
                waiting.append(name)
            }
        }
        var needed: Set<String> = []
        while let name = waiting.popLast() {
            guard needed.insert(name).inserted else { continue }
            for initial in maps[name]?.initialValues ?? [] {
                if case .map(let inner) = initial.content { waiting.append(inner) }
            }
        }
        return needed
    }
}
