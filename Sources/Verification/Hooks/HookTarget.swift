import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What a program of typed arguments attaches to, found in the kernel's types.
struct HookTarget: Hashable, Sendable {
    /// The name that the user gave: a tracepoint, function, hook, iterator, or member.
    let name: String
    /// The kinds of targets.
    let kind: Kind
    /// What the kernel's types call it: the `typedef`, function or struct.
    let type: TypeID
    /// What it takes and returns; parameters have names where the types know them.
    let prototype: PrototypeType
    /// Whether it is part of a module and not of the kernel itself.
    let isInModule: Bool
    /// Why no program can be called as it is, if so.
    let obstacle: TypeFault?

    /// The kinds of targets.
    enum Kind: Hashable, Sendable {
        /// `btf_trace_NAME`.
        case tracepoint
        /// A function of the kernel.
        case function
        /// `bpf_iter_NAME`.
        case iterator
        /// `bpf_lsm_NAME`.
        case securityHook
        /// A member of a struct of functions; the name is the struct's.
        case operation(of: String, index: Int)
    }
}

extension HookTarget {
    /// How the kernel's types name the targets of programs of a kind; `nil` for kinds that have
    /// none, or one in another program.
    private struct Naming {
        let prefix: String
        let kind: TypeKind
        let target: Kind
        let noun: String

        init?(_ type: ProgramType, _ place: AttachType?) {
            switch (type, place) {
            case (.tracing, .traceRawTracepoint):
                (prefix, kind, target, noun) = ("btf_trace_", .alias, .tracepoint, "tracepoint")
            case (.tracing, .traceIterator):
                (prefix, kind, target, noun) = ("bpf_iter_", .function, .iterator, "iterator")
            case (.tracing, .traceFunctionEntry), (.tracing, .traceFunctionExit),
                (.tracing, .modifyReturn):
                (prefix, kind, target, noun) = ("", .function, .function, "function")
            case (.lsm, _):
                (prefix, kind, target, noun) =
                    ("bpf_lsm_", .function, .securityHook, "security hook")
            default: return nil
            }
        }
    }

    /// Finds the target of a program.
    ///
    /// - Parameters:
    ///   - type: the kind of program.
    ///   - place: its attach type.
    ///   - name: what it attaches to; `MODULE:NAME` is found in the module's types, if these are
    ///     the ones given.
    ///   - types: the kernel's, or a module's.
    /// - Returns: `nil` for kinds of programs whose context has no typed arguments.
    /// - Throws: ``TypeFault`` if there is no such target.
    static func find(
        _ type: ProgramType, _ place: AttachType?, _ name: String?, in types: BTF
    ) throws(TypeFault) -> HookTarget? {
        guard let naming = Naming(type, place) else { return nil }
        guard let last = name?.split(separator: ":").last, !last.isEmpty else {
            throw TypeFault(
                .attachTarget, "the program does not say which \(naming.noun) it is for",
                suggestion: "name it in the section, such as SEC(\"tp_btf/sched_switch\")")
        }
        let name = String(last)
        guard let id = types.first(named: naming.prefix + name, kind: naming.kind) else {
            throw TypeFault(
                .attachTarget, "these kernel types have no \(naming.noun) \(name)",
                suggestion: suggestion(for: name, naming, types))
        }
        let prototype = try prototype(of: id, naming.target, name, types)
        return HookTarget(
            name: name, kind: naming.target, type: id,
            prototype: prototype,
            isInModule: types.base != nil && id.rawValue >= types.base?.count ?? 0,
            obstacle: naming.kind == .function ? obstacle(to: name, prototype, types) : nil)
    }

    /// Tracepoints' own types have no names of parameters; the functions that call them have.
    private static func prototype(
        of id: TypeID, _ kind: Kind, _ name: String, _ types: BTF
    ) throws(TypeFault) -> PrototypeType {
        try readingTypes { () throws(BTFError) -> PrototypeType in
            let own = try types.prototype(of: id)
            guard kind == .tracepoint,
                let named = types.first(named: "__traceiter_" + name, kind: .function),
                let prototype = try? types.prototype(of: named),
                prototype.parameters.map(\.type) == own.parameters.map(\.type)
            else { return own }
            return prototype
        }
    }

    private static func suggestion(for name: String, _ naming: Naming, _ types: BTF) -> String? {
        let names = types.typeIDs.lazy.filter { types.kind(of: $0) == naming.kind }.compactMap {
            (try? types.name(of: $0)).flatMap { name in
                name.hasPrefix(naming.prefix) ? String(name.dropFirst(naming.prefix.count)) : nil
            }
        }
        return Spelling.closest(to: name, among: names).map { "did you mean \($0)?" }
    }

    /// Finds a member of a struct of functions.
    ///
    /// - Parameters:
    ///   - member: the name of the member.
    ///   - structure: the name of the struct, such as `tcp_congestion_ops`.
    ///   - types: the kernel's, or a module's.
    /// - Throws: ``TypeFault`` if there is no such member, or it is not a function.
    static func operation(
        _ member: String, of structure: String, in types: BTF
    ) throws(TypeFault) -> HookTarget {
        guard types.first(named: "bpf_struct_ops_" + structure, kind: .structure) != nil,
            let id = types.first(named: structure, kind: .structure),
            let members = types.parts(of: id)
        else {
            throw TypeFault(
                .attachTarget, "this kernel calls no functions of a struct \(structure)")
        }
        let name = Array(member.utf8)
        guard let index = (0..<members.count).first(where: { members.has(name, at: $0) }) else {
            let names = (0..<members.count).map {
                String(decoding: members.name(at: $0), as: UTF8.self)
            }
            throw TypeFault(
                .attachTarget, "struct \(structure) has no member \(member)",
                suggestion: Spelling.closest(to: member, among: names).map { "did you mean \($0)?" }
            )
        }
        guard let type = try? members.type(at: index), types.kind(of: type) == .pointer,
            let prototype = try? types.prototype(of: type)
        else {
            throw TypeFault(
                .attachTarget, "member \(member) of struct \(structure) is not a function")
        }
        return HookTarget(
            name: member, kind: .operation(of: structure, index: index), type: id,
            prototype: prototype,
            isInModule: types.base != nil && id.rawValue >= types.base?.count ?? 0, obstacle: nil)
    }
}
