import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Answers about the structures of the kernel and of the program.
struct TypeQuestions {
    var kernel: StructureAccess?
    /// What was found in the kernel's types by name.
    private var names: NamedAnswers?
    /// The kernel's types, decoded.
    let knowledge: KernelKnowledge?
    var program: StructureAccess?
    /// The special parts of the program's own types.
    private var records: [TypeID: SpecialRecord] = [:]

    init(_ subject: Subject, _ knowledge: KernelKnowledge?) {
        self.knowledge = knowledge
        if let answers = knowledge?.takeAnswers() {
            kernel = answers.access
            names = answers.names
        }
        program = subject.types.map { StructureAccess($0) }
    }

    /// No questions.
    init() { knowledge = nil }

    /// Keeps what was found out about the kernel for the next program.
    mutating func giveBack() {
        guard let kernel = kernel.take(), let names = names.take() else { return }
        knowledge?.keep(KernelAnswers(access: kernel, names: names))
    }

    /// The members of kernel structures that programs of a type may write.
    mutating func writableMembers(
        _ type: ProgramType, _ environment: Environment
    ) -> WritableMembers {
        kernel.flatMap {
            names?.writableMembers(type, environment.target?.operations, $0.types)
        } ?? .none
    }

    /// A structure of the kernel by its name.
    mutating func structure(named name: String) -> TypeID? {
        kernel.flatMap { names?.structure(named: name, $0.types) }
    }

    /// The special parts of one of the program's own types.
    mutating func record(of type: TypeID) -> SpecialRecord {
        if let known = records[type] { return known }
        guard let types = program?.types else { return SpecialRecord() }
        let found = SpecialRecord(of: type, types: types, kernelTypes: kernel?.types)
        records[type] = found
        return found
    }

    /// What the address of a variable of the kernel is.
    func variable(_ id: TypeID) throws(Fault) -> RegisterState {
        guard let types = kernel?.types, let type = knowledge?.shape(of: id) else {
            throw Fault(.missingInKernel, "there is no variable \(id) in the kernel's types")
        }
        guard case .variable(_, let content, _) = type else {
            // The address of a function points to memory of no size: it is only known not to be null.
            return .pointer(.memory, [.readOnly])
        }
        let isPerCPU = isPerCPU(id)
        guard let resolved = try? types.resolve(content), let shape = knowledge?.shape(of: resolved)
        else { return .unknown }
        switch shape {
        case .structure, .union:
            return .pointer(
                .structure, isPerCPU ? [.perCPU, .trusted] : [.trusted], detail: resolved.rawValue)
        default:
            if isPerCPU {
                return .pointer(.structure, [.perCPU, .trusted], detail: resolved.rawValue)
            }
            guard let size = try? types.size(of: resolved) else { return .unknown }
            return .pointer(.memory, [.readOnly], detail: UInt32(clamping: size))
        }
    }

    private func isPerCPU(_ id: TypeID) -> Bool {
        knowledge?.isPerCPU(id) ?? false
    }
}

extension RegisterState.Traits {
    /// As answers about types say it.
    init(_ traits: PointerTraits) {
        self = []
        if traits.contains(.trusted) { insert(.trusted) }
        if traits.contains(.rcu) { insert(.rcu) }
        if traits.contains(.maybeNull) { insert(.nullable) }
        if traits.contains(.untrusted) { insert(.untrusted) }
        if traits.contains(.user) { insert(.user) }
        if traits.contains(.perCPU) { insert(.perCPU) }
        if traits.contains(.allocated) { insert(.allocated) }
        if traits.contains(.nonOwning) { insert(.borrowed) }
        if traits.contains(.readOnly) { insert(.readOnly) }
    }
}

extension RegisterState {
    /// As questions about types take it.
    var pointerTraits: PointerTraits {
        var result: PointerTraits = []
        if traits.contains(.trusted) { result.insert(.trusted) }
        if traits.contains(.rcu) { result.insert(.rcu) }
        if traits.contains(.nullable) { result.insert(.maybeNull) }
        if traits.contains(.untrusted) { result.insert(.untrusted) }
        if traits.contains(.user) { result.insert(.user) }
        if traits.contains(.perCPU) { result.insert(.perCPU) }
        if traits.contains(.allocated) { result.insert(.allocated) }
        if traits.contains(.borrowed) { result.insert(.nonOwning) }
        if traits.contains(.readOnly) { result.insert(.readOnly) }
        if reference != 0 { result.insert(.acquired) }
        return result
    }
}
