/// Questions about the running kernel's types: calls with a literal become symbols.
///
/// `__ebpf_core_offset("task_struct.tgid")` becomes the address of a symbol whose name says what is
/// asked; the linker writes the CO-RE record that answers it when the program is loaded.
struct TypeRelocations: IRRewrite {
    /// What the names of such symbols begin with.
    static let prefix = "__ebpf_core$"

    func apply(to module: inout IRModule) throws(IntermediateError) {
        let literals = Self.literals(module.globals)
        var symbols: Set<String> = []
        for function in module.functions.indices {
            for (index, line) in module.functions[function].body.enumerated()
            where line.range(of: "@__ebpf_core_") != nil {
                module.functions[function].body[index] = try Self.replace(
                    line, literals, &symbols)
            }
        }
        module.declarations.removeAll { $0.name.hasPrefix("@__ebpf_core_") }
        for symbol in symbols.sorted() {
            module.globals.append(IRGlobal(name: symbol, definition: "extern_weak global i8"))
        }
    }

    /// `%1 = call i64 @__ebpf_core_offset(ptr @.str.16.task_struct.tgid)`
    private static func replace(
        _ line: String, _ literals: [String: Substring], _ symbols: inout Set<String>
    ) throws(IntermediateError) -> String {
        guard let equals = line.range(of: " = "), let name = line.range(of: "@__ebpf_core_"),
            let open = line[name.upperBound...].firstIndex(of: "("),
            let close = line[open...].firstIndex(of: ")")
        else { throw IntermediateError(.unknownShape("a question about types"), line) }
        let kind = line[name.upperBound..<open]
        guard let argument = IRText.firstSymbol(line[open..<close]),
            let path = literals[String(argument)]
        else { throw IntermediateError(.pathIsNotLiteral, line) }
        let question = "\(prefix)\(kind)$\(path.replacing(".", with: "$"))"
        let symbol = "@\"\(question)\""
        symbols.insert(symbol)
        return line[..<equals.lowerBound] + " = ptrtoint ptr \(symbol) to i64"
            + line[line.index(after: close)...].drop { $0 != "," }
    }

    /// The texts of string constants, by their symbols.
    private static func literals(_ globals: [IRGlobal]) -> [String: Substring] {
        var literals: [String: Substring] = [:]
        for global in globals {
            guard let start = global.definition.range(of: " x i8] c\""),
                let end = global.definition[start.upperBound...].range(of: "\\00\"")
            else { continue }
            literals[global.name] = global.definition[start.upperBound..<end.lowerBound]
        }
        return literals
    }
}
