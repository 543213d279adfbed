import EBPFObjectFile
import EBPFTypeFormat

/// Why an access to something with a type, or a hook, is refused: a ``Rejection`` without a place.
struct TypeFault: Error, Hashable, Sendable {
    /// What kind of fault it is.
    var code: Rejection.Code
    /// What is wrong, in the user's terms.
    var message: String
    /// What to change; what usually helps, unless something better is known.
    var suggestion: String?

    /// A fault; without a suggestion, what usually helps with faults of this kind.
    init(_ code: Rejection.Code, _ message: String, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.suggestion = suggestion ?? code.suggestion
    }

    /// Type information that cannot be read.
    init(_ error: BTFError) { self.init(.missingInKernel, "\(error)", suggestion: nil) }
}

extension TypeFault: CustomStringConvertible {
    /// What is wrong.
    var description: String { message }
}

/// Asks type information; what is wrong with it is the answer's fault.
func readingTypes<Answer>(
    _ question: () throws(BTFError) -> Answer
) throws(TypeFault) -> Answer {
    do throws(BTFError) {
        return try question()
    } catch {
        throw TypeFault(error)
    }
}
