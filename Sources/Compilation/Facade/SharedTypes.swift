/// The types that a kernel program shares with its application: keys, values and events.
///
/// The application sees only what is public, and takes it for plain bytes only where the type says
/// so; without this check its author would read about it in the generated façade.
struct SharedTypes {
    private let sources: [(path: String, lines: [Substring])]

    /// - Parameter sources: the paths and texts of the kernel program's files.
    init(_ sources: [(path: String, text: String)]) {
        self.sources = sources.map {
            ($0.path, $0.text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    /// What stands in the way of sharing, each type once, at the line that declares it.
    func diagnostics(_ declarations: [KernelDeclaration]) -> [CompilerDiagnostic] {
        var seen: Set<Substring> = []
        var found: [CompilerDiagnostic] = []
        for declaration in declarations {
            for name in declaration.type.split(whereSeparator: { !Self.isPartOfName($0) })
            where seen.insert(name).inserted {
                if let diagnostic = diagnostic(name, of: declaration) { found.append(diagnostic) }
            }
        }
        return found
    }

    private func diagnostic(
        _ name: Substring, of declaration: KernelDeclaration
    ) -> CompilerDiagnostic? {
        for (path, lines) in sources {
            for (index, line) in lines.enumerated() {
                guard let kind = Self.declares(line, name) else { continue }
                let isPublic = line.split(separator: " ").contains("public")
                guard !isPublic || !isPlain(name) else { return nil }
                let column = line.prefix { $0 == " " }.count + 1
                return CompilerDiagnostic(
                    severity: .error, location: .init(file: path, line: index + 1, column: column),
                    message: "applications use \(name) through \(declaration.name); declare it as "
                        + "`public \(kind) \(name): BitwiseCopyable`, and public what they use of it"
                )
            }
        }
        return nil
    }

    /// `struct` or `enum`, if the line declares a type of the name.
    private static func declares(_ line: Substring, _ name: Substring) -> Substring? {
        let words = line.split { !isPartOfName($0) }
        guard let place = words.firstIndex(where: { $0 == "struct" || $0 == "enum" }),
            words.dropFirst(place + 1).first == name, !line.contains("//")
        else { return nil }
        return words[place]
    }

    /// Whether some line says that a type is plain bytes.
    private func isPlain(_ name: Substring) -> Bool {
        sources.contains { source in
            source.lines.contains { line in
                let words = line.split { !Self.isPartOfName($0) }
                return words.contains(name) && words.contains("BitwiseCopyable")
            }
        }
    }

    private static func isPartOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
