/// A program that was stopped: what it did, at which instruction and source line.
public struct ExecutionError: Error, Sendable {
    /// The program's name.
    public let program: String
    /// The slot of the faulty instruction, where it is known.
    public let slot: Int?
    /// The instruction in LLVM's notation.
    public let instruction: String?
    /// The function that contains it.
    public let function: String?
    /// The line of source that it was compiled from.
    public let source: SourceLine?
    /// What went wrong, in one sentence.
    public let message: String
    /// What is at the address, or what to do about it.
    public let remedy: String?

    /// A line of the program's source, from the object's line information.
    public struct SourceLine: Hashable, Sendable {
        /// The path as the compiler recorded it.
        public let file: String
        /// The line, counted from 1.
        public let line: Int
        /// The column, counted from 1.
        public let column: Int
        /// The line's text.
        public let text: String
    }
}

extension ExecutionError: CustomStringConvertible {
    /// The place, the fault, the source line and the remedy, one a line.
    public var description: String {
        var lines = ["\(place): \(message)"]
        if let source {
            lines.append("  \(source.file):\(source.line):\(source.column): \(source.text)")
        }
        if let remedy { lines.append("  \(remedy)") }
        return lines.joined(separator: "\n")
    }

    private var place: String {
        var place = "program \(program)"
        if let function, function != program { place += ", function \(function)" }
        if let slot { place += ", instruction \(slot)" }
        if let instruction { place += " (\(instruction))" }
        return place
    }
}
