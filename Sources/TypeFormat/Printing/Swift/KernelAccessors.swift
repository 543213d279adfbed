extension BTF {
    /// Members of `KernelPointer` (module `EBPFProgram`) for the fields of kernel types: each reads
    /// its field where the running kernel has it (CO-RE).
    ///
    /// Members of anonymous structs and unions are members of what holds them. What is itself an
    /// object becomes a pointer to it. Bit-fields and fields without a name in C's own words are
    /// left out.
    ///
    /// - Parameter ids: structs or unions with names.
    /// - Throws: ``BTFError``.
    public func swiftAccessors(of ids: [TypeID]) throws(BTFError) -> String {
        var printer = AccessorPrinter(self)
        for id in ids { try printer.write(id) }
        return printer.text
    }

    /// A struct with the arguments of a raw tracepoint by their names, over `RawTracepointContext`
    /// (module `EBPFProgram`); `nil` if there is no such tracepoint.
    ///
    /// - Parameter name: without its group: `sched_process_exec`.
    /// - Throws: ``BTFError``.
    public func swiftArguments(ofRawTracepoint name: String) throws(BTFError) -> String? {
        guard let arguments = try arguments(ofRawTracepoint: name) else { return nil }
        var printer = AccessorPrinter(self)
        try printer.write(arguments, of: name)
        return printer.text
    }

    /// The arguments of a raw tracepoint; `nil` if there is no such tracepoint.
    ///
    /// The kernel's types have them twice: with names in the function that calls who listens
    /// (`__traceiter_NAME`), and always without (`btf_trace_NAME`).
    ///
    /// - Throws: ``BTFError``.
    public func arguments(
        ofRawTracepoint name: String
    ) throws(BTFError) -> [PrototypeType.Parameter]? {
        let found =
            first(named: "__traceiter_\(name)", kind: .function)
            ?? first(named: "btf_trace_\(name)", kind: .alias)
        guard let found else { return nil }
        // The first is the listener's own.
        return Array(try prototype(of: found).parameters.dropFirst())
    }

    /// The names of all raw tracepoints.
    public var rawTracepoints: [String] {
        let mark = "btf_trace_"
        return typeIDs.lazy.filter { kind(of: $0) == .alias }
            .compactMap { try? name(of: $0) }
            .filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    }
}

/// Writes accessors, and an empty type for each kind of object that they lead to.
private struct AccessorPrinter {
    private let types: BTF
    private var declarations: [String] = []
    private var objects: Set<String> = []

    /// Types that the module `EBPFProgram` has a name for.
    private static let known = ["task_struct": "Task"]
    /// Names that members of `KernelPointer` have already.
    private static let taken: Set<String> = [
        "address", "isNil", "field", "inner", "read", "current", "context",
    ]

    init(_ types: BTF) { self.types = types }

    /// The declarations so far.
    var text: String {
        let empty = objects.subtracting(Self.known.keys).sorted().map {
            "/// `struct \($0)` of the kernel.\nenum \($0) {}\n"
        }
        return (["import EBPFProgram\n"] + declarations + empty).joined(separator: "\n")
    }

    // MARK: Fields

    mutating func write(_ id: TypeID) throws(BTFError) {
        let resolved = try types.resolve(id)
        let name = try types.name(of: resolved)
        objects.insert(name)
        var lines = ["extension KernelPointer where Object == \(Self.known[name] ?? name) {"]
        var used: Set<String> = []
        try write(resolved, path: name, &lines, &used)
        declarations.append(lines.joined(separator: "\n") + "\n}\n")
    }

    private mutating func write(
        _ id: TypeID, path: String, _ lines: inout [String], _ used: inout Set<String>,
        depth: Int = 0
    ) throws(BTFError) {
        guard depth < BTF.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        for member in try types.members(of: id) {
            if member.name.isEmpty {
                let inner = try types.resolve(member.type)
                guard [.structure, .union].contains(types.kind(of: inner)) else { continue }
                try write(inner, path: path, &lines, &used, depth: depth + 1)
                continue
            }
            let name = SwiftIdentifier.member(member.name, taken: Self.taken)
            guard member.bitFieldSize == nil, used.insert(name).inserted else { continue }
            let declaration = try types.declaration(of: member.type, name: member.name)
            guard let accessor = try accessor(member.type, name, "\(path).\(member.name)")
            else { continue }
            lines += ["    /// `\(Self.oneLine(declaration))`", "    \(accessor)"]
        }
    }

    /// The member that reads a field; `nil` if there is no way to.
    private mutating func accessor(
        _ id: TypeID, _ name: String, _ path: String
    ) throws(BTFError) -> String? {
        let resolved = try types.resolve(id)
        switch try types.type(resolved) {
        case .structure, .union:
            guard let object = object(resolved) else { return nil }
            return "var \(name): KernelPointer<\(object)> { inner(\"\(path)\") }"
        case .array(let array):
            let isText = try types.size(of: array.element) == 1 && array.count > 1
            guard isText, case .integer(let type) = try types.resolvedType(array.element),
                type.name == "char"
            else { return "var \(name): KernelPointer<()> { inner(\"\(path)\") }" }
            return "func \(name)(into text: inout FixedString<\(array.count)>) "
                + "{ read(\"\(path)\", into: &text) }"
        default:
            guard let type = try value(of: resolved) else { return nil }
            return "var \(name): \(type) { field(\"\(path)\") }"
        }
    }

    // MARK: Arguments

    mutating func write(
        _ arguments: [PrototypeType.Parameter], of name: String
    ) throws(BTFError) {
        var lines = [
            "/// The arguments of the raw tracepoint `\(name)`.",
            "struct \(SwiftIdentifier.type(name))Arguments {",
            "    /// The argument of the program.",
            "    let context: RawTracepointContext",
        ]
        for (index, argument) in arguments.enumerated() {
            let plain = argument.name.isEmpty ? "argument\(index)" : argument.name
            let declaration = try types.declaration(of: argument.type, name: argument.name)
            let member = SwiftIdentifier.member(plain, taken: ["context"])
            lines.append("    /// `\(Self.oneLine(declaration))`")
            let resolved = try types.resolve(argument.type)
            guard let type = try value(of: resolved) else {
                lines.append("    var \(member): UInt64 { context.argument(\(index)) }")
                continue
            }
            let word = "context.argument(\(index))"
            let value =
                type.hasPrefix("KernelPointer")
                ? "\(type)(address: UInt(\(word)))"
                : type == "Bool" ? "\(word) & 0xff != 0" : "\(type)(truncatingIfNeeded: \(word))"
            lines.append("    var \(member): \(type) { \(value) }")
        }
        declarations.append(lines.joined(separator: "\n") + "\n}\n")
    }

    // MARK: Types

    /// The Swift type of a number or a pointer; `nil` for what is neither.
    private mutating func value(of id: TypeID) throws(BTFError) -> String? {
        switch try types.type(id) {
        case .integer(let type):
            if type.encoding.contains(.boolean) { return type.size == 1 ? "Bool" : nil }
            guard [1, 2, 4, 8].contains(type.size) else { return nil }
            return "\(type.encoding.contains(.signed) ? "" : "U")Int\(8 * type.size)"
        case .enumeration(let type):
            return "\(type.isSigned ? "" : "U")Int\(8 * type.size)"
        case .pointer(let target):
            // A pointer to `void` leads nowhere.
            guard let resolved = try? types.resolve(target), let object = object(resolved)
            else { return "UInt" }
            return "KernelPointer<\(object)>"
        default: return nil
        }
    }

    /// What stands for a kind of object; `nil` without a name, or for what is none.
    private mutating func object(_ id: TypeID) -> String? {
        guard [.structure, .union, .forward].contains(types.kind(of: id)),
            let name = try? types.name(of: id), !name.isEmpty
        else { return nil }
        objects.insert(name)
        return Self.known[name] ?? name
    }

    private static func oneLine(_ text: String) -> String {
        text.split { $0.isWhitespace }.joined(separator: " ")
    }
}
