import EBPFObjectFile

/// What of Swift no kernel program can do, found before code is generated: afterwards only calls of
/// a library would be left, and not the user's line.
struct UnsupportedFeatures {
    private var places: IRPlaces

    init(_ metadata: IRMetadata, sources: Set<String>) {
        places = IRPlaces(metadata, sources: sources)
    }

    /// Looks through all functions that programs reach.
    ///
    /// - Throws: the first use of a collection, a string or floating point, at the user's line if it
    ///   has one. Collections come first: a dictionary computes its load with floating point.
    mutating func check(_ module: IRModule) throws(LinkFailure) {
        try check(module, Self.library)
        try check(module, Self.arithmetic)
    }

    private typealias Refusal = (message: String, remedy: String)

    private mutating func check(
        _ module: IRModule, _ refusal: (String) -> Refusal?
    ) throws(LinkFailure) {
        var found: (refusal: Refusal, function: String)?
        for function in module.functions {
            for line in function.body {
                guard let refusal = refusal(line) else { continue }
                if let place = IRText.location(line).flatMap({ places.lineInfo($0) }) {
                    throw LinkFailure(refusal.message, at: place, remedy: refusal.remedy)
                }
                if found == nil { found = (refusal, function.name) }
            }
        }
        guard let found else { return }
        throw LinkFailure(
            found.refusal.message, at: caller(of: found.function, module),
            remedy: found.refusal.remedy)
    }

    /// The user's line from which a function of the library is called, through others of it.
    private mutating func caller(of name: String, _ module: IRModule) -> LineInfo? {
        var callers: [String: [(function: String, line: String)]] = [:]
        for function in module.functions {
            for line in function.body {
                IRText.symbols(line[...]) { symbol in
                    callers[String(symbol), default: []].append((function.name, line))
                }
            }
        }
        var (seen, work) = (Set([name]), [name])
        while !work.isEmpty {
            for caller in callers[work.removeFirst()] ?? [] {
                if let place = IRText.location(caller.line).flatMap({ places.lineInfo($0) }) {
                    return place
                }
                if seen.insert(caller.function).inserted { work.append(caller.function) }
            }
        }
        return nil
    }

    /// Types of the standard library that always allocate, by how the symbols of their functions
    /// begin.
    private static let types: [(prefixes: [String], refusal: Refusal)] = [
        (
            ["$eSD", "$es17_NativeDictionary", "$es18_DictionaryStorage"],
            ("a kernel program has no dictionaries", "use HashMap, which applications see, too")
        ),
        (
            ["$eSh", "$es10_NativeSet", "$es11_SetStorage"],
            ("a kernel program has no sets", "use HashMap, which applications see, too")
        ),
        (
            ["$eSS", "$es26DefaultStringInterpolation"],
            ("a kernel program has no strings", "use StaticString, FixedString or numbers")
        ),
    ]

    private static func library(_ line: String) -> Refusal? {
        guard
            line.range(of: "@\"$eS") != nil || line.range(of: "@$eS") != nil
                || line.range(of: "@\"$es1") != nil || line.range(of: "@$es1") != nil
                || line.range(of: "@\"$es26") != nil || line.range(of: "@$es26") != nil
        else { return nil }
        var refusal: Refusal?
        IRText.symbols(line[...]) { symbol in
            let name = symbol.drop { $0 == "@" || $0 == "\"" }
            let type = types.first { $0.prefixes.contains { name.hasPrefix($0) } }
            refusal = refusal ?? type?.refusal
        }
        return refusal
    }

    private static func arithmetic(_ line: String) -> Refusal? {
        guard let equals = line.range(of: " = ") else { return nil }
        let operation = line[equals.upperBound...].prefix { $0 != " " }
        guard floatingPoint.contains(operation) else { return nil }
        return (
            "a kernel program cannot compute with floating-point numbers",
            "use integers, for instance thousandths"
        )
    }

    /// LLVM's instructions on floating-point numbers.
    private static let floatingPoint: Set<Substring> = [
        "fadd", "fsub", "fmul", "fdiv", "frem", "fneg", "fcmp", "sitofp", "uitofp", "fptosi",
        "fptoui", "fpext", "fptrunc",
    ]
}

extension IRPlaces {
    /// The user's line of a debug location; `nil` if it is in a library only.
    mutating func lineInfo(_ number: Int) -> LineInfo? {
        guard let (file, line, column) = sourceLine(number), line > 0, sources.contains(file)
        else { return nil }
        return LineInfo(slot: 0, file: file, line: line, column: column, text: "")
    }
}
