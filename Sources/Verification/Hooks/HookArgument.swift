import EBPFTypeFormat

/// What a load of an argument from a context with types gives.
enum HookArgument: Hashable, Sendable {
    /// A number; with its range where it is known.
    case number(ClosedRange<Int64>?)
    /// A pointer to a structure of the kernel.
    case pointer(to: TypeID, PointerTraits)
    /// A buffer whose size the attachment decides: any offset from 0 on may be read (and written
    /// unless it is ``PointerTraits/readOnly``); with ``PointerTraits/maybeNull``.
    case buffer(PointerTraits)
}
