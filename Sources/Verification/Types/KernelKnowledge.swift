import EBPFBytecode
import EBPFTypeFormat
import Synchronization

/// What was found out about a kernel's types: it is the same for all programs, so that a verifier
/// asks once.
final class KernelKnowledge: Sendable {
    let types: BTF
    private let contents: Mutex<Contents>

    private struct Contents: Sendable {
        var answers: KernelAnswers
        var shapes: [TypeID: BTFType] = [:]
        var prototypes: [TypeID: PrototypeType] = [:]
        var perCPU: Set<TypeID>?
    }

    init(_ types: BTF) {
        self.types = types
        contents = Mutex(Contents(answers: KernelAnswers(types)))
    }

    /// How many decoded types, or answers, are kept.
    private static let limit = 4096

    /// A type, decoded; `nil` if there is none.
    func shape(of id: TypeID) -> BTFType? {
        if let known = contents.withLock({ $0.shapes[id] }) { return known }
        guard let shape = try? types.type(id) else { return nil }
        contents.withLock {
            if $0.shapes.count >= Self.limit { $0.shapes = [:] }
            $0.shapes[id] = shape
        }
        return shape
    }

    /// The prototype of a function.
    func prototype(of function: TypeID) -> PrototypeType? {
        if let known = contents.withLock({ $0.prototypes[function] }) { return known }
        guard let prototype = try? types.prototype(of: function) else { return nil }
        contents.withLock {
            if $0.prototypes.count >= Self.limit { $0.prototypes = [:] }
            $0.prototypes[function] = prototype
        }
        return prototype
    }

    /// Whether each CPU has a variable of its own.
    func isPerCPU(_ variable: TypeID) -> Bool {
        if let known = contents.withLock({ $0.perCPU }) { return known.contains(variable) }
        let section = try? types.dataSection(".data..percpu")
        let variables = Set(section?.variables.map(\.type) ?? [])
        contents.withLock { $0.perCPU = variables }
        return variables.contains(variable)
    }

    /// The answers that were kept, for one verification: nobody else has them meanwhile, so that
    /// they grow where they are.
    func takeAnswers() -> KernelAnswers {
        contents.withLock { contents in
            var taken = KernelAnswers(types)
            swap(&taken, &contents.answers)
            return taken
        }
    }

    /// Keeps the answers for the next verification.
    func keep(_ answers: consuming KernelAnswers) {
        guard answers.count <= Self.limit else { return }
        contents.withLock { $0.answers = answers }
    }
}

/// Answers about a kernel's types.
struct KernelAnswers: Sendable {
    var access: StructureAccess
    var names: NamedAnswers

    init(access: StructureAccess, names: NamedAnswers) {
        (self.access, self.names) = (access, names)
    }

    init(_ types: BTF) { self.init(access: StructureAccess(types), names: NamedAnswers()) }

    /// How many there are.
    var count: Int { access.count + names.count }
}

/// What was looked for by name.
struct NamedAnswers: Sendable {
    /// Structures by name; a name that was looked for in vain has none.
    private var structures: [String: TypeID?] = [:]
    private var members: [Hook: WritableMembers] = [:]

    private struct Hook: Hashable {
        let type: ProgramType
        let operations: String?
    }

    /// How many there are.
    var count: Int { structures.count }

    /// The members of kernel structures that programs of a type may write.
    mutating func writableMembers(
        _ type: ProgramType, _ operations: String?, _ types: BTF
    ) -> WritableMembers {
        let hook = Hook(type: type, operations: operations)
        if let known = members[hook] { return known }
        let found = WritableMembers(type, operations: operations, types: types)
        members[hook] = found
        return found
    }

    /// A structure by its name.
    mutating func structure(named name: String, _ types: BTF) -> TypeID? {
        if let known = structures[name] { return known }
        let found = types.first(named: name, kind: .structure)
        structures[name] = .some(found)
        return found
    }
}
