/// Why a sequence of instructions is not machine code: a fault of what drives the assembler.
///
/// It is a value so that the program can be left to the interpreter.
struct ARM64AssemblyError: Error, Hashable, Sendable {
    /// Which instruction, counted from the beginning.
    let instruction: Int
    /// What is wrong with it.
    let reason: Reason

    /// What is wrong with an instruction.
    enum Reason: Hashable, Sendable {
        /// The place takes the zero register and not the stack pointer, or the other way round.
        case register(ARM64Register)
        /// The field cannot hold the number.
        case number(Int64)
        /// The instruction does not know this form of an operand.
        case form
        /// The target of a branch, so many bytes away, is out of its reach.
        case distance(Int)
        /// The target of a branch was never placed, or twice.
        case label
    }
}

extension ARM64AssemblyError: CustomStringConvertible {
    var description: String {
        let what =
            switch reason {
            case .register(let register): "\(register) cannot stand there"
            case .number(let number): "\(number) does not fit its field"
            case .form: "the operand has a form that the instruction does not know"
            case .distance(let distance): "a target \(distance) bytes away is out of reach"
            case .label: "its target is not a place, or is two"
            }
        return "arm64 instruction \(instruction): \(what)"
    }
}
