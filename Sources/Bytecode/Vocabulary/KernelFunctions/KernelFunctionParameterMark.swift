extension KernelFunction {
    /// What the end of a parameter's name says about the argument.
    ///
    /// C has no other place to say it; the kernel's `Documentation/bpf/kfuncs.rst` has the list.
    public enum ParameterMark: String, Hashable, Sendable, CaseIterable {
        /// The size in bytes of the memory that the parameter before points to.
        case size = "__sz"
        /// The same, and the verifier must know the number; memory that comes back has this size.
        case constantSize = "__szk"
        /// A number that the verifier must know.
        case constant = "__k"
        /// Anything: the verifier does not look at it.
        case ignored = "__ign"
        /// A dynptr that the call initialises.
        case uninitialized = "__uninit"
        /// An object that the program allocated.
        case allocated = "__alloc"
        /// An object that the program allocated, with a `bpf_refcount`.
        case referenceCounted = "__refcounted_kptr"
        /// A pointer that may be null.
        case nullable = "__nullable"
        /// Memory that may be null; its size is then not looked at.
        case optional = "__opt"
        /// A string in memory that cannot change: of a frozen map that programs only read.
        case string = "__str"
        /// A map.
        case map = "__map"
        /// A map that the verifier must know. No function of Linux 6.18 has such a parameter.
        case constantMap = "__const_map"
        /// What the kernel itself puts in: the program's own description. Any value will do.
        case program = "__prog"
        /// Eight bytes of the stack with the saved state of interrupts.
        case interruptFlags = "__irq_flag"
        /// The size of the memory that comes back and can only be read: a number that the verifier
        /// must know. The whole name is this.
        case readableResultSize = "rdonly_buf_size"
        /// The size of the memory that comes back and can be written, likewise.
        case writableResultSize = "rdwr_buf_size"

        /// The mark of a parameter by its name in the kernel's types, or nothing.
        public init?(parameter name: String) {
            guard let found = Self.allCases.first(where: { $0.marks(name) }) else { return nil }
            self = found
        }

        private func marks(_ name: String) -> Bool {
            switch self {
            case .readableResultSize, .writableResultSize: name == rawValue
            default: name.hasSuffix(rawValue) && name.utf8.count > rawValue.utf8.count
            }
        }
    }
}
