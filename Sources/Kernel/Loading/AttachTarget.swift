import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What a program that is attached by a type attaches to (`attach_btf_id` and its companions).
struct AttachTarget: Hashable {
    /// The number of the function, tracepoint or struct among the types.
    var type: TypeID
    /// The descriptor of the module's types, or of the program, that has it; 0 for the kernel.
    var object: UInt32 = 0
    /// The index of the member that a function implements; only for `struct_ops`.
    var member: UInt32?
}

/// Finds attach targets by name in the types of the kernel, of its modules and of programs.
struct AttachTargetFinder {
    private var finder: KernelTypeFinder

    init(types: KernelTypes) { finder = KernelTypeFinder(types: types) }

    /// How the types name what programs of a kind attach to.
    private struct Naming {
        let prefix: String
        let kind: TypeKind
        let noun: String

        init?(_ program: ProgramSpec) {
            switch (program.type, program.attachType) {
            case (.tracing, .traceRawTracepoint):
                (prefix, kind, noun) = ("btf_trace_", .alias, "tracepoint")
            case (.tracing, .traceIterator):
                (prefix, kind, noun) = ("bpf_iter_", .function, "iterator")
            case (.lsm, _):
                (prefix, kind, noun) = ("bpf_lsm_", .function, "security hook")
            case (.tracing, .traceFunctionEntryMulti), (.tracing, .traceFunctionExitMulti),
                (.tracing, .traceFunctionSessionMulti):
                return nil
            case (.tracing, _), (.programExtension, _):
                (prefix, kind, noun) = ("", .function, "function")
            default: return nil
            }
        }
    }

    /// The target of a program; `nil` for kinds that are attached otherwise.
    ///
    /// - Parameter other: the program whose function it is, if it is not the kernel's.
    mutating func find(
        for program: ProgramSpec, in other: KernelProgram?
    ) throws(LoadFailure) -> AttachTarget? {
        guard let naming = Naming(program) else { return nil }
        guard let target = program.attachTarget, !target.isEmpty else {
            throw .unknownTarget(
                program: program.name, target: "nothing",
                reason: "the program's section must name a \(naming.noun): set attachTarget")
        }
        do throws(KernelError) {
            if let other { return try find(target, naming, program, in: other) }
            guard program.type != .programExtension else {
                throw KernelError(
                    "looking for \(target)", .invalidArgument,
                    reason: "it replaces a function of another program",
                    remedy: "say which: load(_:replacing:)")
            }
            if let found = try find(target, naming) { return found }
            let reason = try unknown(target, naming)
            throw KernelError("looking for \(naming.noun) \(target)", .noEntry, reason: reason)
        } catch {
            guard error.errno == .noEntry, let reason = error.reason else {
                throw .kernelTypes(neededBy: program.name, error)
            }
            throw .unknownTarget(
                program: program.name, target: "\(naming.noun) \(target)", reason: reason)
        }
    }

    /// In the kernel, then in its modules; `MODULE:NAME` looks into one module only.
    private mutating func find(
        _ target: String, _ naming: Naming
    ) throws(KernelError) -> AttachTarget? {
        let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
        let name = naming.prefix + (parts.last ?? target)
        let wanted = parts.count == 2 ? parts[0] : nil
        guard let found = try finder.find(name, kind: naming.kind, in: wanted) else { return nil }
        return AttachTarget(type: found.id, object: try found.object())
    }

    private func unknown(_ target: String, _ naming: Naming) throws(KernelError) -> String {
        let kernel = try finder.types.vmlinux()
        let names = kernel.typeIDs.lazy.filter { kernel.kind(of: $0) == naming.kind }.compactMap {
            (try? kernel.name(of: $0)).flatMap { name in
                name.hasPrefix(naming.prefix) ? String(name.dropFirst(naming.prefix.count)) : nil
            }
        }
        return "the kernel's types have no such \(naming.noun)"
            + Spelling.suggestion(for: target, among: names)
    }

    /// In another program, whose own types name its functions.
    private func find(
        _ target: String, _ naming: Naming, _ program: ProgramSpec, in other: KernelProgram
    ) throws(KernelError) -> AttachTarget {
        let types = try other.types()
        guard let id = types.first(named: target, kind: .function) else {
            let names = types.typeIDs.lazy.filter { types.kind(of: $0) == .function }
                .compactMap { try? types.name(of: $0) }
            throw KernelError(
                "looking for \(target)", .noEntry,
                reason: "\(other) has no such function"
                    + Spelling.suggestion(for: target, among: names))
        }
        return AttachTarget(type: id, object: other.number)
    }
}

extension KernelProgram {
    /// The types that the program was loaded with.
    ///
    /// - Throws: ``KernelError``; `ENOENT` if it has none.
    func types() throws(KernelError) -> BTF {
        let action = "reading the types of \(self)"
        let info: ProgramInfo = try descriptor.info(action)
        guard info.typesID != 0 else {
            throw KernelError(action, .noEntry, reason: "it was loaded without type information")
        }
        return try system.types(id: info.typesID, action)
    }
}

extension SystemCalls {
    /// Reads type information that is in the kernel, by its number.
    ///
    /// - Throws: ``KernelError``.
    func types(id: UInt32, _ action: String) throws(KernelError) -> BTF {
        var attributes = ObjectIDAttributes()
        attributes.id = id
        let descriptor = try attempting(action) { () throws(KernelErrno) in
            try openBPF(.typesByID, &attributes)
        }
        let size: TypesInfo = try descriptor.info(action)
        var memory = CallMemory()
        var request = TypesInfo()
        request.types = memory.buffer(count: Int(size.size))
        request.size = size.size
        let _: TypesInfo = try descriptor.info(action, request)
        do throws(BTFError) {
            return try BTF(memory.contents(of: request.types, count: Int(size.size)))
        } catch {
            throw KernelError(action, .invalidArgument, reason: "\(error)")
        }
    }
}
