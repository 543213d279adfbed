import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Puts what programs use of the kernel into their instructions: functions, variables with a
/// type, and bare addresses (`extern … __ksym`).
struct ExternalSymbols {
    private var finder: KernelTypeFinder
    private let system: SystemCalls
    /// The object's own types.
    private let local: BTF?
    /// The symbols without a type that all programs of the object name.
    private let bareNames: Set<String>
    private var addresses: [String: [UInt64]]?

    init(_ specs: ObjectSpecs, types: KernelTypes, system: SystemCalls) {
        finder = KernelTypeFinder(types: types)
        self.system = system
        local = specs.types
        // Loops: the types of lazy sequences in each other are made when they are first used, which
        // takes longer than all else here.
        var names: Set<String> = []
        for program in specs.programs.values where program.autoload {
            for reference in program.references {
                guard case .kernelVariable(let name, nil, _) = reference.target else { continue }
                names.insert(name)
            }
        }
        bareNames = names
    }

    private static let call: UInt8 = 0x85
    /// `BPF_PSEUDO_BTF_ID`.
    private static let typedAddress: UInt8 = 3
    /// What takes the place of a call of a weak function that is not there. The verifier knows no
    /// such helper, and names the number if the call can be reached.
    private static let missingFunction: Int32 = 2_002_000_000

    /// Completes an instruction.
    ///
    /// - Parameter descriptors: what the program is loaded with; those of modules are added.
    mutating func resolve(
        _ reference: ProgramReference, in spec: inout ProgramSpec,
        _ descriptors: inout [Int32]
    ) throws(LoadFailure) {
        let slot = reference.slot
        switch reference.target {
        case .kernelFunction(let name, let type, let isWeak):
            let found = try find(name, .function, type, isWeak, spec.name)
            if spec.instructions[slot].opcode == Self.call {
                try setCall(slot, found, in: &spec, &descriptors)
            } else {
                try setAddress(slot, found, in: &spec)
            }
        case .kernelVariable(let name, let type?, let isWeak):
            try setAddress(slot, try find(name, .variable, type, isWeak, spec.name), in: &spec)
        case .kernelVariable(let name, nil, let isWeak):
            setAddress(slot, try address(of: name, isWeak, spec.name), in: &spec)
        case .map, .mapValue: break
        }
    }

    // MARK: Instructions

    private func setCall(
        _ slot: Int, _ found: KernelType?, in spec: inout ProgramSpec, _ descriptors: inout [Int32]
    ) throws(LoadFailure) {
        guard let found else {
            spec.instructions[slot].registers = 0
            spec.instructions[slot].offset = 0
            spec.instructions[slot].immediate = Self.missingFunction &+ Int32(clamping: slot)
            return
        }
        spec.instructions[slot].immediate = Int32(bitPattern: found.id.rawValue)
        guard let descriptor = try descriptor(of: found, spec.name) else { return }
        // The first place stands for the kernel itself.
        if descriptors.isEmpty { descriptors.append(0) }
        let known = descriptors.dropFirst().firstIndex(of: descriptor)
        let index = known ?? descriptors.count
        if known == nil { descriptors.append(descriptor) }
        spec.instructions[slot].offset = Int16(clamping: index)
    }

    private func setAddress(
        _ slot: Int, _ found: KernelType?, in spec: inout ProgramSpec
    ) throws(LoadFailure) {
        guard let found else { return setAddress(slot, 0, in: &spec) }
        guard spec.instructions.indices.contains(slot + 1) else { return }
        spec.instructions[slot].source = Self.typedAddress
        spec.instructions[slot].immediate = Int32(bitPattern: found.id.rawValue)
        spec.instructions[slot + 1].immediate = try descriptor(of: found, spec.name) ?? 0
    }

    private func setAddress(_ slot: Int, _ address: UInt64, in spec: inout ProgramSpec) {
        guard spec.instructions.indices.contains(slot + 1) else { return }
        spec.instructions[slot].source = 0
        spec.instructions[slot].immediate = Int32(truncatingIfNeeded: address)
        spec.instructions[slot + 1].immediate = Int32(truncatingIfNeeded: address >> 32)
    }

    private func descriptor(
        of found: KernelType, _ program: String
    ) throws(LoadFailure) -> Int32? {
        do throws(KernelError) { return try found.module?.descriptor() } catch {
            throw .program(name: program, error)
        }
    }

    // MARK: Types

    /// What the kernel has under a name; `nil` for what may be missing and is.
    private mutating func find(
        _ name: String, _ kind: TypeKind, _ type: TypeID?, _ isWeak: Bool, _ program: String
    ) throws(LoadFailure) -> KernelType? {
        var reason: String
        do throws(KernelError) {
            if let found = try finder.find(EssentialName.of(name), kind: kind) {
                guard let problem = difference(type, found) else { return found }
                reason = problem
            } else {
                reason = isWeak ? "" : try missing(name, kind)
            }
        } catch {
            if isWeak { return nil }
            throw .kernelTypes(neededBy: program, error)
        }
        if isWeak { return nil }
        throw .kernelSymbol(program: program, symbol: name, reason: reason)
    }

    /// How a declaration differs from the kernel's; `nil` if it is compatible.
    private func difference(_ type: TypeID?, _ found: KernelType) -> String? {
        guard let type, let local else { return nil }
        do throws(BTFError) {
            let isCompatible =
                if case .function(_, let prototype, _) = try found.types.type(found.id),
                    case .function(_, let own, _) = try local.type(type)
                {
                    try local.isCompatible(own, with: prototype, of: found.types)
                } else {
                    try local.isCompatible(type, with: found.id, of: found.types)
                }
            return isCompatible ? nil : "the kernel declares it otherwise; see vmlinux.h"
        } catch {
            return "\(error)"
        }
    }

    private func missing(_ name: String, _ kind: TypeKind) throws(KernelError) -> String {
        let kernel = try finder.types.vmlinux()
        let names = kernel.typeIDs.lazy.filter { kernel.kind(of: $0) == kind }.compactMap {
            try? kernel.name(of: $0)
        }
        let noun = kind == .function ? "function" : "variable"
        return "neither the kernel nor a module has such a \(noun)"
            + Spelling.suggestion(for: name, among: names)
            + "; declare it __weak to do without"
    }

    // MARK: Addresses

    private mutating func address(
        of name: String, _ isWeak: Bool, _ program: String
    ) throws(LoadFailure) -> UInt64 {
        let reason: String
        do throws(KernelError) {
            let found = try allAddresses()[name] ?? []
            if found.count == 1, found[0] != 0 { return found[0] }
            if isWeak, found.isEmpty { return 0 }
            reason = try problem(name, found)
        } catch {
            if isWeak { return 0 }
            throw .program(name: program, error)
        }
        throw .kernelSymbol(program: program, symbol: name, reason: reason)
    }

    private func problem(_ name: String, _ found: [UInt64]) throws(KernelError) -> String {
        guard let address = found.first else {
            let names = try KernelSymbols(system: system).names
            return "/proc/kallsyms does not list it"
                + Spelling.suggestion(for: name, among: names)
        }
        guard address != 0 else {
            return "the kernel hides addresses; CAP_SYSLOG and sysctl kernel.kptr_restrict "
                + "below 2 show them"
        }
        return "\(found.count) symbols of the kernel have this name"
    }

    private mutating func allAddresses() throws(KernelError) -> [String: [UInt64]] {
        if let addresses { return addresses }
        let found = try KernelSymbols(system: system).addresses(of: bareNames)
        addresses = found
        return found
    }
}
