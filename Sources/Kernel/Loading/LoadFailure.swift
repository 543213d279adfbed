public import EBPFObjectFile
public import EBPFTypeFormat

/// Why an object cannot be loaded into the kernel: which part, and what is wrong with it.
public enum LoadFailure: Error, Sendable {
    /// A map that the kernel refused.
    case map(name: String, KernelError)
    /// A map of another shape is pinned where the object's map belongs.
    case pinMismatch(PinMismatch)
    /// A program that the kernel refused for another reason than its instructions.
    case program(name: String, KernelError)
    /// A program that the verifier refused.
    case rejected(Rejection)
    /// A name that neither the object nor the kernel knows; perhaps a similar one was meant.
    case unknownSymbol(program: String, slot: Int, symbol: String)
    /// A function or variable that a program uses of the kernel (`__ksym`).
    case kernelSymbol(program: String, symbol: String, reason: String)
    /// A variable of the kernel's configuration (`__kconfig`).
    case configuration(variable: String, reason: String)
    /// A function, hook or tracepoint to attach to that the kernel does not have.
    case unknownTarget(program: String, target: String, reason: String)
    /// A relocation by the kernel's types that cannot be applied.
    case relocation(COREError)
    /// The kernel's types, which the object needs, cannot be had.
    case kernelTypes(neededBy: String, KernelError)
    /// The object's own types cannot be used.
    case types(BTFError)
}

extension LoadFailure: CustomStringConvertible {
    /// The part, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .map(let name, let error): "map \(name): \(error)"
        case .pinMismatch(let mismatch): "\(mismatch)"
        case .program(let name, let error): "program \(name): \(error)"
        case .rejected(let rejection): "\(rejection)"
        case .unknownSymbol(let program, let slot, let symbol):
            "program \(program), slot \(slot): the kernel has no symbol \(symbol)"
        case .kernelSymbol(let program, let symbol, let reason):
            "program \(program), kernel symbol \(symbol): \(reason)"
        case .configuration(let variable, let reason):
            "configuration variable \(variable): \(reason)"
        case .unknownTarget(let program, let target, let reason):
            "program \(program) cannot attach to \(target): \(reason)"
        case .relocation(let error): "\(error)"
        case .kernelTypes(let part, let error):
            "program \(part) needs the kernel's types: \(error)"
        case .types(let error): "\(error)"
        }
    }
}
