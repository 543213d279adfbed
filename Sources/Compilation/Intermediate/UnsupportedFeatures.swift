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
    /// - Throws: the first use of floating point or of strings.
    mutating func check(_ module: IRModule) throws(LinkFailure) {
        for function in module.functions {
            for line in function.body {
                guard let refusal = Self.refusal(line) else { continue }
                let place = IRText.location(line).flatMap { places.lineInfo($0) }
                throw LinkFailure(refusal.message, at: place, remedy: refusal.remedy)
            }
        }
    }

    private typealias Refusal = (message: String, remedy: String)

    private static func refusal(_ line: String) -> Refusal? {
        if line.range(of: "@\"$eSS") != nil || line.range(of: "@\"$es26DefaultStringInterp") != nil
            || line.range(of: "@$eSS") != nil || line.range(of: "@$es26DefaultStringInterp") != nil
        {
            return (
                "a kernel program has no strings", "use StaticString, FixedString or numbers"
            )
        }
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
    /// The user's line of a debug location.
    mutating func lineInfo(_ number: Int) -> LineInfo? {
        guard let (file, line, column) = sourceLine(number), line > 0 else { return nil }
        return LineInfo(slot: 0, file: file, line: line, column: column, text: "")
    }
}
