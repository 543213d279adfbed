import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What is known about the functions of a kernel that programs call (kfuncs).
///
/// Loaders compare the prototypes that an object declares with those of the kernel; Swift's debug
/// information does not have them for functions of other modules, the kernel's types do.
struct KernelPrototypes {
    private let kernel: BTF?
    private var checked: Set<String> = []
    private var copies: [TypeID: TypeID] = [:]
    /// What the author should know.
    private(set) var warnings: [CompilerDiagnostic] = []

    /// - Parameter kernel: the types of the kernel that programs are for, if they are at hand.
    init(_ kernel: BTF?) { self.kernel = kernel }

    // MARK: Names

    /// Says so if no kernel is known to have a function.
    ///
    /// - Throws: ``LinkFailure`` for a name that is one letter away from a function's, where the
    ///   running kernel has no such function either.
    mutating func check(_ name: String, at line: LineInfo?) throws(LinkFailure) {
        guard checked.insert(name).inserted, KernelFunction(name: name) == nil,
            kernel?.first(named: name, kind: .function) == nil
        else { return }
        let close = Spelling.closest(to: name, among: KernelFunction.all.map(\.name))
        if let close, kernel != nil {
            throw LinkFailure(
                "the kernel has no function \(name)", at: line, remedy: "did you mean \(close)?")
        }
        var warning = LinkFailure(
            "no function \(name) is known that kernel programs may call", at: line,
            remedy: close.map { "did you mean \($0)?" }
                ?? "if a module of the kernel has it, load that module before the program"
        ).diagnostic
        warning.severity = .warning
        warnings.append(warning)
    }

    // MARK: Prototypes

    /// The prototype of a function, among the types of the program; without the kernel's types, one
    /// that takes and returns nothing.
    mutating func prototype(of name: String, _ types: inout SwiftTypes) -> TypeID {
        guard let kernel, let id = kernel.first(named: name, kind: .function),
            let prototype = try? kernel.prototype(of: id)
        else {
            return types.add(.functionPrototype(PrototypeType(result: .void, parameters: [])))
        }
        return copy(prototype, kernel, &types, depth: 0)
    }

    private mutating func copy(
        _ prototype: PrototypeType, _ kernel: BTF, _ types: inout SwiftTypes, depth: Int
    ) -> TypeID {
        let result = copy(prototype.result, kernel, &types, depth: depth)
        let parameters = prototype.parameters.map { parameter in
            PrototypeType.Parameter(
                parameter.name, copy(parameter.type, kernel, &types, depth: depth))
        }
        return types.add(
            .functionPrototype(PrototypeType(result: result, parameters: parameters)))
    }

    /// A type of the kernel among those of the program: structures by their names only, for loaders
    /// look no deeper.
    private mutating func copy(
        _ id: TypeID, _ kernel: BTF, _ types: inout SwiftTypes, depth: Int
    ) -> TypeID {
        guard id != .void, depth < 16, let resolved = try? kernel.resolve(id) else { return .void }
        if let known = copies[resolved] { return known }
        guard let type = try? kernel.type(resolved) else { return .void }
        let copied: TypeID
        switch type {
        case .integer, .float, .forward: copied = types.add(type)
        case .pointer(let target):
            copied = types.add(.pointer(copy(target, kernel, &types, depth: depth + 1)))
        case .array(let array):
            let element = copy(array.element, kernel, &types, depth: depth + 1)
            copied = types.array(element, count: Int(array.count))
        case .structure(let type):
            copied = types.add(.structure(CompositeType(name: type.name, size: 0, members: [])))
        case .union(let type):
            copied = types.add(.union(CompositeType(name: type.name, size: 0, members: [])))
        case .enumeration(var type):
            type.enumerators = []
            copied = types.add(.enumeration(type))
        case .functionPrototype(let prototype):
            copied = copy(prototype, kernel, &types, depth: depth + 1)
        default: return .void
        }
        copies[resolved] = copied
        return copied
    }
}
