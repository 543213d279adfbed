public import EBPFTypeFormat

/// An instruction that names something outside the program, which a host must put in.
public struct ProgramReference: Hashable, Sendable {
    /// The slot of the `ld_imm64` or of the call, from the start of ``ProgramSpec/instructions``.
    public var slot: Int
    /// What it names.
    public var target: Target

    /// A reference of the instruction in `slot`.
    public init(slot: Int, target: Target) {
        self.slot = slot
        self.target = target
    }

    /// The things that a program can name.
    public enum Target: Hashable, Sendable {
        /// A map: its descriptor goes into the immediate (`BPF_PSEUDO_MAP_FD`).
        case map(String)
        /// A byte of the only value of a map of global data (`BPF_PSEUDO_MAP_VALUE`).
        ///
        /// The offset is in the second slot's immediate too.
        case mapValue(String, offset: Int32)
        /// A function of the kernel (`__ksym`), called or, in an `ld_imm64`, looked for.
        ///
        /// A weak one may be missing: then its address is 0 and calls of it are never reached.
        case kernelFunction(String, type: TypeID?, isWeak: Bool)
        /// The address of a variable of the kernel (`__ksym`); without a type it is a bare symbol.
        case kernelVariable(String, type: TypeID?, isWeak: Bool)
    }
}
