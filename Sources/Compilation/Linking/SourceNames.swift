import EBPFObjectFile

/// What the symbols of a module are called in the source, and what types its globals have.
struct SourceNames {
    private var functions: [String: String] = [:]
    private var globals: [String: Global] = [:]
    private var withoutResult: Set<String> = []

    /// A global of the source.
    struct Global {
        /// Its name.
        let name: String
        /// The node of its type in the debug information.
        let type: Int?
        /// Where it is declared.
        var place: LineInfo?
    }

    init(_ metadata: IRMetadata) {
        for (_, node) in metadata.nodes("DISubprogram") {
            guard let symbol = node.string("linkageName"), functions[symbol] == nil,
                let name = node.string("name")
            else { continue }
            functions[symbol] = name
            if Self.isVoid(node, metadata) { withoutResult.insert(symbol) }
        }
        for (_, node) in metadata.nodes("DIGlobalVariable") {
            guard let symbol = node.string("linkageName"), let name = node.string("name")
            else { continue }
            globals[symbol] = Global(
                name: name, type: node.reference("type"), place: Self.place(node, metadata))
        }
    }

    private static func isVoid(_ function: IRMetadata.Node, _ metadata: IRMetadata) -> Bool {
        guard let type = function.reference("type"),
            let list = metadata[type]?.reference("types"),
            let result = metadata[list]?.elements.first
        else { return false }
        return metadata[result]?.string("name") == "$eytD"
    }

    /// Whether a function is known to return nothing.
    func isVoid(_ symbol: String) -> Bool { withoutResult.contains(symbol) }

    private static func place(_ node: IRMetadata.Node, _ metadata: IRMetadata) -> LineInfo? {
        guard let line = node.number("line"), line > 0, let file = node.reference("file"),
            let name = metadata[file]?.string("filename")
        else { return nil }
        return LineInfo(slot: 0, file: name, line: line, column: 1, text: "")
    }

    /// The global of a symbol; without debug information, by its mangled name.
    func global(_ symbol: String) -> Global {
        globals[symbol] ?? Global(name: MangledName.lastName(symbol) ?? symbol, type: nil)
    }

    /// A function's name, with letters that every loader takes.
    func function(_ symbol: String) -> String {
        let name = functions[symbol] ?? MangledName.lastName(symbol) ?? symbol
        return Identifier.text(name.hasPrefix("$") ? "closure" : name)
    }
}
