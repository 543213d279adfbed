/// Who may see what: programs and variables stay visible, everything else may be inlined away.
struct IRLinkage: IRRewrite {
    func apply(to module: inout IRModule) throws(IntermediateError) {
        let programs = Set(RemovingUnused.programs(of: module))
        for index in module.functions.indices {
            let function = module.functions[index]
            let rest = Self.withoutLinkage(function.header.dropFirst("define ".count))
            module.functions[index].header =
                programs.contains(function.name) ? "define \(rest)" : "define internal \(rest)"
        }
        for index in module.globals.indices where !module.globals[index].name.hasPrefix("@llvm.") {
            let global = module.globals[index]
            let rest = Self.withoutLinkage(global.definition)
            if rest.hasPrefix("extern_weak ") { continue }
            // What applications may set must neither be folded nor split up: external linkage
            // keeps the optimiser's hands off.
            let isVariable = rest.hasPrefix("global ") && Self.isOfUser(global.name)
            module.globals[index].definition = (isVariable ? "\(rest)" : "internal \(rest)")[...]
        }
        for index in module.heading.indices where module.heading[index].hasPrefix("target triple") {
            module.heading[index] = "target triple = \"bpfel\""
        }
    }

    /// Whether a symbol is a mangled name of the user's module.
    private static func isOfUser(_ symbol: String) -> Bool {
        let name = IRText.name(symbol)
        let module = "\(ProgramModule.userModule.utf8.count)\(ProgramModule.userModule)"
        return name.hasPrefix("$e" + module) || name.hasPrefix("$s" + module)
    }

    private static let words: Set<Substring> = [
        "weak_odr", "linkonce_odr", "weak", "linkonce", "internal", "private", "common", "external",
        "available_externally", "dso_local", "protected", "hidden", "default",
    ]

    /// A definition without the words that say who sees it.
    static func withoutLinkage(_ definition: Substring) -> Substring {
        var rest = definition
        while let space = rest.firstIndex(of: " "), words.contains(rest[..<space]) {
            rest = rest[rest.index(after: space)...]
        }
        return rest
    }
}
