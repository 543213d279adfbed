public import EBPFBytecode

/// What is compiled: a program with all its functions, and what is known about it.
///
/// Constants that stand for maps and global data are already addresses; see ``RunState`` for what
/// addresses mean.
public struct CodeUnit: Sendable {
    /// The program, slot by slot.
    public var program: [EncodedInstruction]
    /// How each slot that accesses memory may do so; empty if every access must be checked.
    public var accesses: [AccessPlan] = []
    /// Whether a verifier proved that the program ends, keeps its stack and calls nothing wrongly.
    /// Then nothing counts against the budget; accesses are checked where their plan says so.
    public var isVerified = false
    /// The number by which the runtime knows each kernel function that is called, by slot.
    public var kernelFunctions: [Int: Int32] = [:]
    /// The addresses of functions that the program takes, by the slot of the constant.
    public var functionAddresses: [Int: UInt64] = [:]
    /// Arrays whose elements the program may look up without a call, by the address of the map.
    public var arrays: [UInt64: ArrayShape] = [:]
    /// How many bytes keys have, by the address of the map, of those in which a key on the stack is
    /// looked up by ``RuntimeCalls/LookUp``.
    public var keyByteCounts: [UInt64: Int] = [:]

    /// What holds where the program begins, if it may be entered only there; then ``accesses`` are
    /// found out from that.
    public var premises: Premises?
    /// The region in which accesses are expected of which nothing is proved.
    public var window: UInt16?

    /// A program of which nothing is known.
    public init(_ program: [EncodedInstruction]) { self.program = program }

    /// How the values of an array lie in the address space of programs.
    public struct ArrayShape: Hashable, Sendable {
        /// The address of the first value.
        public var start: UInt64
        /// How many values there are.
        public var count: UInt32
        /// The distance between values, in bytes.
        public var stride: UInt32
        /// The distance between the values of neighbouring CPUs, a power of two; 0 if all share one.
        public var cpuStride: UInt32

        /// An array of `count` values, `stride` bytes apart.
        public init(start: UInt64, count: UInt32, stride: UInt32, cpuStride: UInt32 = 0) {
            self.start = start
            self.count = count
            self.stride = stride
            self.cpuStride = cpuStride
        }
    }
}

/// What an instruction that accesses memory needs before it does.
public enum AccessPlan: Hashable, Sendable {
    /// Nothing is proved: test every access, and fault.
    case checked
    /// Proved to be right, but the region is only known when the program runs.
    case proved
    /// Proved to be in one region.
    case region(UInt16)
    /// Proved to be in the stack frame of the function that executes it.
    case frame
    /// Proved to begin at this distance from r10, in the same frame.
    case frameByte(Int16)
}

/// Why a program cannot be compiled; it can still be interpreted.
public enum CompilationError: Error, Hashable, Sendable {
    /// A slot holds no instruction.
    case invalid(InvalidInstruction)
    /// A branch or a call leaves the program, or lands inside a constant.
    case badTarget(slot: Int)
    /// Control passes from one function into another without a call.
    case crossesFunctions(slot: Int)
    /// A constant does not yet stand for an address.
    case unresolved(slot: Int)
    /// There is nothing to compile.
    case empty
    /// No machine code is made for this processor.
    case unsupportedProcessor
    /// The system gives no memory for code.
    case noMemory
}
