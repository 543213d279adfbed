/// Places in code that the user did not write become the place where the user called it.
///
/// The verifier's log, `ebpf inspect` and messages then quote the user's own lines, also for what
/// was inlined from a library.
struct SourceLocations: IRRewrite {
    /// The paths of the user's files, as they were given to the compiler.
    let sources: Set<String>

    func apply(to module: inout IRModule) throws(IntermediateError) {
        var places = IRPlaces(module.metadata, sources: sources)
        for function in module.functions.indices {
            for (index, line) in module.functions[function].body.enumerated() {
                guard let number = IRText.location(line),
                    let mark = line.range(of: "!dbg !")
                else { continue }
                let resolved = places.userLocation(number)
                guard resolved != number else { continue }
                let end = line[mark.upperBound...].drop { $0.isNumber }
                module.functions[function].body[index] =
                    line[..<mark.upperBound] + "\(resolved)" + end
            }
        }
    }
}

/// Where instructions come from, by the numbers of their debug locations.
struct IRPlaces {
    private let metadata: IRMetadata
    let sources: Set<String>
    private var resolved: [Int: Int] = [:]
    private var scopes: [Int: Bool] = [:]

    init(_ metadata: IRMetadata, sources: Set<String>) {
        self.metadata = metadata
        self.sources = sources
    }

    /// The innermost place that the user wrote, or the location itself if there is none.
    mutating func userLocation(_ number: Int) -> Int {
        if let known = resolved[number] { return known }
        var current = number
        while let node = metadata[current], !isOfUser(node), let outer = node.reference("inlinedAt")
        {
            current = outer
        }
        resolved[number] = current
        return current
    }

    private mutating func isOfUser(_ location: IRMetadata.Node) -> Bool {
        guard location.number("line") != 0, let scope = location.reference("scope")
        else { return false }
        if let known = scopes[scope] { return known }
        let isOfUser = path(ofScope: scope).map { sources.contains($0) } ?? false
        scopes[scope] = isOfUser
        return isOfUser
    }

    /// The file of a scope, as the compiler was given it.
    private func path(ofScope scope: Int) -> String? {
        guard let file = metadata[scope]?.reference("file"), let node = metadata[file],
            let name = node.string("filename")
        else { return nil }
        return name
    }

    /// File, line and column of a place.
    mutating func sourceLine(_ number: Int) -> (file: String, line: Int, column: Int)? {
        guard let node = metadata[userLocation(number)], let line = node.number("line"),
            let scope = node.reference("scope"), let file = path(ofScope: scope)
        else { return nil }
        return (file, line, node.number("column") ?? 1)
    }
}
