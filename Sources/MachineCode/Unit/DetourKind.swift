import EBPFBytecode

/// What machine code does out of line, because it rarely happens.
enum DetourKind {
    /// An access that machine code could not judge: the runtime makes it.
    case load(MemorySize, Register), loadSigned(MemorySize, Register)
    case store(MemorySize, Source)
    case atomic(AtomicOperation, MemorySize, Register)
    /// The end of the run.
    case leave(RunState.Ending)
}
