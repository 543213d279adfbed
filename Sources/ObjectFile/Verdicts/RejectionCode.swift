extension Rejection {
    /// The kinds of faults. Their names are stable: scripts and tests rely on them.
    public enum Code: String, CaseIterable, Sendable {
        /// A register is read that nobody has written.
        case uninitializedRegister
        /// Stack is read that nobody has written.
        case uninitializedStack
        /// A pointer is used that may be null.
        case possiblyNull
        /// A number is used as a pointer, or a pointer of a kind that cannot be used so.
        case invalidPointer
        /// An access goes past a map's value or another piece of memory.
        case outOfBounds
        /// Nothing limits an offset.
        case unbounded
        /// An access goes past what is known of the packet.
        case packetBounds
        /// An access lies outside the stack.
        case stackBounds
        /// The functions of a call chain need more than 512 bytes of stack.
        case stackTooLarge
        /// An access is not at a multiple of its size.
        case misaligned
        /// The context has no such field for this kind of program, or it is read-only.
        case contextAccess
        /// Something that was acquired is not released.
        case leakedReference
        /// Programs of this kind cannot call the helper or kernel function.
        case helperNotAllowed
        /// The helper is for programs under the GPL.
        case licenseRequired
        /// An argument is of another type than the function takes.
        case argumentType
        /// The program returns what programs of its kind may not.
        case returnValue
        /// The program may never end.
        case endlessLoop
        /// An instruction can never be reached.
        case unreachable
        /// The verifier gave up after so many instructions or branches.
        case tooComplex
        /// The program runs past its end, or jumps out of it.
        case fallsThrough
        /// Arithmetic that is not allowed on pointers.
        case pointerArithmetic
        /// A kernel address would become visible.
        case pointerLeak
        /// Memory is written that programs can only read.
        case readOnly
        /// The instruction is malformed or unknown.
        case invalidInstruction
        /// A lock is held, missing, or held twice.
        case locking
        /// Something that may sleep is called where nothing may.
        case sleeping
        /// Functions call each other too deeply or in a circle.
        case callDepth
        /// The program uses what this kernel does not have.
        case missingInKernel
        /// A check of Swift's may fail where it was promised that none does (`--traps keep`).
        case unprovenCheck
        /// The program was made for a hook that is not there, or does not allow it.
        case attachTarget
        /// None of these.
        case other
    }
}

extension Rejection.Code: CustomStringConvertible {
    /// The name.
    public var description: String { rawValue }

    /// The fault in a few words.
    public var summary: String {
        switch self {
        case .uninitializedRegister: "a register is read before it is written"
        case .uninitializedStack: "stack is read before it is written"
        case .possiblyNull: "a pointer that may be null is used"
        case .invalidPointer: "this is not a pointer that can be used here"
        case .outOfBounds: "the access may go out of bounds"
        case .unbounded: "nothing limits this offset"
        case .packetBounds: "the access may go past the packet"
        case .stackBounds: "the access lies outside the stack"
        case .stackTooLarge: "too much stack is needed"
        case .misaligned: "the access is not aligned"
        case .contextAccess: "the context has no such field here"
        case .leakedReference: "something acquired is not released"
        case .helperNotAllowed: "this function cannot be called here"
        case .licenseRequired: "this function is for programs under the GPL"
        case .argumentType: "an argument is of the wrong type"
        case .returnValue: "the result is not one that is allowed here"
        case .endlessLoop: "the program may never end"
        case .unreachable: "an instruction is never reached"
        case .tooComplex: "the program is too complex to verify"
        case .fallsThrough: "the program runs past its end"
        case .pointerArithmetic: "this arithmetic is not allowed on pointers"
        case .pointerLeak: "a kernel address would be leaked"
        case .readOnly: "read-only memory is written"
        case .invalidInstruction: "the instruction is not valid"
        case .locking: "a lock is not used as it must be"
        case .sleeping: "this may sleep where nothing may"
        case .callDepth: "functions are nested too deeply"
        case .missingInKernel: "this kernel lacks something that the program uses"
        case .unprovenCheck: "it is not proved that this check of Swift's holds"
        case .attachTarget: "the program cannot be used at this hook"
        case .other: "the verifier refuses it"
        }
    }

    /// What usually helps; `nil` where it depends.
    public var suggestion: String? {
        switch self {
        case .uninitializedRegister:
            "set the variable, or the argument, on every path that leads here"
        case .uninitializedStack: "initialise the whole variable, with its padding: struct s x = {}"
        case .possiblyNull: "compare it with NULL first, and return if it is"
        case .invalidPointer: "read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ()"
        case .outOfBounds: "check the index against the size before the access"
        case .unbounded:
            "limit it first: if (i >= SIZE) return …, or i &= SIZE - 1 with an unsigned i"
        case .packetBounds: "check first that data + offset + size <= data_end"
        case .stackBounds: "check the index against the array's size; the stack has 512 bytes"
        case .stackTooLarge:
            "keep large variables in a per-CPU array; all functions of a call chain share 512 bytes"
        case .misaligned: "access members at multiples of their size, or copy them first"
        case .contextAccess: "look up which fields this kind of program may read and write"
        case .leakedReference:
            "release, submit or discard it on every path, also before each return"
        case .helperNotAllowed:
            "use another kind of program or another function; `ebpf feature` lists what there is"
        case .licenseRequired: "declare char LICENSE[] SEC(\"license\") = \"GPL\""
        case .argumentType: "pass what the function's prototype asks for"
        case .returnValue: "return one of the values that this hook knows, on every path"
        case .endlessLoop: "give the loop a constant limit, or use bpf_loop()"
        case .unreachable: "remove the code after the last return or jump"
        case .tooComplex: "make loops shorter, move parts to global functions, or use bpf_loop()"
        case .fallsThrough: "end every path with a return"
        case .pointerArithmetic: "add bounded numbers only, and keep pointers apart from each other"
        case .pointerLeak: "store or return the value behind the pointer, not the pointer"
        case .readOnly: "copy it to the stack or to a map, and change it there"
        case .locking: "take one lock at a time, and release it before every call and return"
        case .sleeping: "use a sleepable section such as fentry.s, or do it outside the lock"
        case .callDepth: "call at most eight functions deep and never in a circle"
        case .missingInKernel: "ask first with bpf_core_field_exists() and the like"
        case .unprovenCheck:
            "make sure that it holds: guard before it, index & (count - 1), &+; or count failed "
                + "checks when they happen, with --traps count"
        case .invalidInstruction, .attachTarget, .other: nil
        }
    }
}
