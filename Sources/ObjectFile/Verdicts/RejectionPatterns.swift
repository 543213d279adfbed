extension Rejection.Code {
    /// The kind of fault that a verifier's words are about.
    ///
    /// The words are those of Linux 4.14 to 6.18; later ones begin with a category, which
    /// ``init(category:)`` knows.
    init(message: String) {
        let found = Self.patterns.first { message.contains($0.words) }
        self = found?.code ?? .other
    }

    /// The kind for a category of Linux 7.3, where the words themselves say nothing known.
    init?(category: String) {
        switch category {
        case "Register Type Safety": self = .invalidPointer
        case "Memory Safety": self = .outOfBounds
        case "Resource Lifetime Safety": self = .leakedReference
        case "Call Type Safety": self = .argumentType
        case "Execution Context Safety": self = .sleeping
        case "Program Structure": self = .fallsThrough
        case "Policy": self = .helperNotAllowed
        default: return nil
        }
    }

    /// Words and what they mean; the first that match count, so what is more special comes first.
    private static let patterns: [(words: String, code: Rejection.Code)] = [
        ("invalid func unknown#19589", .missingInKernel),
        ("cannot access ptr member", .invalidPointer),
        ("doesn't have field at offset", .invalidPointer),
        ("-th argument", .contextAccess),
        ("unexpected __bpf_trap", .unprovenCheck),
        ("GPL-restricted", .licenseRequired),
        ("GPL compatible", .licenseRequired),
        ("_or_null'", .possiblyNull),
        ("may be NULL here", .possiblyNull),
        ("Possibly NULL pointer", .possiblyNull),
        ("expected=", .argumentType),
        ("Unreleased reference", .leakedReference),
        ("reference leak", .leakedReference),
        ("reference has not been acquired", .leakedReference),
        ("!read_ok", .uninitializedRegister),
        ("uninitialized value", .uninitializedRegister),
        ("!endok", .fallsThrough),
        ("invalid access to packet", .packetBounds),
        ("outside of the packet", .packetBounds),
        ("invalid indirect read from stack", .uninitializedStack),
        ("invalid read from stack", .uninitializedStack),
        ("invalid indirect access to stack", .uninitializedStack),
        ("combined stack size", .stackTooLarge),
        ("stack size", .stackTooLarge),
        ("invalid write to stack", .stackBounds),
        ("invalid stack", .stackBounds),
        ("invalid variable-offset", .stackBounds),
        ("invalid unbounded variable-offset", .stackBounds),
        ("invalid zero-sized read", .unbounded),
        ("unbounded", .unbounded),
        ("min value is negative", .unbounded),
        ("min value is outside", .outOfBounds),
        ("max value is outside", .outOfBounds),
        ("invalid access to map value", .outOfBounds),
        ("invalid access to map key", .outOfBounds),
        ("invalid access to memory", .outOfBounds),
        ("makes map_value pointer be out of bounds", .outOfBounds),
        ("pointer be out of bounds", .outOfBounds),
        ("invalid negative access", .outOfBounds),
        ("access beyond", .outOfBounds),
        ("tries to access", .outOfBounds),
        ("misaligned", .misaligned),
        ("bpf_context access", .contextAccess),
        ("modified ctx ptr", .contextAccess),
        ("variable ctx access", .contextAccess),
        ("cannot access ctx", .contextAccess),
        ("leaks addr", .pointerLeak),
        ("leak pointer", .pointerLeak),
        ("attempt to corrupt spilled pointer", .pointerLeak),
        ("write into map forbidden", .readOnly),
        ("cannot write into", .readOnly),
        ("only read is supported", .readOnly),
        ("only read from", .readOnly),
        ("read-only", .readOnly),
        ("invalid mem access", .invalidPointer),
        ("invalid dereference", .invalidPointer),
        ("At program exit the register", .returnValue),
        ("At async callback", .returnValue),
        ("At callback return", .returnValue),
        ("At subprogram exit", .returnValue),
        ("has value", .returnValue),
        ("should have been in", .returnValue),
        ("back-edge", .endlessLoop),
        ("infinite loop", .endlessLoop),
        ("loop detected", .endlessLoop),
        ("unreachable insn", .unreachable),
        ("too complex", .tooComplex),
        ("too large. Processed", .tooComplex),
        ("last insn is not an exit", .fallsThrough),
        ("jump out of range", .fallsThrough),
        ("jump into the middle", .fallsThrough),
        ("the call stack of", .callDepth),
        ("recursive call", .callDepth),
        ("call stack is too deep", .callDepth),
        ("cannot use helper", .helperNotAllowed),
        ("unknown func", .helperNotAllowed),
        ("invalid func", .helperNotAllowed),
        ("calling kernel function", .helperNotAllowed),
        ("helper call is not allowed", .helperNotAllowed),
        ("cannot pass map_type", .argumentType),
        ("doesn't match", .argumentType),
        ("type mismatch", .argumentType),
        ("must point to", .argumentType),
        ("must be", .argumentType),
        ("expected pointer to", .argumentType),
        ("expects ", .argumentType),
        ("arg#", .argumentType),
        ("spin_lock", .locking),
        ("spin lock", .locking),
        ("-ed region", .locking),
        ("lock", .locking),
        ("sleepable", .sleeping),
        ("might sleep", .sleeping),
        ("pointer arithmetic", .pointerArithmetic),
        ("math between", .pointerArithmetic),
        ("on pointer prohibited", .pointerArithmetic),
        ("pointer comparison prohibited", .pointerArithmetic),
        ("pointer += pointer", .pointerArithmetic),
        ("tried to add", .pointerArithmetic),
        ("tried to subtract", .pointerArithmetic),
        ("subtract pointer", .pointerArithmetic),
        ("pointer", .invalidPointer),
        ("unknown opcode", .invalidInstruction),
        ("reserved field", .invalidInstruction),
        ("invalid BPF_LD", .invalidInstruction),
        ("BPF_", .invalidInstruction),
        ("div by zero", .invalidInstruction),
        ("invalid shift", .invalidInstruction),
        ("is invalid", .invalidInstruction),
        ("attach_btf_id", .attachTarget),
        ("attach", .attachTarget),
        ("is not a kernel function", .attachTarget),
    ]
}
