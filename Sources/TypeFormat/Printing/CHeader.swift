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
        String(decoding: try headerBytes(of: roots, guardName: guardName), as: UTF8.self)
    }

    /// ``header(of:guardName:)`` as bytes, for those who write it somewhere.
    ///
    /// - Throws: ``BTFError`` if a type contains itself or refers to nothing.
    public func headerBytes(
        of roots: [TypeID]? = nil,
        guardName: String = "__VMLINUX_H__"
    ) throws(BTFError) -> [UInt8] {
        let source = IndexedTypes(self)
        var header = CHeader(source, names: try CNames(source))
        header.begin(guardName)
        if let roots {
            for id in roots { try header.add(id) }
            header.end([])
        } else {
            for id in typeIDs { try header.add(id) }
            try header.addUnusedEnumerations()
            header.end(try header.kernelFunctions())
        }
        return header.bytes
    }
}

/// Definitions being put into an order in which C accepts them.
///
/// A struct must stand before what contains it, and at least be declared before what points to
/// it; a typedef must stand before everything that mentions it.
private struct CHeader {
    private var printer: CPrinter<IndexedTypes>
    private let source: IndexedTypes
    /// How far each type has come.
    private var states: [State]
    /// Tags that are declared, such as `struct node`.
    private var declared: Set<[UInt8]> = []

    private struct State: OptionSet {
        let rawValue: UInt8

        /// Its definition is printed, or will be once what it needs is.
        static let begun = State(rawValue: 1)
        /// Its definition is printed.
        static let done = State(rawValue: 2)
        /// Its tag is declared.
        static let declared = State(rawValue: 4)
    }

    init(_ source: IndexedTypes, names: CNames) {
        self.source = source
        printer = CPrinter(source, names: names)
        states = Array(repeating: [], count: source.count)
        // A type takes about as much room in C.
        printer.text.reserve(32 * source.count)
    }

    var bytes: [UInt8] { printer.text.bytes }

    mutating func begin(_ guardName: String) {
        let text = """
            #ifndef \(guardName)
            #define \(guardName)

            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #pragma clang attribute push (__attribute__((preserve_access_index)), \
            apply_to = record)
            #endif


            """
        printer.text.append(Array(text.utf8))
    }

    mutating func end(_ functions: [UInt8]) {
        printer.text.append(
            "\n#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n#pragma clang attribute pop\n#endif\n")
        printer.text.append(functions)
        printer.text.append("\n#endif\n")
    }

    /// Adds a type and all it needs.
    mutating func add(_ id: TypeID) throws(BTFError) {
        switch source.kind(of: id) {
        case .structure?, .union?, .enumeration?, .enumeration64?:
            // Those without a name are printed where they are used.
            guard try !source.name(of: id).isEmpty else { return }
            try need(id, complete: true, depth: 0)
        case .alias?, .forward?: try need(id, complete: true, depth: 0)
        default: return
        }
    }

    /// Enumerations without a name whose enumerators have not been printed with a member.
    mutating func addUnusedEnumerations() throws(BTFError) {
        for number in 1..<UInt32(source.count) {
            let id = TypeID(number)
            let kind = source.kind(of: id)
            guard kind == .enumeration || kind == .enumeration64 else { continue }
            try define(id)
        }
    }

    /// The functions of a kernel that are marked as callable from programs.
    mutating func kernelFunctions() throws(BTFError) -> [UInt8] {
        var lines = CText()
        let mark = Array("bpf_kfunc".utf8)
        for number in 1..<UInt32(source.count)
        where source.kind(of: TypeID(number)) == .declarationTag {
            let id = TypeID(number)
            let target = try source.target(of: id)
            guard source.word(3, of: id) == .max, source.kind(of: target) == .function,
                try source.name(of: id).map(source.stringByte) == mark
            else { continue }
            try need(target, complete: false, depth: 0)
            let start = printer.text.count
            printer.text.append("extern ")
            try printer.declare(target, .name(0..<0), indentation: 0, depth: 0)
            printer.text.append(" __attribute__((weak)) __attribute__((section(\".ksyms\")));\n")
            lines.append(printer.text.cut(from: start))
        }
        guard !lines.isEmpty else { return [] }
        var text = CText()
        text.append("\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n")
        text.append(lines.bytes)
        text.append("#endif\n")
        return text.bytes
    }

    /// Prints what must stand before a type is used: its definition if it must be complete,
    /// else enough to point to it.
    private mutating func need(_ id: TypeID, complete: Bool, depth: Int) throws(BTFError) {
        try printer.step(id, depth: depth, limit: Self.depthLimit)
        guard let kind = source.kind(of: id) else { return }
        switch kind {
        case .constant, .volatile, .restrict, .typeTag, .variable:
            try need(source.target(of: id), complete: complete, depth: depth + 1)
        case .pointer, .function:
            try need(source.target(of: id), complete: false, depth: depth + 1)
        case .array:
            let element = try source.reference(source.word(3, of: id), in: id)
            try need(element, complete: true, depth: depth + 1)
        case .functionPrototype:
            try need(source.target(of: id), complete: false, depth: depth + 1)
            for index in 0..<source.partCount(of: id) {
                let type = try source.reference(source.word(4 + 2 * index, of: id), in: id)
                try need(type, complete: false, depth: depth + 1)
            }
        case .alias:
            if begin(id) {
                try need(source.target(of: id), complete: false, depth: depth + 1)
                try define(id)
            }
            if complete { try need(source.target(of: id), complete: true, depth: depth + 1) }
        case .structure, .union: try needComposite(id, kind, complete: complete, depth: depth)
        case .enumeration, .enumeration64: if try !source.name(of: id).isEmpty { try define(id) }
        case .forward: try declare(id, isUnion: source.hasFlag(id))
        case .integer, .float, .dataSection, .declarationTag: break
        }
    }

    /// Prints what a struct or union needs, and then itself if it has a name; if it need not be
    /// complete, its name is enough.
    private mutating func needComposite(
        _ id: TypeID, _ kind: TypeKind, complete: Bool, depth: Int
    ) throws(BTFError) {
        let state = states[Int(id.rawValue)]
        if state.contains(.done) || complete && state.contains(.begun) { return }
        let hasName = try !source.name(of: id).isEmpty
        if hasName {
            guard complete else { return try declare(id, isUnion: kind == .union) }
            _ = begin(id)
        }
        for index in 0..<source.partCount(of: id) {
            let type = try source.reference(source.word(4 + 3 * index, of: id), in: id)
            try need(type, complete: true, depth: depth + 1)
        }
        if hasName { try define(id) }
    }

    /// Takes note that a definition will be printed; false if that is known.
    private mutating func begin(_ id: TypeID) -> Bool {
        if states[Int(id.rawValue)].contains(.begun) { return false }
        states[Int(id.rawValue)].insert(.begun)
        return true
    }

    private mutating func define(_ id: TypeID) throws(BTFError) {
        guard !states[Int(id.rawValue)].contains(.done) else { return }
        states[Int(id.rawValue)].insert(.done)
        if try printer.define(id) { printer.text.append(UInt8(ascii: "\n")) }
    }

    /// Declares the tag of a struct or union, unless that has been done.
    private mutating func declare(_ id: TypeID, isUnion: Bool) throws(BTFError) {
        guard states[Int(id.rawValue)].isDisjoint(with: [.done, .declared]) else { return }
        states[Int(id.rawValue)].insert(.declared)
        let start = printer.text.count
        try printer.writeDeclaration(of: id, isUnion: isUnion)
        let tag = printer.text.cut(from: start)
        guard declared.insert(tag).inserted else { return }
        printer.text.append(tag)
        printer.text.append(";\n\n")
    }

    /// How deep types may need each other; in a kernel it is below 100.
    private static let depthLimit = 400
}
