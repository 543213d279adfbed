import EBPFObjectFile

/// What the code generator refuses, in the words of the program's author.
///
/// Its messages have the form `error: FILE:LINE:COLUMN: in function SYMBOL TYPE: REASON`; symbol and
/// reason are about the machine and are not shown.
struct GenerationRefusal {
    /// What is wrong, each place once.
    let diagnostics: [CompilerDiagnostic]

    /// The refusals in what clang printed; `nil` if it says nothing about a function.
    init?(_ output: String, _ metadata: IRMetadata, sources: UserSources) {
        var found: [CompilerDiagnostic] = []
        for line in output.split(separator: "\n") {
            guard line.hasPrefix("error: "), let mark = line.firstRange(of: ": in function ")
            else { continue }
            let place = line[..<mark.lowerBound].dropFirst("error: ".count)
            let rest = line[mark.upperBound...]
            let symbol = rest.prefix { $0 != " " }
            let reason = Self.reason(rest, metadata, sources)
            let line =
                (reason.place ?? Self.place(place)
                ?? Self.place(ofFunction: symbol, metadata)).map { sources.given($0) }
            // One mistake is often refused twice, at the call and in the function.
            let isKnown = found.contains {
                $0.message.hasPrefix(reason.message)
                    || ($0.location?.line == line?.line && $0.location?.file == line?.file)
            }
            if isKnown { continue }
            found.append(LinkFailure(reason.message, at: line, remedy: reason.remedy).diagnostic)
        }
        guard !found.isEmpty else { return nil }
        // Numbers are printed by way of memory that is copied.
        if found.count == 1, output.firstRange(of: "'memmove'") != nil,
            let print = sources.place(of: ["print("]),
            let refusal = RuntimeRefusal("putchar", at: print, sources)
        {
            found = [refusal.failure.diagnostic]
        }
        diagnostics = found
    }

    /// `file:line:column`, where line 0 is none.
    private static func place(_ text: Substring) -> LineInfo? {
        let parts = text.split(separator: ":")
        guard parts.count >= 3, let line = Int(parts[parts.count - 2]), line > 0,
            let column = Int(parts[parts.count - 1])
        else { return nil }
        let file = parts.dropLast(2).joined(separator: ":")
        return LineInfo(slot: 0, file: file, line: line, column: column, text: "")
    }

    /// Where a function begins.
    private static func place(ofFunction symbol: Substring, _ metadata: IRMetadata) -> LineInfo? {
        for (_, node) in metadata.nodes("DISubprogram") {
            guard node.string("linkageName").map({ $0 == symbol }) ?? false,
                let line = node.number("line"), line > 0, let file = node.reference("file"),
                let name = metadata[file]?.string("filename")
            else { continue }
            return LineInfo(slot: 0, file: name, line: line, column: 1, text: "")
        }
        return nil
    }

    private typealias Reason = (message: String, remedy: String, place: LineInfo?)

    private static func reason(
        _ text: Substring, _ metadata: IRMetadata, _ sources: UserSources
    ) -> Reason {
        let entry = table.first { text.firstRange(of: $0.fragment) != nil }
        guard let entry else {
            return (
                "a kernel program cannot do this", "write it with integers and fixed sizes", nil
            )
        }
        guard entry.fragment == "stack limit" else { return (entry.message, entry.remedy, nil) }
        let largest = LargestVariables(metadata, sources)
        return (entry.message + largest.description, entry.remedy, largest.place)
    }

    /// Memory is copied and filled by single stores; of too many, a call of C's library is made.
    static let copying = (
        message:
            "this copies more memory than a program can at once, or an amount that is not known",
        remedy: "copy at most 1024 bytes, and change large values in their maps, in place"
    )
    static let filling = (
        message:
            "this fills more memory than a program can at once, or an amount that is not known",
        remedy: "fill at most 1024 bytes; maps and variables are zero from the start"
    )

    private static let arguments = (
        "a function that is not inlined takes at most five arguments of 8 bytes each",
        "pass a struct by inout, or remove @inline(never)"
    )
    private static let results = (
        "a function that is not inlined returns at most 8 bytes",
        "give the rest through an inout parameter, or remove @inline(never)"
    )

    private static let table: [(fragment: String, message: String, remedy: String)] = [
        ("stack arguments", arguments.0, arguments.1),
        ("too many arguments", arguments.0, arguments.1),
        ("too many args", arguments.0, arguments.1),
        ("pass by value not supported", arguments.0, arguments.1),
        (
            "stack limit",
            "the local values here need more than the 512 bytes of a program's stack",
            "keep them in a map with one element for each CPU, or make them smaller"
        ),
        (
            "__multi3", "this multiplies in 128 bits, which a kernel program cannot",
            "multiply numbers of 32 bits, or use &* and check the size before"
        ),
        (
            "ti3'", "this divides in 128 bits, which a kernel program cannot",
            "divide numbers of at most 64 bits"
        ),
        (
            "dynamic", "this takes an amount of memory that is not constant",
            "use InlineArray, whose size is part of its type"
        ),
        ("'memcpy'", copying.message, copying.remedy),
        ("'memmove'", copying.message, copying.remedy),
        ("'memset'", filling.message, filling.remedy),
        ("aggregate returns", results.0, results.1),
        ("small returns", results.0, results.1),
    ]
}
