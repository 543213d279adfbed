import EBPFBytecode

/// What an analysis asks about an instruction, found out once.
struct InstructionTraits {
    /// The registers that it reads, and those that what it calls or returns to may read.
    private(set) var reads = RegisterSet.none
    /// The registers that it writes for certain.
    private(set) var writes = RegisterSet.none
    /// The register with the address of an access to memory.
    private(set) var base: Register?
    /// Whether it uses r10 as a number, not only as the base of an access.
    private(set) var readsFrameAddress = false
    /// Whether it calls something: a function, or the runtime.
    private(set) var calls = false
    /// Whether it may replace the running program.
    private(set) var isTailCall = false
    /// Whether control goes on after it.
    private(set) var fallsThrough = true
    /// Whether its target is a function, not a place to go on.
    private(set) var namesFunction = false

    /// - Parameter isVerified: whether it is known what functions read.
    init(_ instruction: Instruction, isVerified: Bool) {
        switch instruction {
        case .arithmetic(_, _, let register, let source):
            read(register)
            read(source)
            write(register)
        case .negate(_, let register), .convert(let register, _, _), .swap(let register, _):
            read(register)
            write(register)
        case .move(_, let register, let source):
            read(source)
            write(register)
        case .moveSigned(_, let register, _, let source),
            .castAddressSpace(let register, let source, _, _):
            read(source)
            write(register)
        case .loadImmediate(let register, let value):
            write(register)
            if case .function = value { namesFunction = true }
        case .branch(_, _, let first, let second, _):
            read(first)
            read(second)
        case .jump: fallsThrough = false
        case .mayJump: break
        case .call(let callee): call(callee, isVerified: isVerified)
        case .exit:
            read(.r0)
            fallsThrough = false
            // A function that ends shows its caller what is left in the arguments' registers.
            if !isVerified { reads.formUnion(.arguments) }
        default: access(instruction, isVerified: isVerified)
        }
    }

    /// Notes that nobody looks at the arguments' registers where the function ends.
    mutating func endRun() {
        if !fallsThrough, !reads.isDisjoint(with: RegisterSet(.r0)) { reads = RegisterSet(.r0) }
    }

    /// An instruction that accesses memory.
    private mutating func access(_ instruction: Instruction, isVerified: Bool) {
        base = instruction.access?.place.base
        if let base { reads.formUnion(RegisterSet(base)) }
        switch instruction {
        case .load(_, let register, _), .loadSigned(_, let register, _),
            .loadAcquire(_, let register, _):
            write(register)
        case .store(_, _, let source): read(source)
        case .storeRelease(_, _, let source): read(source)
        case .atomic(let operation, _, _, let source):
            read(source)
            if operation == .compareExchange {
                read(.r0)
                write(.r0)
            } else if operation.isFetching {
                write(source)
            }
        case .loadPacket(_, let offset):
            if case .indirect(let register, _) = offset { read(register) }
            write(.r0)
            calls = true
            // It may end the function.
            if !isVerified { reads.formUnion(.arguments) }
        default: break
        }
    }

    private mutating func call(_ callee: Callee, isVerified: Bool) {
        write(.r0)
        calls = true
        switch callee {
        case .helper(UnitAnalysis.tailCallHelper):
            reads = isVerified ? .arguments : .all
            isTailCall = true
        case .helper(let number):
            reads = RegisterSet(firstArguments: HelperArity.count(ofHelper: number))
        case .kernelFunction: reads = .arguments
        // A callee that was not verified may look at anything.
        case .local:
            reads = isVerified ? .arguments : .all
            namesFunction = true
        case .register(let register):
            reads = isVerified ? .arguments : .all
            read(register)
        }
    }

    @inline(__always)
    private mutating func read(_ register: Register) {
        reads.formUnion(RegisterSet(register))
        if register == .r10 { readsFrameAddress = true }
    }

    @inline(__always)
    private mutating func read(_ source: Source) {
        if case .register(let register) = source { read(register) }
    }

    @inline(__always)
    private mutating func write(_ register: Register) {
        writes.formUnion(RegisterSet(register))
    }
}

extension Instruction {
    /// What it accesses of memory.
    var access: (place: MemoryOperand, size: MemorySize)? {
        switch self {
        case .load(let size, _, let place), .loadSigned(let size, _, let place),
            .loadAcquire(let size, _, let place), .store(let size, let place, _),
            .storeRelease(let size, let place, _), .atomic(_, let size, let place, _):
            (place, size)
        default: nil
        }
    }
}

extension AtomicOperation {
    /// Whether the operand's register gets what was in memory.
    var isFetching: Bool {
        switch self {
        case .add(let fetch), .or(let fetch), .and(let fetch), .xor(let fetch): fetch
        case .exchange: true
        case .compareExchange: false
        }
    }
}
