import EBPFBytecode

/// One instruction of a unit, with what the back ends ask about it.
struct Step {
    let slot: Int32
    let instruction: Instruction
    /// The step that a branch or local call goes to, or -1.
    var target: Int32 = -1
    /// Whether a branch or a function begins here: nothing is known about registers.
    var isTarget = false
    /// Whether a branch from behind comes here.
    var isLoopHead = false
    /// The registers whose values are still needed after this step.
    var live = RegisterSet.all
}

/// A set of registers.
struct RegisterSet: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    static let none = RegisterSet([])
    /// r0 … r9; r10 always has its value.
    static let all = RegisterSet(rawValue: 0x3ff)
    static let arguments = RegisterSet(rawValue: 0x3e)
    /// What a function must give back as it was.
    static let preserved = RegisterSet(rawValue: 0x3c0)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    @inline(__always)
    init(_ register: Register) { rawValue = 1 << UInt16(register.rawValue) & 0x3ff }

    @inline(__always)
    init(_ source: Source) {
        if case .register(let register) = source { self.init(register) } else { self = [] }
    }

    /// The first `count` arguments.
    init(firstArguments count: Int) {
        rawValue = (2 << UInt16(clamping: min(count, 5)) &- 1) & 0x3e
    }

    @inline(__always)
    func contains(_ register: Register) -> Bool {
        rawValue & 1 << UInt16(register.rawValue) != 0
    }
}

extension Instruction {
    /// The registers that it reads; what calls and ends read, the caller adds.
    var reads: RegisterSet {
        switch self {
        case .arithmetic(_, _, let destination, let source):
            RegisterSet(destination).union(RegisterSet(source))
        case .negate(_, let register), .convert(let register, _, _), .swap(let register, _):
            RegisterSet(register)
        case .move(_, _, let source): RegisterSet(source)
        case .moveSigned(_, _, _, let source), .castAddressSpace(_, let source, _, _):
            RegisterSet(source)
        case .branch(_, _, let first, let second, _):
            RegisterSet(first).union(RegisterSet(second))
        case .load(_, _, let place), .loadSigned(_, _, let place), .loadAcquire(_, _, let place):
            RegisterSet(place.base)
        case .store(_, let place, let source): RegisterSet(place.base).union(RegisterSet(source))
        case .storeRelease(_, let place, let source):
            RegisterSet(place.base).union(RegisterSet(source))
        case .atomic(let operation, _, let place, let source):
            RegisterSet(place.base).union(RegisterSet(source))
                .union(operation == .compareExchange ? RegisterSet(.r0) : .none)
        case .loadPacket(_, .indirect(let register, _)): RegisterSet(register)
        case .call(.register(let register)): RegisterSet(register).union(.arguments)
        case .exit: RegisterSet(.r0)
        case .loadPacket, .loadImmediate, .jump, .mayJump, .call: .none
        }
    }

    /// The registers that it writes for certain.
    var writes: RegisterSet {
        switch self {
        case .arithmetic(_, _, let register, _), .negate(_, let register),
            .move(_, let register, _), .moveSigned(_, let register, _, _),
            .convert(let register, _, _), .swap(let register, _),
            .castAddressSpace(let register, _, _, _), .load(_, let register, _),
            .loadSigned(_, let register, _), .loadAcquire(_, let register, _),
            .loadImmediate(let register, _):
            RegisterSet(register)
        case .atomic(let operation, _, _, let source): operation.writes(source)
        case .call, .loadPacket: RegisterSet(.r0)
        case .jump, .branch, .mayJump, .exit, .store, .storeRelease: .none
        }
    }

    /// Whether control goes on after it.
    var fallsThrough: Bool {
        switch self {
        case .jump, .exit: false
        default: true
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

    fileprivate func writes(_ source: Register) -> RegisterSet {
        self == .compareExchange
            ? RegisterSet(.r0) : isFetching ? RegisterSet(source) : .none
    }
}
