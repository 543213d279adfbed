import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Finds out what the arguments of a target are for a program attached to it.
struct ArgumentReader {
    let type: ProgramType
    let place: AttachType?
    let target: HookTarget
    let types: BTF

    /// What an argument is.
    func argument(
        _ parameter: PrototypeType.Parameter, number: Int, at offset: Int
    ) -> BTFContext.Content {
        do throws(TypeFault) {
            return try content(parameter.type, parameter.name, number: number)
        } catch {
            return .fault(error)
        }
    }

    /// What the result is for programs that run after the function; `nil` for others.
    func result() -> BTFContext.Content? {
        let result = target.prototype.result
        switch (type, place) {
        case (.lsm, .lsmMAC): return .number(SecurityHooks.results(of: target))
        case (.lsm, _): return .number(nil)
        case (.tracing, .traceFunctionExit):
            do throws(TypeFault) {
                return try content(result, "result", number: nil)
            } catch {
                return .fault(error)
            }
        case (.tracing, .modifyReturn):
            guard case .integer(let integer)? = try? types.resolvedType(result), integer.size <= 8
            else {
                return .fault(
                    TypeFault(
                        .attachTarget,
                        "\(target.name) does not return a number, so it cannot be changed"))
            }
            return .number(nil)
        default: return nil
        }
    }

    private func content(
        _ type: TypeID, _ name: String, number: Int?
    ) throws(TypeFault) -> BTFContext.Content {
        let resolved = try readingTypes { () throws(BTFError) in try types.resolvedType(type) }
        switch resolved {
        case .integer(let integer) where integer.size <= 8: return .number(nil)
        case .enumeration, .structure, .union: return .number(nil)
        case .pointer(let pointed): return .whole(try pointer(to: pointed, name, number: number))
        default: throw unusable(name, number)
        }
    }

    private func pointer(
        to pointed: TypeID, _ name: String, number: Int?
    ) throws(TypeFault) -> HookArgument {
        let listed = number == nil ? nil : Iterators.argument(name, of: target)
        if case .buffer(let traits)? = listed { return .buffer(traits) }
        let structure = try readingTypes { () throws(BTFError) in try types.resolve(pointed) }
        switch types.kind(of: structure) {
        case nil, .integer: return .number(nil)
        case .structure, .union: break
        default: throw unusable(name, number)
        }
        guard let number else { return .pointer(to: structure, try tags(pointed)) }
        if case .pointer(let traits)? = listed { return .pointer(to: structure, traits) }
        if let traits = operationTraits(number) {
            return .pointer(to: promoted(structure), traits)
        }
        var traits = try tags(pointed).union(isTrusted ? .trusted : [])
        if name.hasSuffix("__nullable") || Tracepoints.mayBeNull(number, of: target) {
            traits.insert(.maybeNull)
        }
        return .pointer(to: promoted(structure), traits)
    }

    private func tags(_ pointed: TypeID) throws(TypeFault) -> PointerTraits {
        try readingTypes { () throws(BTFError) in
            try types.pointerTags(of: pointed).intersection([.user, .perCPU])
        }
    }

    /// Whether the kernel holds what the arguments point to while the program runs.
    private var isTrusted: Bool {
        switch target.kind {
        case .tracepoint, .iterator, .operation: true
        case .function: false
        case .securityHook: SecurityHooks.haveTrustedArguments(target)
        }
    }

    /// What the kernel's own empty implementation of a member says of an argument, by its name:
    /// `cb__nullable` may be null, `skb__ref` is the program's to release.
    private func operationTraits(_ number: Int) -> PointerTraits? {
        guard case .operation(let structure, _) = target.kind,
            let stub = types.first(named: "\(structure)__\(target.name)", kind: .function),
            let parameters = try? types.prototype(of: stub).parameters,
            parameters.indices.contains(number)
        else { return nil }
        let name = parameters[number].name
        if name.hasSuffix("__nullable") { return [.trusted, .maybeNull] }
        return name.hasSuffix("__ref") ? [.trusted, .acquired] : nil
    }

    /// Sockets that congestion control is asked about are always TCP sockets.
    private func promoted(_ structure: TypeID) -> TypeID {
        guard case .operation("tcp_congestion_ops", _) = target.kind,
            types.first(named: "sock", kind: .structure) == structure
        else { return structure }
        return types.first(named: "tcp_sock", kind: .structure) ?? structure
    }

    private func unusable(_ name: String, _ number: Int?) -> TypeFault {
        let what = number.map { "argument \($0 + 1)\(name.isEmpty ? "" : " (\(name))")" }
        return TypeFault(
            .contextAccess,
            "\(what ?? "the result") of \(target.name) is neither a number nor a pointer to a "
                + "struct, so programs cannot load it",
            suggestion: "leave it out, or read it with bpf_get_func_arg()")
    }
}
