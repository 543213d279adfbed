import EBPFObjectFile

/// The structs that programs lay over packets, `packet.header(Type.self)`.
///
/// Swift moves a member to a multiple of its alignment; what lies in a packet has no such gaps. A
/// struct that has one reads beside what it means to, and nothing else would ever say so.
struct HeaderViews {
    private let metadata: IRMetadata
    private let sources: Set<String>

    init(_ metadata: IRMetadata, sources: Set<String>) {
        self.metadata = metadata
        self.sources = sources
    }

    /// Looks at the variables of the program that hold views.
    ///
    /// - Throws: ``LinkFailure`` at the first one whose struct has a gap.
    func check(_ types: SwiftTypes) throws(LinkFailure) {
        for (_, variable) in metadata.nodes("DILocalVariable") {
            guard let line = place(variable), let type = variable.reference("type"),
                let fields = Self.fields(type, types), let gap = types.gap(fields)
            else { continue }
            let name = types.name(fields) ?? "this struct"
            throw LinkFailure(
                "\(name) has a gap: \(gap.member) is at byte \(gap.start), where Swift's alignment "
                    + "puts it, not at byte \(gap.end); what is in packets has no gaps",
                at: line,
                remedy:
                    "read its parts one after the other, or give \(gap.member) a type of bytes: "
                    + "InlineArray<…, UInt8>")
        }
    }

    /// What a view is of: the argument of `Header`, also of an optional one.
    private static func fields(_ type: Int, _ types: SwiftTypes) -> Int? {
        switch types.name(type) {
        case "Header": types.arguments(type).first
        case "Optional": types.arguments(type).first.flatMap { fields($0, types) }
        default: nil
        }
    }

    /// Where the user's source has a variable; `nil` for one of another module.
    ///
    /// Its file is the one of the function that it is in: its own is always the first of the module.
    private func place(_ variable: IRMetadata.Node) -> LineInfo? {
        guard let line = variable.number("line"), line > 0,
            let file = function(of: variable)?.reference("file"), let node = metadata[file],
            let name = node.string("filename")
        else { return nil }
        let directory = node.string("directory") ?? ""
        for path in [name, "\(directory)/\(name)"] where sources.contains(path) {
            return LineInfo(slot: 0, file: path, line: line, column: 1, text: "")
        }
        return nil
    }

    private func function(of node: IRMetadata.Node) -> IRMetadata.Node? {
        var node = node
        for _ in 0..<64 where node.kind != "DISubprogram" {
            guard let scope = node.reference("scope"), let outer = metadata[scope]
            else { return nil }
            node = outer
        }
        return node.kind == "DISubprogram" ? node : nil
    }
}

extension SwiftTypes {
    /// The first member of a struct that does not begin where the one before ends, in bytes.
    ///
    /// - Returns: `nil` for a struct without gaps, or one that is not known well enough.
    func gap(_ node: Int) -> (member: String, start: Int, end: Int)? {
        var end = 0
        for member in layout(node) ?? [] {
            if member.start > end { return (member.name, member.start, end) }
            if let inner = gap(member.type) {
                return ("\(member.name).\(inner.member)", end + inner.start, end + inner.end)
            }
            end = member.start + member.count
        }
        return nil
    }
}
