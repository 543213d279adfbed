/// A program in classic BPF, as libpcap compiles filters to it and `SO_ATTACH_FILTER` takes it.
///
/// ```swift
/// let filter = try ClassicProgram(text)   // what `tcpdump -ddd 'udp port 53'` prints
/// ```
public struct ClassicProgram: Hashable, Sendable {
    /// The greatest number of instructions (`BPF_MAXINSNS`).
    public static let maxInstructions = 4096

    /// The instructions.
    public var instructions: [ClassicInstruction]

    /// A program of instructions.
    public init(_ instructions: [ClassicInstruction]) { self.instructions = instructions }

    /// The instructions as the kernel takes them, 8 bytes each, on machines whose numbers begin with
    /// their lower byte.
    public var bytes: [UInt8] {
        instructions.flatMap { instruction -> [UInt8] in
            (0..<2).map { UInt8(truncatingIfNeeded: instruction.code >> (8 * $0)) }
                + [instruction.ifTrue, instruction.ifFalse]
                + (0..<4).map { UInt8(truncatingIfNeeded: instruction.operand >> (8 * $0)) }
        }
    }
}

extension ClassicProgram: LosslessStringConvertible, CustomStringConvertible {
    /// The form of `tcpdump -ddd`: the number of instructions, then a line of decimal numbers for
    /// each: code, jt, jf, k.
    public var description: String {
        let lines = instructions.map { "\($0.code) \($0.ifTrue) \($0.ifFalse) \($0.operand)" }
        return ([String(instructions.count)] + lines).joined(separator: "\n")
    }

    /// A program in the form of ``description``; nothing if it is in another.
    public init?(_ description: String) {
        guard let program = try? ClassicProgram(parsing: description) else { return nil }
        self = program
    }

    /// Reads the form of `tcpdump -ddd`; commas may stand for line ends, as `iptables -m bpf` has
    /// it.
    ///
    /// - Throws: ``ClassicTextError`` with the line that is wrong.
    public init(parsing text: String) throws(ClassicTextError) {
        let lines = text.split { $0.isNewline || $0 == "," }
            .map { $0.split(whereSeparator: \.isWhitespace) }.filter { !$0.isEmpty }
        guard let first = lines.first, first.count == 1, let count = Int(first[0]), count >= 0
        else { throw .countMissing }
        instructions = []
        for (line, words) in lines.enumerated().dropFirst() {
            guard words.count == 4, let code = UInt16(words[0]), let ifTrue = UInt8(words[1]),
                let ifFalse = UInt8(words[2]), let operand = UInt32(words[3])
            else { throw .notAnInstruction(line: line + 1, words.joined(separator: " ")) }
            instructions.append(
                ClassicInstruction(
                    code: code, ifTrue: ifTrue, ifFalse: ifFalse, operand: operand))
        }
        guard instructions.count == count else {
            throw .otherCount(announced: count, found: instructions.count)
        }
    }
}

/// What is wrong with the text of a classic program.
public enum ClassicTextError: Error, Hashable, Sendable {
    /// The first line is not a number.
    case countMissing
    /// A line is not four numbers in range.
    case notAnInstruction(line: Int, String)
    /// There are more or fewer instructions than the first line says.
    case otherCount(announced: Int, found: Int)
}

extension ClassicTextError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .countMissing:
            "line 1: the number of instructions is missing; `tcpdump -ddd FILTER` prints programs"
        case .notAnInstruction(let line, let text):
            "line \(line): \"\(text)\" is not an instruction: code, jt, jf and k, in decimal"
        case .otherCount(let announced, let found):
            "line 1 announces \(announced) instructions, but \(found) follow"
        }
    }
}
