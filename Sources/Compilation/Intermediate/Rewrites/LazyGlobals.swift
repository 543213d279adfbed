/// Globals that Swift initialises when they are first used are initialised by the linker.
///
/// `let counts = HashMap<…>(…)` becomes a token, an initialiser, and `swift_once` before each use.
/// A kernel has no "once": the calls go, and each initialiser becomes a function of its own in a
/// section that the linker runs and removes. After optimisation it is a list of constant stores.
struct LazyGlobals: IRRewrite {
    /// The section of initialisers.
    static let section = ".ebpf.initialize"
    /// What the symbols of initialisers begin with.
    static let symbolPrefix = "@__ebpf_initialize_"

    func apply(to module: inout IRModule) throws(IntermediateError) {
        var initializers: [String: String] = [:]
        for index in module.functions.indices {
            try Self.removeCalls(&module.functions[index], &initializers)
        }
        Self.markDone(Set(initializers.keys), &module)
        let names = initializers.values.sorted()
        for (number, name) in Set(names).sorted().enumerated() {
            let symbol = "\(Self.symbolPrefix)\(number)"
            module.functions.append(
                IRFunction(
                    name: symbol, header: "define void \(symbol)() section \"\(Self.section)\" {",
                    body: ["  call void \(name)(ptr null)", "  ret void"]))
        }
    }

    /// Whether only initialisers need more than the stack of a program.
    ///
    /// - Parameter output: what the generator said when it refused the module.
    static func needStack(_ output: String) -> Bool {
        let errors = output.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        return !errors.isEmpty
            && errors.allSatisfy {
                $0.firstRange(of: "in function \(symbolPrefix.dropFirst())") != nil
                    && $0.firstRange(of: "stack limit") != nil
            }
    }

    /// Takes `call void @swift_once(ptr @token, ptr @initializer, …)` out of a function.
    private static func removeCalls(
        _ function: inout IRFunction, _ initializers: inout [String: String]
    ) throws(IntermediateError) {
        var unknown: String?
        function.body.removeAll { line in
            guard line.range(of: "@swift_once(") != nil else { return false }
            var symbols: [String] = []
            IRText.symbols(line[...]) { symbols.append(String($0)) }
            guard symbols.count >= 3 else {
                unknown = line
                return false
            }
            initializers[symbols[1]] = symbols[2]
            return true
        }
        if let unknown { throw IntermediateError(.unknownShape("swift_once"), unknown) }
    }

    /// Says of each token that its global is initialised already, so that tests of it fold.
    private static func markDone(_ tokens: Set<String>, _ module: inout IRModule) {
        for index in module.globals.indices where tokens.contains(module.globals[index].name) {
            module.globals[index].definition = "internal constant i64 -1, align 8"
        }
        for function in module.functions.indices {
            for (number, line) in module.functions[function].body.enumerated()
            where line.range(of: "load atomic i64, ptr ") != nil {
                guard let token = IRText.firstSymbol(line[...]), tokens.contains(String(token)),
                    let equals = line.range(of: " = ")
                else { continue }
                module.functions[function].body[number] =
                    "\(line[..<equals.lowerBound]) = load i64, ptr \(token), align 8"
            }
        }
    }
}
