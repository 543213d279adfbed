import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Whether an extension fits the function that it replaces (`bpf_check_attach_target`).
struct ExtensionRules {
    /// The extension, as a program of its target's kind.
    private let own: Subject
    /// The program of which a function is replaced.
    private let replaced: Subject
    /// The name of that function.
    private let name: String

    init(_ own: Subject, _ target: ExtensionTarget) throws(Fault) {
        self.own = own
        var reader = SubjectReader(
            target.program, of: target.specs, kernelTypes: own.kernelTypes, unaddressed: [])
        replaced = try reader.read()
        name = target.function ?? own.program.attachTarget ?? target.program.name
    }

    /// A program as the kernel looks at it: in place of its target.
    static func program(
        _ program: ProgramSpec, inPlaceOf target: ExtensionTarget
    ) -> ProgramSpec {
        var adapted = program
        adapted.type = target.program.type
        adapted.attachType = target.program.attachType
        return adapted
    }

    /// Checks everything that is demanded before the extension itself is looked at.
    func check() throws(Fault) {
        switch (replaced.type, replaced.program.attachType) {
        case (.programExtension, _): throw refusal("an extension cannot be extended")
        case (.tracing, .traceFunctionEntry), (.tracing, .traceFunctionExit):
            throw refusal("programs at the beginnings and ends of functions cannot be extended")
        default: break
        }
        guard let number = replaced.functions.firstIndex(where: { $0.name == name }),
            let replacedType = replaced.functions[number].type, let replacedTypes = replaced.types
        else {
            let known = replaced.functions.map(\.name).joined(separator: ", ")
            throw refusal(
                "program \(replaced.program.name) has no function \(name)()", "it has \(known)")
        }
        try checkReplaceable(number, replacedType, replacedTypes)
        guard let types = own.types, let type = own.functions.first?.type else {
            throw refusal("nothing is known of the types of the extension")
        }
        try checkEffects(FunctionSummary.all(own)[0], FunctionSummary.all(replaced)[number])
        try Signatures(
            own: Signature(type, types, own.program.name),
            replaced: Signature(replacedType, replacedTypes, name)
        ).check()
    }

    private func refusal(_ what: String, _ suggestion: String? = nil) -> Fault {
        Fault(.attachTarget, what, suggestion: suggestion)
    }

    /// Only what others call by its types alone can be replaced.
    private func checkReplaceable(
        _ number: Int, _ type: TypeID, _ types: BTF
    ) throws(Fault) {
        if replaced.functions[number].isExceptionCallback {
            throw refusal("\(name)() handles exceptions and cannot be replaced")
        }
        var isReplaceable = false
        if case .function(_, _, .global)? = try? types.type(type) {
            let prototype = try? GlobalFunction(number, replaced, replaced.kernelTypes)
            isReplaceable = number > 0 || prototype?.arguments == [.context]
        }
        guard isReplaceable else {
            throw refusal(
                "\(name)() of program \(replaced.program.name) cannot be replaced: it is static, or its "
                    + "types do not say what it takes",
                "make it global (no static), and give its arguments their own types")
        }
    }

    /// What the function does not do, its callers are not prepared for.
    private func checkEffects(
        _ own: FunctionSummary, _ replaced: FunctionSummary
    ) throws(Fault) {
        if own.changesPacket, !replaced.changesPacket {
            throw refusal(
                "the extension may move the packet, and \(name)(), which it replaces, does not",
                "call something that moves the packet in the function that is to be replaced")
        }
        if own.mightSleep, !replaced.mightSleep {
            throw refusal("the extension may sleep, and \(name)(), which it replaces, does not")
        }
    }
}

/// A function, by its types.
private struct Signature {
    let types: BTF
    let name: String
    let isGlobal: Bool
    let prototype: PrototypeType

    init(_ type: TypeID, _ types: BTF, _ name: String) throws(Fault) {
        self.types = types
        self.name = name
        guard case .function(_, let id, let linkage)? = try? types.type(type),
            case .functionPrototype(let prototype)? = try? types.type(id)
        else {
            throw Fault(.attachTarget, "\(name)() has no types")
        }
        isGlobal = linkage == .global
        self.prototype = prototype
    }

    /// A type as far as signatures are compared: its sort, its size, and the name of the structure that
    /// it points to.
    struct Shape: Hashable, CustomStringConvertible {
        var kind: TypeKind?
        /// How many enumerators it has.
        var count = 0
        var size: Int?
        var structure: String?

        var description: String {
            guard let kind else { return "nothing" }
            let what = structure.map { "a pointer to struct \($0)" } ?? "\(kind)"
            return size.map { "\(what) of \($0) bytes" } ?? what
        }
    }

    func shape(_ type: TypeID) -> Shape {
        guard let found = try? types.resolvedType(type) else { return Shape() }
        var shape = Shape(kind: found.kind)
        switch found {
        case .integer(let integer): shape.size = integer.size
        case .enumeration(let enumeration):
            shape.size = try? types.size(of: type)
            shape.count = enumeration.enumerators.count
        case .structure, .union: shape.size = try? types.size(of: type)
        case .pointer(let target):
            if case .structure(let structure)? = try? types.resolvedType(target) {
                shape.structure = structure.name
            }
        default: break
        }
        return shape
    }
}

/// Two functions, of which one shall replace the other (`btf_check_type_match`).
private struct Signatures {
    let own: Signature
    let replaced: Signature

    func check() throws(Fault) {
        guard own.isGlobal else { throw refusal("\(own.name)() is static: extensions are global") }
        let (count, wanted) = (
            own.prototype.parameters.count, replaced.prototype.parameters.count
        )
        guard count == wanted else {
            throw refusal(
                "\(own.name)() takes \(count) arguments, and \(replaced.name)() takes \(wanted)")
        }
        let (result, other) = (
            own.shape(own.prototype.result), replaced.shape(replaced.prototype.result)
        )
        guard result.kind == other.kind, result.count == other.count else {
            throw refusal(
                "\(own.name)() returns \(result), and \(replaced.name)() returns \(other)")
        }
        for index in 0..<count { try checkArgument(index) }
    }

    private func checkArgument(_ index: Int) throws(Fault) {
        let shape = own.shape(own.prototype.parameters[index].type)
        let other = replaced.shape(replaced.prototype.parameters[index].type)
        let isNumber = shape.kind == .integer || shape.kind == .enumeration
        guard shape.kind == other.kind, shape.size == other.size, shape.count == other.count,
            isNumber || (shape.structure != nil && shape.structure == other.structure)
        else {
            throw refusal(
                "argument \(index + 1) of \(own.name)() is \(shape), and that of \(replaced.name)() "
                    + "\(other)")
        }
    }

    private func refusal(_ what: String) -> Fault {
        Fault(
            .attachTarget, what,
            suggestion: "declare the extension as the function that it replaces")
    }
}
