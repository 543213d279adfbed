import EBPFBytecode

/// A part of an object that is not what the application takes it for.
///
/// It is found when the part is asked for, so that no wrong byte is ever read or written.
public struct BindingError: Error, Hashable, Sendable {
    /// What was asked for.
    public enum Part: String, Hashable, Sendable {
        /// A map.
        case map
        /// A program.
        case program
        /// A global variable.
        case variable
    }

    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// The object has nothing of that name; perhaps one that is spelled alike.
        case missing(suggestion: String)
        /// The part is of another kind, and what to open it as.
        case kind(is: String, remedy: String)
        /// A key, value or variable has another size, in bytes.
        case size(role: String, bytes: Int, type: String, typeBytes: Int)
        /// A key, value or variable of the right size has its members elsewhere.
        case layout(role: String, type: String, difference: String)
        /// The part cannot be used so, and why.
        case unusable(String)
    }

    /// What was asked for.
    public let part: Part
    /// Its name.
    public let name: String
    /// What is wrong with it.
    public let problem: Problem

    init(_ part: Part, _ name: String, _ problem: Problem) {
        self.part = part
        self.name = name
        self.problem = problem
    }
}

extension BindingError: CustomStringConvertible {
    /// One line: the part, what it is, and what was expected.
    public var description: String {
        "\(part.rawValue) \(name): \(problem)"
    }
}

extension BindingError.Problem: CustomStringConvertible {
    /// What is wrong, without the part's name.
    public var description: String {
        switch self {
        case .missing(let suggestion): "the object has none of this name\(suggestion)"
        case .kind(let kind, let remedy): "it is \(kind); \(remedy)"
        case .size(let role, let bytes, let type, let typeBytes):
            "its \(role) has \(bytes) bytes, but \(type) has \(typeBytes)"
        case .layout(let role, let type, let difference):
            "its \(role) is not laid out like \(type): \(difference)"
        case .unusable(let reason): reason
        }
    }
}
