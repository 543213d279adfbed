import EBPFBytecode

/// Why a run was stopped; small, because the interpreter's loop throws it.
///
/// ``ExecutionError`` is the form that people see: with the instruction, the source line and a
/// description of the address.
enum Fault: Error, Hashable, Sendable {
    /// A load or store outside of all memory, or of the object it began in.
    case access(address: UInt64, size: UInt32, isWrite: Bool)
    /// An atomic operation at an address that its size does not divide.
    case misaligned(address: UInt64, size: UInt32)
    /// More branches backwards and calls than the run was allowed.
    case budgetExhausted
    /// More than eight nested functions.
    case tooManyFrames
    /// A call of a helper that does not exist.
    case unknownHelper(Int32)
    /// A call of a function in the kernel, which user space does not have.
    case kernelFunction(Int32)
    /// A call through a register that holds no function's address.
    case notAFunction(address: UInt64)
    /// An argument of a helper that makes no sense: its number, 1…5, and what it must be.
    case badArgument(Int, ArgumentRequirement)
    /// A lock that is taken twice, or given back by one who does not hold it.
    case lockMisuse
    /// The program ended while it held a ring buffer record or a lock.
    case unreleased(UnreleasedReference)
    /// Execution ran past the last instruction.
    case fellOffTheEnd
    /// The program threw an exception that nothing caught (`bpf_throw`).
    case thrown(cookie: UInt64)

    /// What a helper's argument must be.
    enum ArgumentRequirement: String, Sendable {
        case map = "a map"
        case readableMemory = "memory that may be read"
        case writableMemory = "memory that may be written"
        case size = "a size in range"
        case context = "the program's context"
        case function = "a function of the program"
        case string = "a string that ends with a zero byte"
        case record = "a record that bpf_ringbuf_reserve returned and that was not submitted yet"
        case dynptr = "an initialised dynptr"
        case uninitialisedDynptr = "a dynptr that is not in use"
        case lock = "a spin lock inside a map value"
        case timer = "a timer inside a map value"
        case object = "an object that a helper returned"
    }

    /// What a program must give back before it ends.
    enum UnreleasedReference: String, Sendable {
        case record = "a ring buffer record"
        case lock = "a spin lock"
    }
}
