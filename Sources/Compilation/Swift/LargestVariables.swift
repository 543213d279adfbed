import EBPFObjectFile

/// The local variables of a program that need most of its stack.
struct LargestVariables: CustomStringConvertible {
    private let variables: [(name: String, size: Int, line: Int)]
    /// Where the largest is declared.
    private(set) var place: LineInfo?

    /// Finds them in the debug information.
    init(_ metadata: IRMetadata, _ sources: UserSources) {
        let types = SwiftTypes(metadata)
        var seen: Set<String> = []
        var largest = 0
        var variables: [(name: String, size: Int, line: Int)] = []
        for (_, node) in metadata.nodes("DILocalVariable") {
            guard let name = node.string("name"), let line = node.number("line"), line > 0,
                let file = node.reference("file"), let path = metadata[file]?.string("filename"),
                sources.line(line, of: path)?.firstRange(of: name) != nil,
                let type = node.reference("type"),
                let size = types.size(type), size >= 64,
                seen.insert("\(name) \(line)").inserted
            else { continue }
            variables.append((name, size, line))
            if size > largest {
                largest = size
                place = LineInfo(slot: 0, file: path, line: line, column: 1, text: "")
            }
        }
        self.variables = variables.sorted { ($1.size, $0.line) < ($0.size, $1.line) }
    }

    /// The end of a sentence: ` (the largest are a, 800 bytes, line 5, and …)`; empty if none is
    /// known.
    var description: String {
        guard !variables.isEmpty else { return "" }
        let list = variables.prefix(3).map { "\($0.name), line \($0.line): \($0.size) bytes" }
        return " (the largest: \(list.joined(separator: "; ")))"
    }
}
