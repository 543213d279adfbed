public import EBPFTypeFormat

/// Why a CO-RE relocation can be neither applied nor declared missing: the object is damaged, or
/// the kernel gives several answers.
///
/// That the kernel lacks something is no error: see ``COREOutcome/Result/missing(_:)``.
public struct COREError: Error, Hashable, Sendable {
    /// The program.
    public var program: String
    /// The slot of the instruction.
    public var slot: Int
    /// The line of source that the instruction came from.
    public var line: LineInfo?
    /// What the relocation is about, such as `struct task_struct.pid`; empty if that is unknown.
    public var subject: String
    /// What is wrong.
    public var reason: Reason

    /// The kinds of faults.
    public enum Reason: Error, Hashable, Sendable {
        /// The access string is not one of the type.
        case malformedAccess(String, String)
        /// The object's own types are damaged.
        case localTypes(BTFError)
        /// The kernel's types are damaged.
        case targetTypes(BTFError)
        /// The types of the kernel's modules cannot be had; the words of whoever tried.
        case modules(String)
        /// A type without name cannot be found in a kernel.
        case anonymousType(TypeID)
        /// Several types of the kernel give different answers; two of them, with their numbers.
        case ambiguous(String, String)
        /// What is asked makes sense for members only.
        case noField(CORERelocation.Kind)
        /// The program has no instruction there.
        case noInstruction(count: Int)
        /// An instruction of this opcode cannot carry an answer.
        case unrelocatableInstruction(opcode: UInt8)
        /// The instruction does not hold what the object's own types say.
        case unexpectedValue(found: Int64, expected: Int64)
        /// The load or store does not move as many bytes as the field has.
        case unexpectedSize(found: Int, expected: Int)
        /// No load or store moves so many bytes at once.
        case noSuchSize(Int)
        /// The answer does not fit into the instruction.
        case valueTooLarge(Int64, limit: Int64)
    }
}

extension COREError: CustomStringConvertible {
    /// One line: the program, the place, what is wrong and what to do.
    public var description: String {
        let about = subject.isEmpty ? "" : "\(subject): "
        return "program \(program), slot \(slot)\(line.place): \(about)\(reason)"
    }
}

extension LineInfo? {
    /// The file and line in parentheses, with a space before; empty if they are unknown.
    var place: String {
        guard let line = self, line.line > 0 else { return "" }
        return " (\(line.file):\(line.line))"
    }
}

extension COREError.Reason: CustomStringConvertible {
    /// What is wrong and what to do, without the place.
    public var description: String {
        switch self {
        case .malformedAccess(let access, let why):
            "the access \"\(access)\" leads nowhere: \(why); compile the object anew"
        case .localTypes(let error):
            "the object's own types cannot be used: \(error)"
        case .targetTypes(let error):
            "the kernel's types cannot be used: \(error)"
        case .modules(let why):
            "the kernel itself lacks it, and the types of its modules cannot be read: \(why)"
        case .anonymousType(let id):
            "type \(id) has no name by which it could be found in a kernel; give it a typedef's"
        case .ambiguous(let first, let second):
            "the kernel has several types of this name with different answers: \(first), "
                + "\(second); declare more of the type's members, so that only one matches"
        case .noField(let kind):
            "the \(kind.question) can be asked of members, not of elements of arrays"
        case .noInstruction(let count):
            "there is no such instruction; the program has \(count)"
        case .unrelocatableInstruction(let opcode):
            "an instruction with opcode 0x\(String(opcode, radix: 16)) cannot hold the answer; "
                + "expected a load, a store, or arithmetic with a constant"
        case .unexpectedValue(let found, let expected):
            "the instruction holds \(found), but by the object's own types it should be "
                + "\(expected); was it relocated before?"
        case .unexpectedSize(let found, let expected):
            "the instruction moves \(found) bytes, but the field has \(expected) in the object's "
                + "own types"
        case .noSuchSize(let size):
            "the kernel's field has \(size) bytes, which no instruction moves at once; read it "
                + "with bpf_core_read()"
        case .valueTooLarge(let value, let limit):
            "the answer, \(value), does not fit into the instruction; the limit is \(limit)"
        }
    }
}
