import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What a global function takes, by its prototype and the tags on its arguments.
struct GlobalFunction {
    let arguments: [Argument]

    /// What an argument must be.
    enum Argument: Hashable {
        /// A number.
        case number
        /// The context.
        case context
        /// Memory of some bytes.
        case memory(size: Int, isNullable: Bool)
        /// Memory that may be gone.
        case untrustedMemory
        /// A dynptr.
        case dynptr
        /// A pointer into an arena.
        case arena
        /// A structure of the kernel that is alive.
        case trusted(TypeID, isNullable: Bool)
        /// A structure of the kernel that may be gone.
        case untrusted(TypeID)
    }

    init(_ number: Int, _ subject: Subject, _ kernelTypes: BTF?) throws(Fault) {
        let function = subject.functions[number]
        guard let types = subject.types, let type = function.type,
            let prototype = try? types.prototype(of: type)
        else {
            throw Fault(
                .globalFunction,
                "nothing is known of the types of \(function.name)(), a global function"
            )
        }
        guard prototype.parameters.count <= 5 else {
            throw Fault(
                .globalFunction,
                "\(function.name)() takes \(prototype.parameters.count) arguments; five are possible"
            )
        }
        var reader = Reader(
            types: types, kernelTypes: kernelTypes, subject: subject, function: type,
            name: function.name)
        var arguments: [Argument] = []
        for (index, parameter) in prototype.parameters.enumerated() {
            arguments.append(try reader.argument(parameter, index))
        }
        self.arguments = arguments
        try reader.checkResult(prototype.result)
    }
}

private struct Reader {
    let types: BTF
    let kernelTypes: BTF?
    let subject: Subject
    let function: TypeID
    let name: String

    mutating func argument(
        _ parameter: PrototypeType.Parameter, _ index: Int
    ) throws(Fault) -> GlobalFunction.Argument {
        let tags = Set(
            ((try? types.declarationTags(on: function, component: index)) ?? []).map(\.name)
                .filter { $0.hasPrefix("arg:") }.map { String($0.dropFirst(4)) })
        guard let resolved = try? types.resolve(parameter.type),
            let type = try? types.type(resolved)
        else { throw unusable(parameter) }
        switch type {
        case .integer(let integer) where integer.size <= 8: return .number
        case .enumeration: return .number
        case .pointer(let target): return try pointer(target, tags, parameter)
        default: throw unusable(parameter)
        }
    }

    private func unusable(_ parameter: PrototypeType.Parameter) -> Fault {
        Fault(
            .globalFunction,
            "argument \(parameter.name) of \(name)() is neither a number nor a pointer to memory of "
                + "a known size",
            suggestion: "make the function static, or give the argument another type")
    }

    private func pointer(
        _ target: TypeID, _ tags: Set<String>, _ parameter: PrototypeType.Parameter
    ) throws(Fault) -> GlobalFunction.Argument {
        if tags.contains("ctx") { return .context }
        guard let resolved = try? types.resolve(target), let type = try? types.type(resolved)
        else { throw unusable(parameter) }
        let isNullable = tags.contains("nullable")
        if tags.contains("arena") { return .arena }
        if isContext(type, target) { return .context }
        if case .structure(let structure) = type, structure.name == "bpf_dynptr" { return .dynptr }
        if tags.contains("trusted") {
            return .trusted(try kernelStructure(type, parameter), isNullable: isNullable)
        }
        if tags.contains("untrusted") {
            if case .structure = type {
                return .untrusted(try kernelStructure(type, parameter))
            }
            return .untrustedMemory
        }
        guard let size = try? types.size(of: resolved), size > 0 else {
            throw Fault(
                .globalFunction,
                "argument \(parameter.name) of \(name)() points to something of unknown size")
        }
        return .memory(size: size, isNullable: !tags.contains("nonnull"))
    }

    private func kernelStructure(
        _ type: BTFType, _ parameter: PrototypeType.Parameter
    ) throws(Fault) -> TypeID {
        guard !type.name.isEmpty,
            let found = kernelTypes?.first(
                named: EssentialName.of(type.name), kind: .structure)
        else {
            throw Fault(
                .globalFunction,
                "argument \(parameter.name) of \(self.name)() points to no structure of the kernel")
        }
        return found
    }

    /// Whether a type is that of the program's context.
    private func isContext(_ type: BTFType, _ target: TypeID) -> Bool {
        if case .structure(let structure) = type {
            if structure.name == subject.type.context?.name, subject.type != .kprobe { return true }
            switch subject.type {
            case .perfEvent: return structure.name == "bpf_perf_event_data"
            case .kprobe:
                return ["pt_regs", "bpf_user_pt_regs_t", "user_pt_regs"].contains(structure.name)
            default: return false
            }
        }
        // Alternative names of contexts: `bpf_user_pt_regs_t`, or 64-bit numbers for raw arguments.
        if case .alias(let alias, _)? = try? types.type(target), alias == "bpf_user_pt_regs_t" {
            return subject.type == .kprobe
        }
        switch subject.type {
        case .rawTracepoint, .rawTracepointWritable, .tracing, .lsm, .structOperations:
            if case .integer(let integer) = type { return integer.size == 8 }
            return false
        case .tracepoint, .syscall:
            return false
        default: return false
        }
    }

    func checkResult(_ result: TypeID) throws(Fault) {
        guard let resolved = try? types.resolve(result), let type = try? types.type(resolved) else {
            return
        }
        switch type {
        case .integer, .enumeration: return
        default:
            throw Fault(
                .globalFunction, "\(name)() returns no number, as global functions must",
                suggestion: "make the function static, or return a number")
        }
    }
}

extension Walk {
    /// Checks a call of a global function by its prototype; what it does is looked at elsewhere.
    mutating func checkGlobalCall(_ number: Int) throws(Fault) {
        let function = subject.functions[number]
        if state.sections.rcu > 0 || state.sections.preemption > 0 || state.sections.interrupts != 0
            || !isSleepableNow, summaries[number].mightSleep
        {
            throw Fault(
                .sleeping, "\(function.name)() may sleep, and is called where nothing may")
        }
        let prototype = try GlobalFunction(number, subject, subject.kernelTypes)
        for (index, argument) in prototype.arguments.enumerated() {
            try check(argument, in: Register.arguments[index], of: function.name)
        }
        if !subject.functions[number].isCalled {
            subject.functions[number].isCalled = true
        }
        if summaries[number].changesPacket { forgetPackets() }
        for register in 0..<6 { state[register] = .uninitialized }
        state[0] = .unknown
    }

    private mutating func check(
        _ argument: GlobalFunction.Argument, in register: Register, of function: String
    ) throws(Fault) {
        let value = try readable(register)
        switch argument {
        case .number:
            guard value.kind == .scalar else {
                throw mismatch(register, value, function, "a number")
            }
        case .context:
            guard value.kind == .context, value.isPointerWithoutOffset else {
                throw mismatch(register, value, function, "the context")
            }
        case .memory(let size, let isNullable):
            if value.isZero, isNullable { return }
            if value.isNullable, !isNullable { throw nullable(value, register) }
            var pointer = value
            pointer.traits.remove(.nullable)
            try checkHelperMemory(
                pointer, register, size: size, emptyIsFine: false, .modify, isKnownSize: true)
        case .untrustedMemory, .untrusted:
            return
        case .dynptr:
            try checkDynptrArgument(value, register)
        case .arena:
            guard value.kind == .arena || value.kind == .scalar else {
                throw mismatch(register, value, function, "a pointer into an arena")
            }
        case .trusted(let type, let isNullable):
            if value.isZero, isNullable { return }
            var certain = value
            certain.traits.remove(.nullable)
            guard value.kind == .structure, !value.isNullable || isNullable, isTrusted(certain),
                typeQuestions.kernel?.matches(
                    TypeID(value.detail), at: Int(value.offset), type) ?? false
            else { throw mismatch(register, value, function, "a trusted pointer") }
        }
    }

    private func mismatch(
        _ register: Register, _ value: RegisterState, _ function: String, _ wanted: String
    ) -> Fault {
        Fault(.globalFunction, "\(register) is \(value.title); \(function)() takes \(wanted) there")
    }

    /// The state in which a global function starts.
    mutating func startGlobal(_ number: Int) throws(Fault) {
        let function = subject.functions[number]
        state = State(function: Int32(number))
        state.slot = Int32(function.start)
        globalFunction = number
        state.frames[0].instance = stackLiveness.instance(
            of: number, function.start..<function.end, caller: -1, callSlot: -1)
        if function.isExceptionCallback {
            state[1] = .unknown
            return
        }
        let prototype = try GlobalFunction(number, subject, subject.kernelTypes)
        for (index, argument) in prototype.arguments.enumerated() {
            state[index + 1] = value(of: argument)
        }
    }

    private mutating func value(of argument: GlobalFunction.Argument) -> RegisterState {
        var value: RegisterState
        switch argument {
        case .number: return .unknown
        case .context: return .pointer(.context)
        case .memory(let size, let isNullable):
            value = .pointer(.memory, isNullable ? [.nullable] : [], detail: UInt32(size))
        case .untrustedMemory: value = .pointer(.memory, [.readOnly, .untrusted])
        case .dynptr:
            value = .pointer(.dynptr, [.firstSlot], detail: RegisterState.DynptrKind.local.rawValue)
            value.id = newID()
        case .arena: value = .pointer(.arena)
        case .trusted(let type, let isNullable):
            value = .pointer(
                .structure, isNullable ? [.trusted, .nullable] : [.trusted], detail: type.rawValue)
        case .untrusted(let type):
            value = .pointer(.structure, [.untrusted], detail: type.rawValue)
        }
        if value.isNullable { value.id = newID() }
        return value
    }
}
