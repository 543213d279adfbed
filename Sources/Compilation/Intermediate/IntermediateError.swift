import EBPFObjectFile

/// Something in the compiler's intermediate output that this version does not know.
///
/// It means that the toolchain writes what no known one did; nothing is guessed then.
struct IntermediateError: Error, Hashable {
    /// What kind of thing is not known.
    enum Kind: Hashable {
        case unknownLine
        case unknownShape(String)
        /// A CO-RE path that is not a literal.
        case pathIsNotLiteral
    }

    let kind: Kind
    let text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

extension IntermediateError {
    /// What is not known, for a person; the compiler's own text is not shown.
    var explanation: String {
        switch kind {
        case .unknownLine: "a line of its intermediate output"
        case .unknownShape(let what): "a form of \(what)"
        case .pathIsNotLiteral: "a path of kernel types that is not a literal"
        }
    }

    /// The user's line that became the text; `nil` if the text does not tell.
    func place(_ metadata: IRMetadata, _ sources: Set<String>) -> LineInfo? {
        var places = IRPlaces(metadata, sources: sources)
        return IRText.location(text).flatMap { places.lineInfo($0) }
    }

    /// The mistake of the program's author that it comes from; `nil` if it is none.
    func mistake(at place: LineInfo?) -> LinkFailure? {
        if kind == .pathIsNotLiteral {
            return LinkFailure(
                "the path of a field of a kernel type must be a literal", at: place,
                remedy: "write it in quotes where it is used: field(\"task_struct.tgid\")")
        }
        guard text.firstRange(of: "i128") != nil else { return nil }
        return LinkFailure(
            "a kernel program cannot compute with numbers of 128 bits", at: place,
            remedy: "use numbers of at most 64 bits")
    }
}
