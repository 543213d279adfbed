public import EBPFExecution
public import EBPFKernel

/// Why a program could not be run to its end.
public enum RunError: Error, Sendable {
    /// In user space, the program did what it may not; which instruction it was, and why.
    case stopped(ExecutionError)
    /// The host could not run it.
    case refused(KernelError)
}

extension RunError: CustomStringConvertible {
    /// What the host says.
    public var description: String {
        switch self {
        case .stopped(let error): "\(error)"
        case .refused(let error): "\(error)"
        }
    }
}
