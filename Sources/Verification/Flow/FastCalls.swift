import EBPFBytecode
import EBPFTypeFormat

/// Registers that compilers save around calls for which it is not needed.
///
/// Some functions of the kernel are a few instructions that leave r1 to r5 alone (`bpf_fastcall`).
/// Compilers may use those registers over such a call, and save them on the stack for kernels
/// that do not know that. Linux takes the saving out again, and the stack for it does not count,
/// unless something else touches it.
struct FastCalls {
    /// Where, from the frame pointer down, the stack of each function is only for such calls; 0
    /// where none is.
    private var beginnings: ContiguousArray<Int64>
    /// Whether a function must keep that stack, because it also saves around other calls.
    private var keepsStack: ContiguousArray<Bool>
    /// Whether what is saved is taken out of a function.
    private var isShortened: ContiguousArray<Bool>
    /// The instructions that save a register before a call, or bring it back after it.
    private var savesOrRestores: Set<Int> = []

    /// No function has such calls.
    private static let never: Int64 = .min

    /// Finds them in all functions of a program.
    init(_ subject: Subject) {
        let count = subject.functions.count
        beginnings = ContiguousArray(repeating: 0, count: count)
        keepsStack = ContiguousArray(repeating: false, count: count)
        isShortened = keepsStack
        for number in subject.functions.indices { find(in: number, subject) }
    }

    private mutating func find(in number: Int, _ subject: Subject) {
        let slots = subject.functions[number].start..<subject.functions[number].end
        var lowest: Int64 = 0
        for slot in slots {
            if let (_, offset) = Self.save(at: slot, subject) { lowest = min(lowest, offset) }
        }
        guard lowest < 0 else { return }
        for slot in slots {
            guard case .call(let callee)? = subject.instructions[slot],
                Self.save(at: slot - 1, subject) != nil,
                let call = Self.call(of: callee, at: slot, subject)
            else { continue }
            let beginning = match(slot, call.kept, from: lowest, subject)
            guard beginning > lowest else { continue }
            beginnings[number] = min(beginnings[number], beginning)
            if call.isFast { isShortened[number] = true } else { keepsStack[number] = true }
        }
    }

    /// Pairs of instructions around a call, the innermost one with the lowest place on the stack.
    private mutating func match(
        _ slot: Int, _ kept: Set<Register>, from lowest: Int64, _ subject: Subject
    ) -> Int64 {
        var kept = kept
        var offset = lowest
        for distance in 1...6 {
            guard subject.instructions.indices.contains(slot + distance),
                let (saved, place) = Self.save(at: slot - distance, subject),
                case .load(.doubleWord, saved, let source)? = subject.instructions[slot + distance],
                source.base == .r10, place == offset, Int64(source.displacement) == offset,
                kept.remove(saved) != nil
            else { break }
            savesOrRestores.formUnion([slot - distance, slot + distance])
            offset += 8
        }
        return offset
    }

    /// The register that an instruction saves in eight bytes of stack, and where.
    private static func save(at slot: Int, _ subject: Subject) -> (Register, Int64)? {
        guard subject.instructions.indices.contains(slot),
            case .store(.doubleWord, let place, .register(let register))? =
                subject.instructions[slot], place.base == .r10
        else { return nil }
        return (register, Int64(place.displacement))
    }

    /// Whether a function of the kernel leaves registers alone, and which ones it has no use for.
    private static func call(
        of callee: Callee, at slot: Int, _ subject: Subject
    ) -> (isFast: Bool, kept: Set<Register>)? {
        let count: Int
        let isFast: Bool
        let hasResult: Bool
        switch callee {
        case .helper(let number):
            guard let helper = Helper(number: UInt32(bitPattern: number)) else { return nil }
            count = helper.parameters(in: subject.type).count
            isFast =
                helper.effects.contains(.keepsRegisters)
                && subject.type.putsProcessorNumberInPlace
            hasResult = helper.result.kind != .nothing
        case .kernelFunction:
            guard case .kernelFunction(let name, let type?)? = subject.names[slot],
                let prototype = try? subject.kernelTypes?.prototype(of: type)
            else { return nil }
            count = prototype.parameters.count
            isFast = KernelFunction(name: name)?.flags.contains(.fastCall) ?? false
            hasResult = prototype.result != .void
        case .local, .register: return nil
        }
        var kept = Set(Register.arguments.dropFirst(count))
        if !hasResult { kept.insert(.r0) }
        return (isFast, kept)
    }
}

extension FastCalls {
    /// The stack of a function is touched: if that is what is saved around calls, and by another
    /// instruction, nothing is taken out of the function.
    @inline(__always)
    mutating func touch(_ function: Int, offset: Int64, at slot: Int) {
        guard offset < beginnings[function], !savesOrRestores.contains(slot) else { return }
        beginnings[function] = Self.never
        isShortened[function] = false
    }

    /// How many bytes of stack a function needs of those that it uses.
    func depth(of function: Int, using depth: Int) -> Int {
        guard isShortened[function], !keepsStack[function] else { return depth }
        return Int(-beginnings[function])
    }
}

extension ProgramType {
    /// Whether the number of the processor is found out in place, without a call, in programs of this
    /// type. Observed on Linux 6.18.
    fileprivate var putsProcessorNumberInPlace: Bool {
        switch self {
        case .schedulerClassifier, .schedulerAction, .xdp, .kprobe, .tracepoint, .perfEvent,
            .rawTracepoint, .rawTracepointWritable, .tracing, .lsm, .lwtIn, .lwtOut, .lwtTransmit,
            .lwtSeg6Local, .syscall:
            true
        default: false
        }
    }
}
