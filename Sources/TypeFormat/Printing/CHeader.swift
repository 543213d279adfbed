extension BTF {
    /// All types as a C header, each after those that it needs: the `vmlinux.h` of a kernel.
    ///
    /// Compiled for a BPF machine, every struct and union has the layout that is recorded here,
    /// and an access to a member is adapted to the running kernel when the program is loaded.
    /// Kernel functions that programs may call are declared at the end.
    ///
    /// - Parameters:
    ///   - roots: the types that are wanted, with all they need; without them, all.
    ///   - guardName: the macro that keeps the header from being read twice.
    /// - Returns: the text of the header.
    /// - Throws: ``BTFError`` if a type contains itself or refers to nothing.
    public func header(
        of roots: [TypeID]? = nil,
        guardName: String = "__VMLINUX_H__"
    ) throws(BTFError) -> String {
        var header = CHeader(self, names: try CNames(self))
        for id in roots ?? Array(typeIDs) { try header.add(id) }
        if roots == nil { try header.addUnusedEnumerations() }
        let functions = try roots == nil ? header.kernelFunctions() : ""
        return """
            #ifndef \(guardName)
            #define \(guardName)

            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #pragma clang attribute push (__attribute__((preserve_access_index)), \
            apply_to = record)
            #endif


            """ + header.text + """

                #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
                #pragma clang attribute pop
                #endif
                \(functions)
                #endif

                """
    }
}

/// Definitions being put into an order in which C accepts them.
///
/// A struct must stand before what contains it, and at least be declared before what points to
/// it; a typedef must stand before everything that mentions it.
private struct CHeader {
    private(set) var text = ""
    private var printer: CPrinter
    private let types: BTF
    /// Definitions that are printed, or will be once what they need is.
    private var begun: Set<TypeID> = []
    /// Definitions that are printed.
    private var done: Set<TypeID> = []
    /// Tags that are declared, such as `struct node`.
    private var declared: Set<String> = []

    init(_ types: BTF, names: CNames) {
        self.types = types
        printer = CPrinter(types, names: names)
    }

    /// Adds a type and all it needs.
    mutating func add(_ id: TypeID) throws(BTFError) {
        switch types.kind(of: id) {
        case .structure, .union, .enumeration, .enumeration64:
            // Those without a name are printed where they are used.
            guard try !types.name(of: id).isEmpty else { return }
            try need(id, complete: true, depth: 0)
        case .alias, .forward: try need(id, complete: true, depth: 0)
        default: return
        }
    }

    /// Enumerations without a name whose enumerators have not been printed with a member.
    mutating func addUnusedEnumerations() throws(BTFError) {
        for id in types.typeIDs {
            guard types.kind(of: id) == .enumeration || types.kind(of: id) == .enumeration64
            else { continue }
            try define(id)
        }
    }

    /// The functions of a kernel that are marked as callable from programs.
    mutating func kernelFunctions() throws(BTFError) -> String {
        var lines = ""
        for id in types.typeIDs where types.kind(of: id) == .declarationTag {
            guard case .declarationTag(let tag) = try types.type(id), tag.name == "bpf_kfunc",
                tag.component == nil, types.kind(of: tag.target) == .function
            else { continue }
            try need(tag.target, complete: false, depth: 0)
            let declaration = try printer.declare(tag.target, "", indentation: 0, depth: 0)
            lines +=
                "extern \(declaration) __attribute__((weak)) __attribute__((section(\".ksyms\")));\n"
        }
        guard !lines.isEmpty else { return "" }
        return "\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n\(lines)#endif\n"
    }

    /// Prints what must stand before a type is used: its definition if it must be complete,
    /// else enough to point to it.
    private mutating func need(_ id: TypeID, complete: Bool, depth: Int) throws(BTFError) {
        try printer.step(id, depth: depth, limit: Self.depthLimit)
        // Most needs are of pointers to a struct that stands there already: it is not decoded.
        if try isMet(id, complete: complete) { return }
        let type = try types.type(id)
        switch type {
        case .constant(let target), .volatile(let target), .restrict(let target),
            .typeTag(_, let target, _), .variable(_, let target, _):
            try need(target, complete: complete, depth: depth + 1)
        case .pointer(let target): try need(target, complete: false, depth: depth + 1)
        case .array(let array): try need(array.element, complete: true, depth: depth + 1)
        case .function(_, let prototype, _):
            try need(prototype, complete: false, depth: depth + 1)
        case .functionPrototype(let prototype):
            try need(prototype.result, complete: false, depth: depth + 1)
            for parameter in prototype.parameters {
                try need(parameter.type, complete: false, depth: depth + 1)
            }
        case .alias(_, let target):
            if begun.insert(id).inserted {
                try need(target, complete: false, depth: depth + 1)
                try define(id)
            }
            if complete { try need(target, complete: true, depth: depth + 1) }
        case .structure(let composite), .union(let composite):
            try need(composite, id, depth: depth)
        case .enumeration(let enumeration):
            if !enumeration.name.isEmpty { try define(id) }
        case .forward(let name, let isUnion):
            let tag = printer.names.forwardTag(name, isUnion: isUnion)
            declare((isUnion ? "union " : "struct ") + tag, id)
        case .void, .integer, .float, .dataSection, .declarationTag: break
        }
    }

    /// Whether a type's definition stands there or is being made, or a declaration is enough, which
    /// is made then.
    private mutating func isMet(_ id: TypeID, complete: Bool) throws(BTFError) -> Bool {
        switch types.kind(of: id) {
        case .enumeration, .enumeration64: return done.contains(id)
        case .structure, .union:
            if done.contains(id) { return true }
            let name = try types.name(of: id)
            guard !name.isEmpty else { return false }
            if complete { return begun.contains(id) }
            let keyword = types.kind(of: id) == .union ? "union " : "struct "
            declare(keyword + printer.names.tag(of: id, named: name), id)
            return true
        default: return false
        }
    }

    /// Prints what a struct or union needs, and then itself if it has a name.
    private mutating func need(
        _ composite: CompositeType, _ id: TypeID, depth: Int
    ) throws(BTFError) {
        if !composite.name.isEmpty { begun.insert(id) }
        for member in composite.members {
            try need(member.type, complete: true, depth: depth + 1)
        }
        if !composite.name.isEmpty { try define(id) }
    }

    private mutating func define(_ id: TypeID) throws(BTFError) {
        guard done.insert(id).inserted else { return }
        if let definition = try printer.definition(of: id) { text += definition + "\n" }
    }

    /// Declares the tag of a struct or union, unless that has been done.
    private mutating func declare(_ tag: String, _ id: TypeID) {
        guard !done.contains(id), declared.insert(tag).inserted else { return }
        text += tag + ";\n\n"
    }

    /// How deep types may need each other; in a kernel it is below 100.
    private static let depthLimit = 400
}
