public import EBPFMachineCode
public import EBPFObjectFile

/// Why an object cannot be loaded into a user-space host: which part, and what is wrong with it.
public enum UserSpaceLoadError: Error, Hashable, Sendable {
    /// A map whose definition makes no sense, or that user space does not have.
    case map(name: String, reason: String)
    /// A value that a map of the object should start with.
    case initialValue(map: String, index: Int, reason: String)
    /// A program that cannot be prepared.
    case program(name: String, LoweringError)
    /// A program that cannot be compiled, where machine code was asked for.
    case compilation(name: String, CompilationError)
    /// A name that the object does not define and user space does not know.
    case unknownSymbol(program: String, slot: Int, symbol: String)
    /// A configuration variable (`__kconfig`) that user space does not know.
    case unknownConfiguration(variable: String)
    /// A program that is not safe.
    case rejected(Rejection)
    /// A program that could not be judged, where only proved ones are loaded.
    case undecided(program: String, reason: String)
}

extension UserSpaceLoadError: CustomStringConvertible {
    /// One line: the part, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .map(let name, let reason): "map \(name): \(reason)"
        case .initialValue(let map, let index, let reason):
            "map \(map), initial value at \(index): \(reason)"
        case .program(let name, let error): "program \(name): \(error)"
        case .compilation(let name, let error):
            "program \(name) cannot be compiled: \(error); the interpreter can run it"
        case .unknownSymbol(let program, let slot, let symbol):
            "program \(program), slot \(slot): the kernel symbol \(symbol) does not exist in user "
                + "space; declare it __weak and test it, or run with --kernel"
        case .unknownConfiguration(let variable):
            "the configuration variable \(variable) is not known in user space; declare it __weak, "
                + "or set it before loading"
        case .rejected(let rejection): "\(rejection)"
        case .undecided(let program, let reason):
            "program \(program) could not be verified: \(reason)"
        }
    }
}
