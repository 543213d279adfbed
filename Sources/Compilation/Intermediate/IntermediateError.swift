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
    /// What is not known, for a report; it shows the compiler's own text.
    var explanation: String {
        switch kind {
        case .unknownLine: "a line of its intermediate output, \"\(text.prefix(120))\""
        case .unknownShape(let what): "\(what), \"\(text.prefix(120))\""
        case .pathIsNotLiteral: "a path of kernel types that is not a literal"
        }
    }
}
