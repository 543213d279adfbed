public import EBPFExecution
public import EBPFKernel
public import EBPFObjectFile

/// Why an object could not be loaded: which part of it, what is wrong, and what to do.
public enum LoadError: Error, Sendable {
    /// The file is not an object of BPF programs, or is damaged.
    case objectFile(ObjectFileError)
    /// The machine in this process cannot take it.
    case userSpace(UserSpaceLoadError)
    /// The kernel refused it.
    case kernel(LoadFailure)
}

extension LoadError: CustomStringConvertible {
    /// What the host says.
    public var description: String {
        switch self {
        case .objectFile(let error): "\(error)"
        case .userSpace(let error): "\(error)"
        case .kernel(let error): "\(error)"
        }
    }
}
