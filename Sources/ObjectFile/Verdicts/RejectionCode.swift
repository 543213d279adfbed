extension Rejection {
    /// The kinds of faults. Their names and numbers are stable: scripts and tests rely on them.
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
        /// A lock is taken twice, released by others, or used where none may be.
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
        /// The context is used through a pointer that was moved.
        case modifiedContext
        /// One instruction would access different kinds of memory on different paths.
        case mixedPointers
        /// A lock, timer or the like is accessed as if it were plain memory.
        case specialField
        /// A part of a pointer that was saved in the stack is read.
        case brokenPointer
        /// A size may be 0 where at least one byte is needed.
        case emptyAccess
        /// A size or an offset may be negative.
        case possiblyNegative
        /// The function does not work on maps of this kind.
        case mapType
        /// Nobody vouches that the kernel's object still exists.
        case untrustedPointer
        /// Something is given back that was not acquired, or is given back already.
        case notAcquired
        /// A dynptr is used before it is made, or lost before it is given back.
        case dynptr
        /// An iterator is used before it is made, or made twice.
        case iterator
        /// A list or tree is changed without the lock that protects it.
        case lockRequired
        /// Something is called while a lock is held.
        case callUnderLock
        /// A function ends while a lock is held, or a section is open.
        case openSection
        /// An object does not belong into the list or tree, or is not the program's.
        case listOrTree
        /// A kernel pointer in a map is not used as such pointers must be.
        case kernelPointerField
        /// A global function's signature is one that cannot be verified alone.
        case globalFunction
        /// An exception is thrown or handled where that cannot be.
        case exceptions
        /// An argument must be a constant, and is none.
        case constantArgument
        /// A map is read that programs can only write.
        case writeOnly
        /// Programs of this kind cannot use maps whose values have such a member.
        case fieldNotAllowed
        /// A pointer was moved that must be passed as it came.
        case movedArgument
        /// It takes capabilities that whoever loads the program lacks.
        case missingCapability
        /// A processor that guesses wrongly could read the kernel's memory.
        case speculation
        /// None of these.
        case other
    }
}

extension Rejection.Code: CustomStringConvertible {
    /// The name.
    public var description: String { rawValue }
}

extension Rejection.Code {
    /// The number as people write it: `E003`.
    public var number: String {
        let digits = String(Self.order.firstIndex(of: self).map { $0 + 1 } ?? 0)
        return "E" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// The code with a number (`E003`, `e3`, `3`) or a name.
    public init?(_ text: String) {
        let found = Self.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
        let digits = text.lowercased().hasPrefix("e") ? text.dropFirst() : text[...]
        if let found {
            self = found
        } else if let number = Int(digits), number == 0 {
            self = .other
        } else if let number = Int(digits), Self.order.indices.contains(number - 1) {
            self = Self.order[number - 1]
        } else {
            return nil
        }
    }

    /// All codes by their numbers, from E001 on; ``other`` is E000. New ones come last, and none
    /// is ever taken away.
    private static let order: [Rejection.Code] = [
        .uninitializedRegister, .uninitializedStack, .possiblyNull, .invalidPointer, .outOfBounds,
        .unbounded, .packetBounds, .stackBounds, .stackTooLarge, .misaligned,
        .contextAccess, .leakedReference, .helperNotAllowed, .licenseRequired, .argumentType,
        .returnValue, .endlessLoop, .unreachable, .tooComplex, .fallsThrough,
        .pointerArithmetic, .pointerLeak, .readOnly, .invalidInstruction, .locking,
        .sleeping, .callDepth, .missingInKernel, .unprovenCheck, .attachTarget,
        .modifiedContext, .mixedPointers, .specialField, .brokenPointer, .emptyAccess,
        .possiblyNegative, .mapType, .untrustedPointer, .notAcquired, .dynptr,
        .iterator, .lockRequired, .callUnderLock, .openSection, .listOrTree,
        .kernelPointerField, .globalFunction, .exceptions, .constantArgument, .writeOnly,
        .fieldNotAllowed, .movedArgument, .missingCapability, .speculation,
    ]
}
