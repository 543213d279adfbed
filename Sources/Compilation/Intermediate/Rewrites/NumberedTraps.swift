/// Every failed check of Swift's calls a function of its own: `__ebpf_trap$12`, where 12 is the
/// number of its place in the debug information.
///
/// So the optimiser does not make one of many, and the linker knows which check each call is: what
/// failed, and where in the user's source.
struct NumberedTraps: IRRewrite {
    /// What the names of these functions begin with.
    static let prefix = "__ebpf_trap$"

    func apply(to module: inout IRModule) throws(IntermediateError) {
        var symbols: Set<String> = []
        for function in module.functions.indices {
            for (index, line) in module.functions[function].body.enumerated() {
                guard let name = line.range(of: "@llvm.trap") else { continue }
                guard line[..<name.lowerBound].hasSuffix("call void "),
                    line[name.upperBound...].hasPrefix("()")
                else { throw IntermediateError(.unknownShape("the end of a failed check"), line) }
                let symbol = "@\(Self.prefix)\(IRText.location(line) ?? 0)"
                symbols.insert(symbol)
                module.functions[function].body[index] =
                    line[..<name.lowerBound] + symbol + line[name.upperBound...]
            }
        }
        module.declarations.removeAll { $0.name == "@llvm.trap" }
        for symbol in symbols.sorted() {
            // What `llvm.trap` promises the optimiser.
            module.declarations.append(
                IRDeclaration(
                    name: symbol,
                    line: "declare void \(symbol)() "
                        + "cold noreturn nounwind memory(inaccessiblemem: write)"))
        }
    }
}
