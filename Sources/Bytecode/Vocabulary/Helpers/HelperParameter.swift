extension Helper {
    /// A parameter of a helper: how C declares it, and what the verifier demands of it.
    public struct Parameter: Hashable, Sendable {
        /// The declaration in C: "const void *key".
        public let declaration: String
        /// What the argument must be.
        public let kind: Kind
        /// Whether it may be null instead (`PTR_MAYBE_NULL`); memory only if its length is known to
        /// be zero.
        public let isNullable: Bool
        /// Whether the call takes the reference away (`OBJ_RELEASE`).
        public let isReleased: Bool

        init(_ declaration: String, _ kind: Kind, nullable: Bool = false, released: Bool = false) {
            self.declaration = declaration
            self.kind = kind
            isNullable = nullable
            isReleased = released
        }

        /// What an argument must be (`enum bpf_arg_type` of the kernel).
        public enum Kind: Hashable, Sendable {
            /// Any initialised register (`ARG_ANYTHING`).
            case anything
            /// Not even looked at: the register need not be initialised (`ARG_DONTCARE`).
            case unchecked
            /// The program's context (`ARG_PTR_TO_CTX`).
            case context
            /// A map known when the program is loaded (`ARG_CONST_MAP_PTR`).
            case map
            /// Memory that holds a key of the map (`ARG_PTR_TO_MAP_KEY`).
            case mapKey
            /// Memory that holds, or receives, a value of the map (`ARG_PTR_TO_MAP_VALUE`).
            case mapValue(Access)
            /// Memory as long as the next argument says (`ARG_PTR_TO_MEM`).
            case memory(Access)
            /// Memory of a fixed length in bytes (`ARG_PTR_TO_FIXED_SIZE_MEM`).
            case fixedMemory(Access, size: Int)
            /// The length of the memory before it, at most as long as that is
            /// (`ARG_CONST_SIZE`, `ARG_CONST_SIZE_OR_ZERO`).
            case size(zeroAllowed: Bool)
            /// The length of the memory that comes back, known when the program is loaded
            /// (`ARG_CONST_ALLOC_SIZE_OR_ZERO`).
            case resultSize
            /// A string in a read-only map, with its end (`ARG_PTR_TO_CONST_STR`).
            case constantString
            /// Memory on the stack that a callback receives (`ARG_PTR_TO_STACK`).
            case stack
            /// A function of the program, to be called back (`ARG_PTR_TO_FUNC`).
            case function
            /// A `bpf_spin_lock` in a map's value (`ARG_PTR_TO_SPIN_LOCK`).
            case spinLock
            /// A `bpf_timer` in a map's value (`ARG_PTR_TO_TIMER`).
            case timer
            /// A dynptr of a kind, or of any (`ARG_PTR_TO_DYNPTR`).
            case dynptr(DynptrKind)
            /// Memory on the stack that becomes a dynptr of a kind.
            case newDynptr(DynptrKind)
            /// A record that a ring buffer reserved (`ARG_PTR_TO_RINGBUF_MEM`).
            case ringBufferRecord
            /// A socket (`ARG_PTR_TO_SOCK_COMMON`).
            case socketCommon
            /// A full socket (`ARG_PTR_TO_SOCKET`).
            case socket
            /// A socket of either world: of this interface or a `struct sock` of the kernel
            /// (`ARG_PTR_TO_BTF_ID_SOCK_COMMON`).
            case anySocket
            /// A structure of the kernel, by its name (`ARG_PTR_TO_BTF_ID`).
            case structure(String)
            /// A per-CPU variable of the kernel (`ARG_PTR_TO_PERCPU_BTF_ID`).
            case perCPUVariable
            /// A field that holds a pointer into the kernel (`ARG_KPTR_XCHG_DEST`).
            case kernelPointerField
            /// What such a field points to.
            case kernelPointer
        }

        /// What the call does with memory.
        public enum Access: Hashable, Sendable {
            /// Reads it: read-only memory will do (`MEM_RDONLY`).
            case read
            /// Reads and writes it (`MEM_WRITE`).
            case modify
            /// Writes all of it: it need not be initialised (`MEM_UNINIT | MEM_WRITE`).
            case write
        }

        /// What a dynptr stands for.
        public enum DynptrKind: Hashable, Sendable {
            /// Any of them.
            case any
            /// Memory of the program: the stack, a map's value.
            case local
            /// A record of a ring buffer.
            case ringBuffer
        }
    }
}

extension Helper.Parameter {
    /// The name in C: "key".
    public var name: String { split.name }

    /// The type in C: "const void *".
    public var type: String { split.type }

    /// Whether the memory must begin at a multiple of its length: numbers that the call writes.
    public var isAligned: Bool {
        guard case .fixedMemory(let access, _) = kind else { return false }
        return access != .read
    }

    private var split: (type: String, name: String) {
        let start = declaration.lastIndex { $0 == " " || $0 == "*" }
        guard let start else { return ("", declaration) }
        let afterStart = declaration.index(after: start)
        let type = declaration[start] == "*" ? declaration[...start] : declaration[..<start]
        return (String(type), String(declaration[afterStart...]))
    }
}
