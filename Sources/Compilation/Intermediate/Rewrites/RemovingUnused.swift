/// Leaves only what programs reach, and takes the bodies of Swift's runtime away.
///
/// An Embedded Swift module carries a runtime: allocation, reference counts, dynamic casts. None of
/// it can work in a kernel. Without bodies, a program that needs a part of it keeps a call that the
/// linker finds and explains at the user's line.
struct RemovingUnused: IRRewrite {
    func apply(to module: inout IRModule) throws(IntermediateError) {
        let programs = Self.programs(of: module)
        Self.withoutRuntime(&module)
        let used = Self.reached(from: programs, in: module)
        module.functions.removeAll { !used.contains($0.name) }
        module.declarations.removeAll { !used.contains($0.name) }
        module.globals.removeAll { !used.contains($0.name) || $0.name == "@llvm.used" }
        module.globals += Self.usedList(programs)
        module.namedMetadata.removeAll { $0.hasPrefix("!swift.") || $0.hasPrefix("!llvm.linker") }
    }

    /// The functions marked `@used`, which are the programs, and the initialisers of globals.
    static func programs(of module: IRModule) -> [String] {
        guard let list = module.globals.first(where: { $0.name == "@llvm.used" }) else { return [] }
        var names: [String] = []
        IRText.symbols(list.definition) { names.append(String($0)) }
        let functions = Set(module.functions.lazy.map(\.name))
        let initializers = module.functions.map(\.name)
            .filter { $0.hasPrefix(LazyGlobals.symbolPrefix) && !names.contains($0) }
        return names.filter { functions.contains($0) && !isRuntime($0) } + initializers
    }

    /// Whether a symbol belongs to the runtime that every Embedded Swift module carries.
    static func isRuntime(_ symbol: String) -> Bool {
        let name = IRText.name(symbol)
        return name.hasPrefix("swift_") || name.hasPrefix("_swift_")
            || name.hasPrefix("$es17swift_") || name.hasPrefix("$es16_emptyBox")
    }

    private static func withoutRuntime(_ module: inout IRModule) {
        for function in module.functions where isRuntime(function.name) {
            module.declarations.append(
                IRDeclaration(name: function.name, line: declaration(of: function.header)))
        }
        module.functions.removeAll { isRuntime($0.name) }
    }

    /// `define weak_odr protected ptr @f(ptr %0) #0 !dbg !1 {` as a declaration.
    private static func declaration(of header: String) -> String {
        let words = IRLinkage.withoutLinkage(header.dropFirst("define ".count))
        let end = words.range(of: ") ")?.lowerBound ?? words.endIndex
        return "declare \(words[..<end]))"
    }

    private static func reached(from roots: [String], in module: IRModule) -> Set<String> {
        let functions = Dictionary(
            module.functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let globals = Dictionary(
            module.globals.map { ($0.name, $0.definition) }, uniquingKeysWith: { first, _ in first }
        )
        var (reached, work) = (Set(roots), roots)
        func visit(_ text: Substring) {
            IRText.symbols(text) { symbol in
                if reached.insert(String(symbol)).inserted { work.append(String(symbol)) }
            }
        }
        while let name = work.popLast() {
            if let function = functions[name] {
                visit(function.header[...])
                for line in function.body { visit(line[...]) }
            } else if let definition = globals[name] {
                visit(definition)
            }
        }
        return reached
    }

    private static func usedList(_ names: [String]) -> [IRGlobal] {
        guard !names.isEmpty else { return [] }
        let list = names.map { "ptr \($0)" }.joined(separator: ", ")
        let definition =
            "appending global [\(names.count) x ptr] [\(list)], section \"llvm.metadata\""
        return [IRGlobal(name: "@llvm.used", definition: definition[...])]
    }
}
