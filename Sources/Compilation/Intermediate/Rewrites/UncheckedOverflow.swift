/// Arithmetic that wraps around instead of ending the program.
///
/// Swift ends a program in a block of its own, whose debug location says why. A branch to such a
/// block for an overflow becomes a branch to where the program goes on.
struct UncheckedOverflow: IRRewrite {
    /// What the debug information calls an overflow.
    private static let reason = "Swift runtime failure: arithmetic overflow"

    func apply(to module: inout IRModule) throws(IntermediateError) {
        let failures = Set(
            module.metadata.nodes("DISubprogram").lazy
                .filter { $0.node.string("name") == Self.reason }.map(\.number))
        for index in module.functions.indices {
            let body = module.functions[index].body
            let blocks = Self.blocks(ofOverflow: body, failures, module.metadata)
            guard !blocks.isEmpty else { continue }
            module.functions[index].body = try body.map { line throws(IntermediateError) in
                try Self.withoutCheck(line, blocks)
            }
        }
    }

    /// The labels of blocks that end the program because of an overflow.
    private static func blocks(
        ofOverflow body: [String], _ failures: Set<Int>, _ metadata: IRMetadata
    ) -> Set<Substring> {
        var labels: Set<Substring> = []
        var label: Substring = ""
        for line in body {
            if let first = line.utf8.first, first != UInt8(ascii: " "),
                let colon = line.firstIndex(of: ":")
            {
                label = line[..<colon]
            } else if line.range(of: "@llvm.trap()") != nil, let number = IRText.location(line),
                isInside(number, failures, metadata)
            {
                labels.insert(label)
            }
        }
        return labels
    }

    private static func isInside(
        _ location: Int, _ failures: Set<Int>, _ metadata: IRMetadata
    ) -> Bool {
        var current: Int? = location
        while let number = current, let node = metadata[number] {
            if node.reference("scope").map({ failures.contains($0) }) ?? false { return true }
            current = node.reference("inlinedAt")
        }
        return false
    }

    /// `br i1 %5, label %48, label %10, !dbg !3` as `br label %10, !dbg !3`.
    private static func withoutCheck(
        _ line: String, _ blocks: Set<Substring>
    ) throws(IntermediateError) -> String {
        guard let start = line.range(of: "br i1 ") else { return line }
        let parts = line[start.upperBound...].split(separator: ",", maxSplits: 3)
        guard parts.count >= 3, let yes = label(parts[1]), let no = label(parts[2])
        else { throw IntermediateError(.unknownShape("a branch"), line) }
        guard blocks.contains(yes) || blocks.contains(no) else { return line }
        let rest = parts.count > 3 ? ",\(parts[3])" : ""
        return line[..<start.lowerBound] + "br label %\(blocks.contains(yes) ? no : yes)" + rest
    }

    private static func label(_ text: Substring) -> Substring? {
        text.hasPrefix(" label %") ? text.dropFirst(8) : nil
    }
}
