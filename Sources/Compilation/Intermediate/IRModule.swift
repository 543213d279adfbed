/// A module of LLVM's intermediate representation, as text in parts.
///
/// Swift's compiler writes it and clang reads it; the rewrites between them work on this. Only as
/// much is taken apart as they need: lines stay text.
struct IRModule {
    /// What stands before everything else: the source's name, the data layout.
    var heading: [String] = []
    /// `%T = type …`
    var types: [String] = []
    /// Global variables and constants, in order.
    var globals: [IRGlobal] = []
    /// Functions with bodies, in order.
    var functions: [IRFunction] = []
    /// `declare …`, by the name of the function.
    var declarations: [IRDeclaration] = []
    /// `attributes #0 = { … }`
    var attributes: [String] = []
    /// `!name = !{…}`
    var namedMetadata: [String] = []
    /// `!0 = …`
    var metadata: IRMetadata
}

/// A global variable: `@name = linkage global …`.
struct IRGlobal {
    /// The name with its `@`, and quotes if it needs them.
    let name: String
    /// What follows `name = `.
    var definition: Substring
}

/// A function that is only declared.
struct IRDeclaration {
    /// The name with its `@`.
    let name: String
    /// The line.
    var line: String
}

/// A function with its body.
struct IRFunction {
    /// The name with its `@`, and quotes if it needs them.
    let name: String
    /// The line that begins it: `define … @name(…) … {`.
    var header: String
    /// The lines between the braces.
    var body: [String]
}

// MARK: Reading

extension IRModule {
    /// Takes the text of a module apart.
    ///
    /// - Throws: ``IntermediateError`` for a line that is none of the known kinds: a compiler that
    ///   writes something new must be looked at, not guessed about.
    init(_ text: String) throws(IntermediateError) {
        var nodes: [String] = []
        var function: IRFunction?
        self.metadata = IRMetadata([])
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            if function != nil {
                if line == "}" {
                    if let function { functions.append(function) }
                    function = nil
                } else {
                    function?.body.append(String(line))
                }
                continue
            }
            function = try add(line, &nodes)
        }
        if let function { throw IntermediateError(.unknownLine, function.header) }
        metadata = IRMetadata(nodes)
    }

    /// Adds a line that is not in a function; returns the function that it begins.
    private mutating func add(
        _ line: Substring, _ nodes: inout [String]
    ) throws(IntermediateError) -> IRFunction? {
        switch line.utf8.first {
        case UInt8(ascii: ";"): break
        case UInt8(ascii: "%"): types.append(String(line))
        case UInt8(ascii: "@"): globals.append(try global(line))
        case UInt8(ascii: "!"):
            if line.dropFirst().utf8.first.map({ $0 >= 48 && $0 <= 57 }) ?? false {
                nodes.append(String(line))
            } else {
                namedMetadata.append(String(line))
            }
        default: return try addStatement(line)
        }
        return nil
    }

    private mutating func addStatement(
        _ line: Substring
    ) throws(IntermediateError) -> IRFunction? {
        if line.hasPrefix("define ") {
            guard let name = IRText.firstSymbol(line), line.hasSuffix("{")
            else { throw IntermediateError(.unknownLine, String(line)) }
            return IRFunction(name: String(name), header: String(line), body: [])
        }
        if line.hasPrefix("declare ") {
            guard let name = IRText.firstSymbol(line)
            else { throw IntermediateError(.unknownLine, String(line)) }
            declarations.append(IRDeclaration(name: String(name), line: String(line)))
        } else if line.hasPrefix("attributes ") {
            attributes.append(String(line))
        } else if line.hasPrefix("source_filename") || line.hasPrefix("target ") {
            heading.append(String(line))
        } else if line.hasPrefix("module asm") || line.hasPrefix("$") {
            // Assembly and comdats belong to the machine that Swift thinks it compiles for.
        } else {
            throw IntermediateError(.unknownLine, String(line))
        }
        return nil
    }

    private func global(_ line: Substring) throws(IntermediateError) -> IRGlobal {
        guard let name = IRText.firstSymbol(line),
            line[name.endIndex...].hasPrefix(" = ")
        else { throw IntermediateError(.unknownLine, String(line)) }
        let definition = line[line.index(name.endIndex, offsetBy: 3)...]
        return IRGlobal(name: String(name), definition: definition)
    }
}

// MARK: Writing

extension IRModule {
    /// The module as text that clang reads.
    var text: String {
        var text = ""
        func add(_ lines: some Sequence<String>) {
            for line in lines {
                text += line
                text += "\n"
            }
        }
        add(heading)
        add(types)
        for global in globals { text += "\(global.name) = \(global.definition)\n" }
        for function in functions {
            text += function.header
            text += "\n"
            add(function.body)
            text += "}\n"
        }
        add(declarations.map(\.line))
        add(attributes)
        add(namedMetadata)
        add(metadata.lines)
        return text
    }
}
