public import EBPFBytecode

/// Why a program cannot be prepared for running.
public enum LoweringError: Error, Hashable, Sendable {
    /// A slot holds no instruction.
    case invalid(InvalidInstruction)
    /// A branch or call leaves the program, or lands inside a 64-bit constant.
    case badTarget(slot: Int, target: Int)
    /// A helper that Linux 6.18 does not have.
    case unknownHelper(slot: Int, number: Int32)
    /// A map or variable that nothing resolved.
    case unresolvedReference(slot: Int)
    /// A program without instructions.
    case empty
}

extension LoweringError: CustomStringConvertible {
    /// One line: the slot, what is wrong and what to do.
    public var description: String {
        switch self {
        case .invalid(let error): error.description
        case .badTarget(let slot, let target):
            "slot \(slot): jumps to slot \(target), where no instruction begins"
        case .unknownHelper(let slot, let number):
            "slot \(slot): there is no helper \(number)"
        case .unresolvedReference(let slot):
            "slot \(slot): refers to a map or variable by descriptor; "
                + "load it from an object file, which names it"
        case .empty:
            "the program has no instructions; it needs at least `exit`"
        }
    }
}
