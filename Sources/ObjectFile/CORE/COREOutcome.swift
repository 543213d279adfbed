public import EBPFTypeFormat

/// What became of one CO-RE relocation.
public struct COREOutcome: Sendable {
    /// The question.
    public let relocation: CORERelocation
    /// What it is about, as the source would say it: `struct task_struct.comm[3]`.
    public var subject: String { local.subject(of: relocation) }
    /// The line of source that the instruction came from.
    public let line: LineInfo?
    /// The answer.
    public let result: Result
    let local: BTF

    /// The answers.
    public enum Result: Sendable {
        /// The kernel knows; the instruction holds the value.
        ///
        /// For questions whether something exists the value 0 is an answer, too.
        case resolved(Value)
        /// The kernel lacks it. The instruction is a call that no verifier lets pass, unless it is
        /// never reached.
        case missing(COREMissing)
        /// The relocation cannot be applied at all.
        case failed(COREError)
    }

    /// A number for the program, and where it comes from.
    public struct Value: Hashable, Sendable {
        /// The number in the object's own types.
        public var local: UInt64
        /// The number in the kernel.
        public var target: UInt64
        /// The type that was found in the kernel, or in a module; `nil` if there is none, or none
        /// was looked for.
        public var type: TypeID?
    }
}

extension COREOutcome: CustomStringConvertible {
    /// One line: where, what about, and the answer.
    public var description: String {
        switch result {
        case .failed(let error): return "\(error)"
        case .resolved(let value):
            let change =
                value.local == value.target
                ? "\(value.target)" : "\(value.local) → \(value.target)"
            return
                "slot \(relocation.slot)\(line.place): \(subject), \(relocation.kind.question): \(change)"
        case .missing(let missing):
            return
                "slot \(relocation.slot)\(line.place): \(subject), \(relocation.kind.question): \(missing)"
        }
    }
}

extension CORERelocation.Kind {
    /// The question in a few words.
    var question: String {
        switch self {
        case .fieldByteOffset: "offset"
        case .fieldByteSize: "size"
        case .fieldExists, .typeExists, .enumeratorExists: "existence"
        case .fieldSigned: "sign"
        case .fieldLeftShift: "left shift"
        case .fieldRightShift: "right shift"
        case .typeIDLocal: "number in the object"
        case .typeIDTarget: "number in the kernel"
        case .typeSize: "size"
        case .enumeratorValue: "value"
        case .typeMatches: "shape"
        }
    }
}

extension BTF {
    /// What a relocation is about, as the source would say it.
    func subject(of relocation: CORERelocation) -> String {
        let root = spelling(of: relocation.type)
        guard let path = try? COREPath(relocation, in: self) else { return root }
        var text = root
        for (number, step) in path.steps.enumerated() {
            if let name = step.name {
                text += (relocation.kind.subject == .enumerator ? " " : ".")
                text += String(decoding: name, as: UTF8.self)
            } else if number > 0 || step.index > 0 {
                text += "[\(step.index)]"
            }
        }
        return text
    }
}
